import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type NoticeKind, noticeKindLabels, noticeKinds } from '@xingbo/shared/inbox/notice'
import { Button, Checkbox, Popover, Segmented, Select } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import styles from './Inbox.module.css'
import { type InboxSearch, inboxQueries, muteMutation } from './inbox.queries.ts'
import { inboxTexts } from './inbox.texts.ts'

type InboxFiltersProps = {
  search: InboxSearch
  onChange: (patch: { show?: 'all' | undefined; kind?: NoticeKind | undefined }) => void
}

export function InboxFilters({ search, onChange }: InboxFiltersProps) {
  const t = useTexts(inboxTexts)
  const kind = useLabel(noticeKindLabels)
  const list = useQuery(inboxQueries.list(search))
  const mute = useMutation(muteMutation(useQueryClient()))
  const options = noticeKinds.map((value) => ({ value, label: kind(value) }))
  return (
    <>
      <Segmented
        aria-label={t('show')}
        value={search.show === 'all' ? 'all' : 'unread'}
        onChange={(show) => onChange({ show: show === 'all' ? 'all' : undefined })}
        options={[
          { value: 'unread', label: t('unread') },
          { value: 'all', label: t('all') },
        ]}
      />
      <Select
        aria-label={t('kind')}
        allowClear
        style={{ minWidth: 150 }}
        placeholder={t('anyKind')}
        value={search.kind}
        onChange={(value: NoticeKind | undefined) => onChange({ kind: value })}
        options={options}
      />
      <Popover
        trigger="click"
        placement="bottomRight"
        content={
          <div className={styles.mute}>
            <span className="soft">{t('muteHint')}</span>
            <Checkbox.Group
              style={{ flexDirection: 'column' }}
              value={mute.variables ?? list.data?.mutedKinds ?? []}
              onChange={(kinds) => mute.mutate(kinds as NoticeKind[])}
              options={options}
            />
          </div>
        }
      >
        <Button>{t('mute')}</Button>
      </Popover>
    </>
  )
}
