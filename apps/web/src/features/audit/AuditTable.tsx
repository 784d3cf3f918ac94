import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@xingbo/shared/audit/audit.schema'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { DateTime } from '../../ui/Time.tsx'
import styles from './Audit.module.css'
import { type AuditSearch, auditQueries } from './audit.queries.ts'
import { auditTexts } from './audit.texts.ts'
import { SubjectLink } from './SubjectLink.tsx'
import { useAuditWords } from './use-audit-words.ts'

type AuditTableProps = {
  search: AuditSearch
  onClearFilters?: () => void
  /** All entries are of one item: said in the empty state. */
  ofOneItem?: boolean
}

/** The log, newest first; a row opens all that was noted. */
export function AuditTable({ search, onClearFilters, ofOneItem = false }: AuditTableProps) {
  const t = useTexts(auditTexts)
  const words = useAuditWords()
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const query = useInfiniteQuery(auditQueries.list(search))
  const filtered = !ofOneItem && Object.values(search).some(Boolean)

  const columns: Columns<AuditEntry> = [
    { key: 'at', title: t('when'), width: 190, render: (_, row) => <DateTime at={row.at} /> },
    { key: 'who', title: t('who'), width: 130, render: (_, row) => words.who(row) },
    { key: 'act', title: t('act'), width: 170, render: (_, row) => words.act(row) },
    {
      key: 'subject',
      title: t('subject'),
      width: 340,
      render: (_, row) => <SubjectLink entry={row} />,
    },
    {
      key: 'note',
      title: t('note'),
      width: 340,
      render: (_, row) => <span className={styles.gist}>{words.gist(row)}</span>,
    },
  ]
  return (
    <>
      <QueryTable
        query={query}
        columns={columns}
        rowKey={(row) => String(row.seq)}
        filtered={filtered}
        {...(onClearFilters && { onClearFilters })}
        empty={{ title: t(ofOneItem ? 'historyEmpty' : 'empty') }}
        onOpen={setOpen}
        card={(row) => (
          <span className={styles.card}>
            <span>
              {words.who(row)} {words.act(row)}
            </span>
            <SubjectLink entry={row} plain />
            <span className="soft">{words.gist(row)}</span>
            <span className="soft">
              <DateTime at={row.at} />
            </span>
          </span>
        )}
      />
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('earlier')}
          </Button>
        </div>
      )}
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open ? t('entry', { seq: open.seq }) : ''}
        size="min(520px, 100vw)"
      >
        {open && <EntryFacts entry={open} />}
      </Drawer>
    </>
  )
}

function EntryFacts({ entry }: { entry: AuditEntry }) {
  const t = useTexts(auditTexts)
  const words = useAuditWords()
  const facts = words.facts(entry)
  return (
    <div className={styles.entry}>
      <Facts
        columns={1}
        facts={[
          [t('when'), <DateTime key="at" at={entry.at} />],
          [t('who'), words.who(entry)],
          [t('act'), words.act(entry)],
          [t('subject'), <SubjectLink key="subject" entry={entry} />],
          [t('number'), <code key="id">{entry.subjectId}</code>],
        ]}
      />
      {facts.length > 0 ? (
        <Facts columns={1} facts={facts} />
      ) : (
        <p className="soft">{t('noDetail')}</p>
      )}
    </div>
  )
}
