import type { Account } from '@xingbo/shared/accounts/account.schema'
import type { PlannedRow } from '@xingbo/shared/publishing/batch.schema'
import { Button, Input, Skeleton } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import styles from './BatchDialog.module.css'
import { BatchRow } from './BatchRow.tsx'
import { batchTexts } from './batch.texts.ts'
import { type BatchPlan, rowKey } from './use-batch-plan.ts'

type BatchPreviewProps = { plan: BatchPlan; accounts: readonly Account[]; empty: boolean }

/** Every line that would be saved, with what speaks against it. */
export function BatchPreview({ plan, accounts, empty }: BatchPreviewProps) {
  const t = useTexts(batchTexts)
  const { rows, refused, proposal } = plan
  if (empty) return <p className={styles.hint}>{t('pickFirst')}</p>
  if (plan.error) return <ErrorState error={plan.error} onRetry={plan.startOver} />
  if (!proposal.data) return <Skeleton active paragraph={{ rows: 8 }} />
  const { placed, notMeant, without } = proposal.data
  const repeats = rows.filter(({ repeat }) => repeat)
  const warned = rows.filter(({ warnings }) => warnings.length > 0)
  const left: string[] = [
    ...(notMeant > 0 ? [t('notMeant', { n: notMeant })] : []),
    ...(placed > 0 ? [t('placed', { n: placed })] : []),
    ...(without.length > 0
      ? [
          t('without', {
            titles: without.map(({ contentTitle }) => contentTitle).join(t('separator')),
          }),
        ]
      : []),
  ]
  return (
    <>
      <h3 className={styles.heading}>
        {t('preview')}
        <span className="soft" role="status">
          {plan.busy ? t('working') : t('previewCount', { n: rows.length })}
        </span>
        {refused.length > 0 && (
          <StatusTag tone="failed">{t('refusedCount', { n: refused.length })}</StatusTag>
        )}
        {repeats.length > 0 && (
          <StatusTag tone="warning">{t('repeatCount', { n: repeats.length })}</StatusTag>
        )}
        {warned.length > 0 && (
          <StatusTag tone="warning">{t('warnedCount', { n: warned.length })}</StatusTag>
        )}
        <span className={styles.grow} />
        {refused.length > 0 && refused.length < rows.length && (
          <Button size="small" onClick={() => plan.drop(refused)}>
            {t('dropRefused', { n: refused.length })}
          </Button>
        )}
        {plan.edited && (
          <Button size="small" onClick={plan.startOver}>
            {t('startOver')}
          </Button>
        )}
      </h3>
      {left.map((sentence) => (
        <p key={sentence} className={styles.note}>
          {sentence}
        </p>
      ))}
      {repeats.length > 1 && (
        <Input
          className={styles.whyAll ?? ''}
          maxLength={200}
          placeholder={t('whyAll')}
          aria-label={t('whyAll')}
          onChange={({ target }) => plan.setReason(repeats, target.value)}
        />
      )}
      <ul className={styles.rows} aria-busy={plan.busy}>
        {rows.map((row: PlannedRow) => (
          <BatchRow
            key={rowKey(row)}
            row={row}
            account={accounts.find(({ id }) => id === row.accountId) ?? null}
            reason={plan.reasonOf(row)}
            onReason={(reason) => plan.setReason([row], reason)}
            onTime={(dueAt) => plan.setTime(row, dueAt)}
            onDrop={() => plan.drop([row])}
          />
        ))}
      </ul>
    </>
  )
}
