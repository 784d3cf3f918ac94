import { Descriptions } from 'antd'
import type { ReactNode } from 'react'
import { unknown } from '../lib/formats.ts'
import { narrow, useMedia } from '../lib/media.ts'

type FactsProps = {
  /** Label and value in order; an empty value is drawn as unknown. */
  facts: readonly (readonly [string, ReactNode])[]
  columns?: 1 | 2
}

/** What is known of a thing, label by label. */
export function Facts({ facts, columns = 2 }: FactsProps) {
  const onPhone = useMedia(narrow)
  return (
    <Descriptions
      column={onPhone ? 1 : columns}
      colon={false}
      size="small"
      styles={{ label: { width: 132, color: 'var(--ink-soft)' } }}
      items={facts.map(([label, value]) => ({
        key: label,
        label,
        children: value === '' || value == null || value === false ? unknown : value,
      }))}
    />
  )
}
