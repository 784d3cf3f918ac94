import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Pagination, Spin, Table, type TableColumnsType } from 'antd'
import { type Key, type ReactNode, useState } from 'react'
import { useTexts } from '../lib/i18n.ts'
import { narrow, useMedia } from '../lib/media.ts'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import styles from './QueryTable.module.css'
import { uiTexts } from './ui.texts.ts'

/** antd columns; `numeric` aligns right with figures of one width. Sortable columns say `sorter: true` and a `key`. */
export type Columns<Row> = (TableColumnsType<Row>[number] & { numeric?: boolean })[]

/** What a list's URL holds; `sort` is a column's key, `-` before it for descending. */
type TableSearch = {
  page?: number | undefined
  pageSize?: number | undefined
  sort?: string | undefined
}

type QueryTableProps<Row, Search extends TableSearch> = {
  /** `useQuery({ ...topicQueries.list(search), placeholderData: keepPreviousData })` */
  query: UseQueryResult<{ items: Row[]; total?: number }>
  columns: Columns<Row>
  rowKey: (row: Row) => string
  /** The page's URL search; leave away for lists that are not paged. */
  search?: Search
  /** `(patch) => navigate({ search: (old) => ({ ...old, ...patch }), replace: true })` */
  onSearch?: (patch: Partial<TableSearch>) => void
  /** Whether a filter is set: an empty list then says so and offers `onClearFilters`. */
  filtered?: boolean
  onClearFilters?: () => void
  /** The empty list's own words and its one next action. */
  empty?: { title: string; hint?: string; action?: ReactNode }
  /** Opens a row: a click anywhere in it, Enter on it. */
  onOpen?: (row: Row) => void
  /** A row as a card, for phones; without it the table scrolls sideways. */
  card?: (row: Row) => ReactNode
  /** The card's menu, at its corner: the twin of an actions column. */
  cardActions?: (row: Row) => ReactNode
  /** What can be done to several rows; shown in a bar from the bottom while any are chosen. */
  batch?: (rows: Row[], clear: () => void) => ReactNode
}

/** Beyond this many rows on one page the table draws only what is on screen. */
const virtualFrom = 200
/** The height the virtual table scrolls in. */
const virtualHeight = 640

/**
 * The list of every page: paging and sorting on the server and in the URL, sticky header, and the four
 * emptinesses told apart (none yet, filtered out, no permission, failed).
 */
export function QueryTable<Row extends object, Search extends TableSearch>(
  props: QueryTableProps<Row, Search>,
) {
  const { query, columns, rowKey, search, onSearch, onOpen, card, cardActions, batch } = props
  const t = useTexts(uiTexts)
  const onPhone = useMedia(narrow)
  const [chosen, setChosen] = useState<Key[]>([])

  if (query.isError && !query.data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />

  const rows = query.data?.items ?? []
  const total = query.data?.total ?? rows.length
  const virtual = rows.length > virtualFrom
  const chosenRows = rows.filter((row) => chosen.includes(rowKey(row)))
  const clear = () => setChosen([])
  const empty = query.isPending ? (
    <div className={styles.waiting} />
  ) : props.filtered ? (
    <EmptyState
      kind="filtered"
      action={
        props.onClearFilters && <Button onClick={props.onClearFilters}>{t('clearFilters')}</Button>
      }
    />
  ) : (
    <EmptyState kind="none" {...props.empty} />
  )
  const paging = search && {
    current: search.page ?? 1,
    pageSize: search.pageSize ?? 50,
    total,
    showSizeChanger: total > 20,
    pageSizeOptions: [20, 50, 100, 200],
    hideOnSinglePage: total <= 20,
    showTotal: (n: number) => t('total', { n }),
    onChange: (page: number, pageSize: number) => onSearch?.({ page, pageSize }),
  }

  if (onPhone && card)
    return (
      <Spin spinning={query.isFetching && query.isPlaceholderData}>
        {rows.length === 0 ? (
          empty
        ) : (
          <ul className={styles.cards}>
            {rows.map((row) => (
              <li key={rowKey(row)}>
                {onOpen ? (
                  <button type="button" className={styles.card} onClick={() => onOpen(row)}>
                    {card(row)}
                  </button>
                ) : (
                  <div className={styles.card}>{card(row)}</div>
                )}
                {cardActions && <div className={styles.cardActions}>{cardActions(row)}</div>}
              </li>
            ))}
          </ul>
        )}
        {paging && <Pagination simple {...paging} />}
      </Spin>
    )

  const sort = search?.sort
  return (
    <>
      <Table<Row>
        className={styles.table}
        rowKey={rowKey}
        columns={columns.map(({ numeric, ...column }) => ({
          ...column,
          ...(numeric && { align: 'right' as const, className: styles.numeric }),
          ...('sorter' in column &&
            column.sorter && {
              sortOrder:
                sort === column.key
                  ? ('ascend' as const)
                  : sort === `-${String(column.key)}`
                    ? ('descend' as const)
                    : null,
            }),
        }))}
        dataSource={rows}
        loading={query.isPending || query.isPlaceholderData}
        locale={{ emptyText: empty }}
        virtual={virtual}
        scroll={virtual ? { x: 'max-content', y: virtualHeight } : { x: 'max-content' }}
        sticky={virtual ? false : { offsetHeader: 56 }}
        pagination={paging ?? false}
        onChange={(_pages, _filters, sorter, { action }) => {
          if (action !== 'sort' || Array.isArray(sorter)) return
          const key = String(sorter.columnKey)
          onSearch?.({
            sort: sorter.order ? (sorter.order === 'descend' ? `-${key}` : key) : undefined,
            page: 1,
          })
        }}
        {...(batch && { rowSelection: { selectedRowKeys: chosen, onChange: setChosen } })}
        {...(onOpen && {
          onRow: (row: Row) => ({
            className: styles.opens,
            tabIndex: 0,
            onClick: (event) => {
              if (!isControl(event.target, event.currentTarget)) onOpen(row)
            },
            onKeyDown: (event) => {
              if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row)
            },
          }),
        })}
      />
      {batch && chosenRows.length > 0 && (
        <div className={styles.batch} role="toolbar">
          <span>{t('selected', { n: chosenRows.length })}</span>
          {batch(chosenRows, clear)}
          <Button type="text" onClick={clear}>
            {t('clearSelection')}
          </Button>
        </div>
      )}
    </>
  )
}

/** A click on a link, button or box inside the row is for that, not for the row. */
const isControl = (target: EventTarget, row: EventTarget): boolean =>
  target instanceof Element &&
  row instanceof Element &&
  (!row.contains(target) ||
    target.closest('a, button, input, label, [role="menuitem"], .ant-table-selection-column') !==
      null)
