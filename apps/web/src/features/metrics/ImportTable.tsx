import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { importCan } from '@xingbo/shared/metrics/import.rules'
import type { ImportSummary } from '@xingbo/shared/metrics/import.schema'
import { importKindLabels } from '@xingbo/shared/metrics/import-kind'
import { App, Button } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { DateTime, RelTime } from '../../ui/Time.tsx'
import { FateCounts } from './FateCounts.tsx'
import { type ImportQuery, importQueries } from './import.queries.ts'
import { importTexts } from './import.texts.ts'

export type ImportSearch = ImportQuery & {
  page?: number | undefined
  pageSize?: number | undefined
}

type ImportTableProps = {
  search: ImportSearch
  onSearch: (patch: Partial<ImportSearch>) => void
  onOpen: (importId: string) => void
  onImport?: (() => void) | undefined
}

/** Imported files, newest first, and what became of their rows. */
export function ImportTable({ search, onSearch, onOpen, onImport }: ImportTableProps) {
  const t = useTexts(importTexts)
  const kind = useLabel(importKindLabels)
  const formats = useFormats()
  const say = useSay()
  const me = useMe()
  const { message } = App.useApp()
  const query = useQuery({ ...importQueries.list(search), placeholderData: keepPreviousData })

  const open = (one: ImportSummary) => {
    const may = importCan.readRows(me.role, one.kind)
    if (may.ok) onOpen(one.id)
    else void message.info(say(may.reason))
  }
  const from = (one: ImportSummary) => (
    <>
      <span>{kind(one.kind)}</span>
      {one.platform && one.accountName && (
        <div>
          <PlatformBadge platform={one.platform} name={one.accountName} size="small" />
        </div>
      )}
    </>
  )
  const columns: Columns<ImportSummary> = [
    { key: 'kind', title: t('kind'), width: 150, render: (_, one) => from(one) },
    {
      key: 'file',
      title: t('columnFile'),
      width: 180,
      render: (_, one) => <span style={{ overflowWrap: 'anywhere' }}>{one.fileName}</span>,
    },
    {
      key: 'rows',
      title: t('columnRows'),
      numeric: true,
      render: (_, one) => formats.exact(one.rows),
    },
    {
      key: 'fates',
      title: t('columnFates'),
      width: 330,
      render: (_, one) => <FateCounts counts={one.counts} />,
    },
    { key: 'asOf', title: t('columnAsOf'), render: (_, one) => <DateTime at={one.asOf} /> },
    { key: 'by', title: t('columnBy'), dataIndex: 'createdByName' },
    { key: 'at', title: t('columnAt'), render: (_, one) => <RelTime at={one.createdAt} /> },
  ]
  return (
    <QueryTable<ImportSummary, ImportSearch>
      query={query}
      columns={columns}
      rowKey={({ id }) => id}
      search={{ ...search, pageSize: search.pageSize ?? 20 }}
      onSearch={onSearch}
      onOpen={open}
      filtered={search.kind !== undefined}
      onClearFilters={() => onSearch({ kind: undefined, page: undefined })}
      empty={{
        title: t('emptyTitle'),
        hint: t('emptyHint'),
        ...(onImport && {
          action: (
            <Button type="primary" onClick={onImport}>
              {t('importFile')}
            </Button>
          ),
        }),
      }}
      card={(one) => (
        <div style={{ display: 'grid', gap: 6, justifyItems: 'start' }}>
          {from(one)}
          <span style={{ overflowWrap: 'anywhere' }}>{one.fileName}</span>
          <FateCounts counts={one.counts} />
          <span className="soft">
            {one.createdByName} · <RelTime at={one.createdAt} />
          </span>
        </div>
      )}
    />
  )
}
