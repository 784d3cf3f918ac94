import { Select } from 'antd'
import { useTexts } from '../lib/i18n.ts'
import { uiTexts } from './ui.texts.ts'

/** What a list's URL says about archived rows; absent means those in use. */
type Archived = 'only' | 'all' | undefined
const choices = ['exclude', 'only', 'all'] as const
const words = { exclude: 'inUse', only: 'archived', all: 'allRows' } as const

type ArchivedFilterProps = { value: Archived; onChange: (value: Archived) => void }

/** 在用, 已归档 or 全部; the way back to what was archived. */
export function ArchivedFilter({ value, onChange }: ArchivedFilterProps) {
  const t = useTexts(uiTexts)
  return (
    <Select<'exclude' | 'only' | 'all'>
      aria-label={t('archivedFilter')}
      value={value ?? 'exclude'}
      style={{ width: 112 }}
      options={choices.map((one) => ({ value: one, label: t(words[one]) }))}
      onChange={(next) => onChange(next === 'exclude' ? undefined : next)}
    />
  )
}
