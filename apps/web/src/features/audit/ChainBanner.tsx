import { useQuery } from '@tanstack/react-query'
import type { ChainReport } from '@xingbo/shared/audit/audit.schema'
import { Alert, Button } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { StatusTag } from '../../ui/StatusTag.tsx'
import styles from './Audit.module.css'
import { auditQueries } from './audit.queries.ts'
import { auditTexts } from './audit.texts.ts'

/** Whether the log is still the one that was written. */
export function ChainBanner() {
  const t = useTexts(auditTexts)
  const formats = useFormats()
  const chain = useQuery(auditQueries.chain)
  const again = (
    <Button size="small" loading={chain.isFetching} onClick={() => void chain.refetch()}>
      {t('again')}
    </Button>
  )
  if (chain.isPending)
    return <Alert className={styles.chain} type="info" showIcon title={t('verifying')} />
  if (!chain.data)
    return (
      <Alert
        className={styles.chain}
        type="warning"
        showIcon
        title={chain.error.message}
        action={again}
      />
    )
  const { result, sealedAt, checkedAt } = chain.data
  const times = [
    ...(sealedAt ? [t('sealed', { when: formats.dateTime(sealedAt) })] : []),
    t('checked', { when: formats.dateTime(checkedAt) }),
  ].join(' · ')
  // What is as it should be takes one quiet line.
  if (result === 'ok')
    return (
      <p className={styles.sound} data-chain={result}>
        <StatusTag tone="done">
          <Verdict report={chain.data} />
        </StatusTag>
        <span className="soft">{times}</span>
        {again}
      </p>
    )
  return (
    <Alert
      className={styles.chain}
      data-chain={result}
      type={result === 'headMissing' ? 'warning' : 'error'}
      showIcon
      title={<Verdict report={chain.data} />}
      description={`${t('alarmHint')} ${times}`}
      action={again}
    />
  )
}

function Verdict({ report }: { report: ChainReport }) {
  const t = useTexts(auditTexts)
  const formats = useFormats()
  const { result, entries, badSeq } = report
  if (result !== 'ok') return t(result, { seq: badSeq === null ? '—' : formats.exact(badSeq) })
  return entries === 0 ? t('okEmpty') : t('ok', { n: formats.exact(entries) })
}
