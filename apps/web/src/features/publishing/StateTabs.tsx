import { useQueries } from '@tanstack/react-query'
import {
  type PublicationState,
  publicationStateLabels,
} from '@xingbo/shared/publishing/publication-state'
import { Tabs } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import styles from './Publications.module.css'
import { type PublicationFilter, publicationQueries } from './publishing.queries.ts'
import { publishingTexts } from './publishing.texts.ts'

/** What needs a person, in the order in which it presses. */
const exceptions = [
  'unconfirmed',
  'failed',
  'awaiting_person',
] as const satisfies PublicationState[]

type StateTabsProps = {
  /** The list's filters without the state; the counts follow them. */
  filter: PublicationFilter
  state: PublicationState | undefined
  onState: (state: PublicationState | undefined) => void
}

export function StateTabs({ filter, state, onState }: StateTabsProps) {
  const t = useTexts(publishingTexts)
  const label = useLabel(publicationStateLabels)
  const counts = useQueries({
    queries: exceptions.map((one) => publicationQueries.count({ ...filter, state: one })),
  })
  const own = exceptions.find((one) => one === state)
  return (
    <Tabs
      className={styles.tabs}
      activeKey={own ?? 'all'}
      onChange={(key) => onState(exceptions.find((one) => one === key))}
      items={[
        ...exceptions.map((one, index) => ({
          key: one,
          label: (
            <>
              {label(one)}
              <span className={styles.count} data-some={counts[index]?.data ? '' : undefined}>
                {counts[index]?.data ?? ''}
              </span>
            </>
          ),
        })),
        { key: 'all', label: t('all') },
      ]}
    />
  )
}
