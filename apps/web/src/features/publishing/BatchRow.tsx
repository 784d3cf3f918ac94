import CloseOutlined from '@ant-design/icons/CloseOutlined'
import type { Account } from '@xingbo/shared/accounts/account.schema'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import { bizDate } from '@xingbo/shared/dates'
import type { PlannedRow } from '@xingbo/shared/publishing/batch.schema'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSayReason } from '../../lib/say.ts'
import { InstantField } from '../../ui/DateFields.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './BatchDialog.module.css'
import { batchTexts } from './batch.texts.ts'
import { HolidayTag } from './DayMarks.tsx'

type BatchRowProps = {
  row: PlannedRow
  account: Account | null
  reason: string
  onReason: (reason: string) => void
  onTime: (dueAt: string) => void
  onDrop: () => void
}

/** One line: item, account, time, what speaks against it; the time becomes a field when it is pressed. */
export function BatchRow({ row, account, reason, onReason, onTime, onDrop }: BatchRowProps) {
  const t = useTexts(batchTexts)
  const sayReason = useSayReason()
  const formats = useFormats()
  const label = useLabel(platformLabels)
  const [editing, setEditing] = useState(false)
  const { contentTitle: title, dueAt, slotName, refusal, warnings, repeat } = row
  const spoken = account ? `${label(account.platform)} ${account.displayName}` : ''
  return (
    <li
      className={styles.row}
      data-refused={refusal ? '' : undefined}
      data-content={row.contentId}
      data-account={row.accountId}
    >
      <span className={styles.rowTitle}>{title}</span>
      <span className={styles.rowAccount}>
        {account && (
          <PlatformBadge platform={account.platform} name={account.displayName} size="small" />
        )}
      </span>
      <span className={styles.rowTime}>
        {editing ? (
          <InstantField
            value={dueAt}
            aria-label={t('timeOf', { title, account: spoken })}
            onChange={(next) => {
              if (next) onTime(next)
              setEditing(false)
            }}
          />
        ) : (
          <Button
            type="text"
            size="small"
            className={styles.timeButton ?? ''}
            aria-label={`${t('changeTime', { title, account: spoken })}${dueAt ? ` ${formats.dateTime(dueAt)}` : ''}`}
            onClick={() => setEditing(true)}
          >
            {dueAt ? formats.dateTime(dueAt) : t('noTime')}
          </Button>
        )}
        {dueAt && <HolidayTag date={bizDate(new Date(dueAt), formats.zone)} />}
        {slotName && <span className={styles.fact}>{slotName}</span>}
      </span>
      <span className={styles.rowWords}>
        {refusal && (
          <span className={styles.sentence} data-kind="wrong">
            {sayReason(refusal)}
          </span>
        )}
        {warnings.map((warning) => (
          <span key={warning.key} className={styles.sentence} data-kind="warning">
            {sayReason(warning)}
          </span>
        ))}
        {repeat && !refusal && (
          <>
            <span className={styles.sentence} data-kind="warning">
              {sayReason(repeat)}
            </span>
            <Input
              size="small"
              maxLength={200}
              value={reason}
              placeholder={t('why')}
              aria-label={t('whyOf', { title })}
              onChange={({ target }) => onReason(target.value)}
            />
          </>
        )}
        {!refusal && warnings.length === 0 && !repeat && (
          <span className={styles.fact}>{t('ready')}</span>
        )}
      </span>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t('dropRow', { title, account: spoken })}
        onClick={onDrop}
      />
    </li>
  )
}
