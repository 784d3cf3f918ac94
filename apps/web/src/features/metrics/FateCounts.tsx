import {
  type ImportCounts,
  type ImportRowFate,
  importRowFateLabels,
  importRowFates,
} from '@xingbo/shared/metrics/import-fate'
import { Space } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel } from '../../lib/i18n.ts'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'

const tones = {
  added: 'done',
  updated: 'done',
  unchanged: 'waiting',
  duplicate: 'ended',
  needs_person: 'unconfirmed',
  unmatched: 'warning',
  invalid: 'failed',
  ignored: 'ended',
} as const satisfies Record<ImportRowFate, Tone>

export function FateTag({ fate, count }: { fate: ImportRowFate; count?: number }) {
  const label = useLabel(importRowFateLabels)
  const formats = useFormats()
  return (
    <StatusTag tone={tones[fate]}>
      {label(fate)}
      {count !== undefined && ` ${formats.exact(count)}`}
    </StatusTag>
  )
}

/** What waits for a person first, then the rest in the order of importRowFates. */
export const fateOrder: readonly ImportRowFate[] = [
  'needs_person',
  ...importRowFates.filter((fate) => fate !== 'needs_person'),
]

/** How many rows of a file had which fate. */
export function FateCounts({ counts }: { counts: ImportCounts }) {
  return (
    <Space size={6} wrap>
      {fateOrder.map((fate) => {
        const count = counts[fate]
        return count ? <FateTag key={fate} fate={fate} count={count} /> : null
      })}
    </Space>
  )
}
