import type { EndpointOutput } from '@xingbo/shared/contract'
import { importCan, isWorks } from '@xingbo/shared/metrics/import.rules'
import type { getImport, ImportRow, ImportSummary } from '@xingbo/shared/metrics/import.schema'
import { importAnswerLabels } from '@xingbo/shared/metrics/import-answer'
import type { ImportRowFate } from '@xingbo/shared/metrics/import-fate'
import { Pagination, Spin, Table } from 'antd'
import { unknown, useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { useSayReason } from '../../lib/say.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PublicationTag } from '../../ui/StatusTag.tsx'
import { FateTag } from './FateCounts.tsx'
import styles from './Imports.module.css'
import { importTexts } from './import.texts.ts'
import { RowAnswer } from './RowAnswer.tsx'

export type RowSearch = {
  fate?: ImportRowFate | undefined
  page?: number | undefined
  pageSize?: number | undefined
}

type ImportRowsProps = {
  file: ImportSummary
  rows: EndpointOutput<typeof getImport>['rows']
  busy: boolean
  search: RowSearch
  onSearch: (patch: Partial<RowSearch>) => void
}

/** The rows of a file. Those that can be answered carry their question with them, on any screen. */
export function ImportRows({ file, rows, busy, search, onSearch }: ImportRowsProps) {
  const t = useTexts(importTexts)
  const onPhone = useMedia(narrow)
  const asWork = search.fate === 'needs_person' || search.fate === 'unmatched'
  const { items, total } = rows
  if (items.length === 0)
    return <EmptyState title={t(search.fate === 'needs_person' ? 'noneWaiting' : 'noneTitle')} />
  return (
    <Spin spinning={busy}>
      {asWork || onPhone ? (
        <ul className={styles.list}>
          {items.map((row) => (
            <li key={row.id} className={styles.item}>
              <RowCard file={file} row={row} />
            </li>
          ))}
        </ul>
      ) : (
        <RowTable rows={items} works={isWorks(file.kind)} />
      )}
      <Pagination
        className={styles.pages ?? ''}
        current={search.page ?? 1}
        pageSize={search.pageSize ?? 50}
        total={total}
        hideOnSinglePage
        showSizeChanger={false}
        onChange={(page) => onSearch({ page })}
      />
    </Spin>
  )
}

function RowCard({ file, row }: { file: ImportSummary; row: ImportRow }) {
  const t = useTexts(importTexts)
  const open = importCan.answer(file.kind, row.fate, 'leave_out').ok
  return (
    <>
      <div className={styles.head}>
        <span className="soft">
          {t('row')} {row.rowNumber}
        </span>
        <FateTag fate={row.fate} />
      </div>
      <About row={row} />
      <Reasons row={row} />
      <Bound row={row} />
      {open && <RowAnswer key={row.id} file={file} row={row} />}
    </>
  )
}

function RowTable({ rows, works }: { rows: ImportRow[]; works: boolean }) {
  const t = useTexts(importTexts)
  return (
    <Table<ImportRow>
      rowKey="id"
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'row', title: t('row'), align: 'right', width: 64, dataIndex: 'rowNumber' },
        {
          key: 'fate',
          title: t('columnFates'),
          width: 150,
          render: (_, row) => <FateTag fate={row.fate} />,
        },
        { key: 'about', title: t('about'), width: 320, render: (_, row) => <About row={row} /> },
        { key: 'why', title: t('why'), width: 380, render: (_, row) => <Reasons row={row} /> },
        {
          key: 'publication',
          title: works ? t('publication') : '',
          render: (_, row) => <Bound row={row} />,
        },
      ]}
    />
  )
}

/** What the row says of itself; a work also when it came out and how often it was played. */
function About({ row }: { row: ImportRow }) {
  const t = useTexts(importTexts)
  const formats = useFormats()
  const facts = [
    row.publishedAt && t('publishedAt', { when: formats.dateTime(row.publishedAt) }),
    row.plays !== null && t('plays', { n: formats.count(row.plays) }),
  ].filter(Boolean)
  const untitled = row.publishedAt ? <span className="soft">{t('untitled')}</span> : unknown
  return (
    <div className={styles.words}>
      {row.label ? <strong>{row.label}</strong> : untitled}
      {facts.length > 0 && <span className="soft">{facts.join(' · ')}</span>}
    </div>
  )
}

function Reasons({ row }: { row: ImportRow }) {
  const t = useTexts(importTexts)
  const say = useSayReason()
  const formats = useFormats()
  const answer = useLabel(importAnswerLabels)
  return (
    <ul className={styles.reasons}>
      {row.reasons.map((reason) => (
        <li key={`${reason.key} ${JSON.stringify(reason.values)}`}>{say(reason)}</li>
      ))}
      {row.answer && row.resolvedAt && (
        <li className="soft">
          {t('answeredBy', {
            who: row.resolvedByName ?? unknown,
            when: formats.dateTime(row.resolvedAt),
            answer: answer(row.answer),
          })}
        </li>
      )}
    </ul>
  )
}

function Bound({ row: { publication } }: { row: ImportRow }) {
  const formats = useFormats()
  if (!publication) return null
  return (
    <div className={styles.words}>
      <span>{publication.title}</span>
      <span className="soft">
        {formats.dateTime(publication.at)} <PublicationTag state={publication.state} />
      </span>
    </div>
  )
}
