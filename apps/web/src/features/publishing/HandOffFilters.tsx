import { useQuery } from '@tanstack/react-query'
import type { HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import { Select } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { handOffTexts } from './hand-off.texts.ts'
import { publicationQueries } from './publishing.queries.ts'

/** `who`: a person, or `nobody`. */
export type HandOffSearch = { who?: string | undefined; accountId?: string | undefined }

const nobody = 'nobody'

export const handOffFits = (item: HandOffItem, { who, accountId }: HandOffSearch): boolean =>
  (!who || (item.who?.userId ?? nobody) === who) && (!accountId || item.accountId === accountId)

type HandOffFiltersProps = { value: HandOffSearch; onChange: (patch: HandOffSearch) => void }

/** Whose posts and which account's; only what is on the list can be chosen. */
export function HandOffFilters({ value, onChange }: HandOffFiltersProps) {
  const t = useTexts(handOffTexts)
  const me = useMe()
  const items = useQuery(publicationQueries.handOffs()).data?.items ?? []
  const people = new Map(
    items.map(({ who }) => (who ? [who.userId, who.name] : [nobody, t('nobody')])),
  )
  people.delete(me.userId)
  const accounts = new Map(items.map((item) => [item.accountId, item.accountName]))
  const options = (map: ReadonlyMap<string, string>) =>
    [...map].map(([key, label]) => ({ value: key, label }))
  return (
    <>
      <Select
        aria-label={t('who')}
        allowClear
        style={{ minWidth: 150 }}
        placeholder={t('anybody')}
        value={value.who}
        onChange={(who: string | undefined) => onChange({ who })}
        options={[{ value: me.userId, label: t('mine') }, ...options(people)]}
      />
      <Select
        aria-label={t('account')}
        allowClear
        style={{ minWidth: 180 }}
        placeholder={t('anyAccount')}
        value={value.accountId}
        onChange={(accountId: string | undefined) => onChange({ accountId })}
        options={options(accounts)}
      />
    </>
  )
}
