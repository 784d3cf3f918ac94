import DownloadOutlined from '@ant-design/icons/DownloadOutlined'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { ImportSummary } from '@xingbo/shared/metrics/import.schema'
import { importKindLabels } from '@xingbo/shared/metrics/import-kind'
import { Alert, Button, Tabs } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageShell } from '../../ui/PageShell.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { FateTag, fateOrder } from './FateCounts.tsx'
import { ImportRows, type RowSearch } from './ImportRows.tsx'
import styles from './Imports.module.css'
import { downloadReportMutation, importQueries } from './import.queries.ts'
import { importTexts } from './import.texts.ts'

type ImportViewProps = {
  importId: string
  search: RowSearch
  onSearch: (patch: Partial<RowSearch>) => void
}

/** One imported file: what became of every row, and what waits for an answer, answered in place. */
export function ImportView({ importId, search, onSearch }: ImportViewProps) {
  const t = useTexts(importTexts)
  const kind = useLabel(importKindLabels)
  const formats = useFormats()
  const query = useQuery({
    ...importQueries.detail(importId, search),
    placeholderData: keepPreviousData,
  })
  const report = useMutation(downloadReportMutation())
  if (query.isError && !query.data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return null
  const { import: file, rows } = query.data
  return (
    <PageShell
      title={file.fileName}
      back={{ to: '/imports', label: t('back') }}
      tags={
        file.platform &&
        file.accountName && <PlatformBadge platform={file.platform} name={file.accountName} />
      }
      purpose={t('detailPurpose', {
        kind: kind(file.kind),
        asOf: formats.dateTime(file.asOf),
        who: file.createdByName,
        when: formats.dateTime(file.createdAt),
        rows: formats.exact(file.rows),
      })}
      extra={
        <Button
          icon={<DownloadOutlined aria-hidden />}
          loading={report.isPending}
          onClick={() => report.mutate(importId)}
        >
          {t('report')}
        </Button>
      }
    >
      {!!file.counts.needs_person && search.fate !== 'needs_person' && (
        <Alert
          className={styles.waiting}
          type="warning"
          showIcon
          title={t('waitTitle', { n: file.counts.needs_person })}
          action={
            <Button onClick={() => onSearch({ fate: 'needs_person', page: undefined })}>
              {t('goAnswer')}
            </Button>
          }
        />
      )}
      {file.accountName && file.counts.unmatched === file.rows && (
        <Alert
          className={styles.waiting}
          type="info"
          showIcon
          title={t('noneFits', { account: file.accountName })}
        />
      )}
      <FateTabs
        file={file}
        fate={search.fate}
        onFate={(fate) => onSearch({ fate, page: undefined })}
      />
      <ImportRows
        file={file}
        rows={rows}
        busy={query.isPlaceholderData}
        search={search}
        onSearch={onSearch}
      />
    </PageShell>
  )
}

type FateTabsProps = {
  file: ImportSummary
  fate: RowSearch['fate']
  onFate: (fate: RowSearch['fate']) => void
}

function FateTabs({ file, fate, onFate }: FateTabsProps) {
  const t = useTexts(importTexts)
  const formats = useFormats()
  // The chosen tab stays while it empties under the person's answers.
  const present = fateOrder.filter((one) => file.counts[one] || one === fate)
  return (
    <Tabs
      className={styles.tabs ?? ''}
      activeKey={fate ?? 'all'}
      onChange={(key) => onFate(present.find((one) => one === key))}
      items={[
        {
          key: 'all',
          label: (
            <>
              {t('allRows')}
              <span className={styles.count}>{formats.exact(file.rows)}</span>
            </>
          ),
        },
        ...present.map((one) => ({
          key: one,
          label: <FateTag fate={one} count={file.counts[one] ?? 0} />,
        })),
      ]}
    />
  )
}
