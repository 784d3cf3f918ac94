import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Message, messages } from '@xingbo/shared/messages'
import type { Work, WorkItem } from '@xingbo/shared/work/work.schema'
import { type WorkKind, workKindLabels } from '@xingbo/shared/work/work-kind'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { PublicationTag, StageTag, StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './WorkSections.module.css'
import { workQuery } from './work.queries.ts'
import { workTexts } from './work.texts.ts'
import { doingPage, isPhonePage, pageOfKind } from './work-links.ts'

/** Everything that waits for me, kind by kind; kinds with nothing waiting are named in one line. */
export function WorkSections() {
  const t = useTexts(workTexts)
  const kind = useLabel(workKindLabels)
  const work = useQuery(workQuery)
  if (work.isPending) return <Skeleton active paragraph={{ rows: 8 }} />
  if (!work.data) return <ErrorState error={work.error} onRetry={() => void work.refetch()} />
  const waiting = work.data.sections.filter((section) => section.total > 0)
  const clear = work.data.sections.filter((section) => section.total === 0)
  if (waiting.length === 0) return <EmptyState title={t('nothing')} hint={t('nothingHint')} />
  return (
    <>
      <div className={styles.grid}>
        {waiting.map((section) => (
          <WorkSection key={section.kind} section={section} />
        ))}
      </div>
      {clear.length > 0 && (
        <p className={styles.clear}>
          {t('clear', { kinds: clear.map((one) => kind(one.kind)).join(t('separator')) })}
        </p>
      )}
    </>
  )
}

function To({
  path,
  className,
  children,
}: {
  path: string
  className?: string
  children: ReactNode
}) {
  return isPhonePage(path) ? (
    <a className={className} href={path}>
      {children}
    </a>
  ) : (
    <Link className={className} to={path}>
      {children}
    </Link>
  )
}

function WorkSection({ section }: { section: Work['sections'][number] }) {
  const t = useTexts(workTexts)
  const kind = useLabel(workKindLabels)
  const more = section.total > section.items.length
  return (
    <section className={styles.section} aria-labelledby={`work-${section.kind}`}>
      <header className={styles.head}>
        <h2 id={`work-${section.kind}`} className={styles.title}>
          {kind(section.kind)}
          <span className={styles.total}>{section.total}</span>
        </h2>
        <To path={pageOfKind[section.kind]}>{more ? t('all', { n: section.total }) : t('open')}</To>
      </header>
      <ul className={styles.list}>
        {section.items.map((item) => (
          <WorkRow key={`${item.subject}${item.id}`} kind={section.kind} item={item} />
        ))}
      </ul>
    </section>
  )
}

const isKey = (key: string): key is Message['key'] => key in messages

/** A reason of a newer server than this page is left out rather than shown as a key. */
const messageOf = ({ reason }: WorkItem): Message | null =>
  reason && isKey(reason.key) ? { key: reason.key, values: reason.values } : null

function WorkRow({ kind, item }: { kind: WorkKind; item: WorkItem }) {
  const t = useTexts(workTexts)
  const say = useSay()
  const formats = useFormats()
  const me = useMe()
  const reason = messageOf(item)
  const why = reason ? say(reason) : item.note
  // A reason with a day in it says more than "act now".
  const late = item.overdue && (item.dueAt || item.dueOn)
  return (
    <li>
      <To path={doingPage(kind, item, me.role === 'doctor')} className={styles.row}>
        <span className={styles.name}>{item.title || t('untitledLead')}</span>
        <span className={styles.facts}>
          {item.platform && (
            <PlatformBadge size="small" platform={item.platform} name={item.who ?? undefined} />
          )}
          {!item.platform && item.who && <span>{item.who}</span>}
          {item.state && <PublicationTag state={item.state} />}
          {item.stage && (kind === 'overdue' || kind === 'paused') && (
            <StageTag stage={item.stage} />
          )}
          {late ? (
            <StatusTag tone="warning">{t('overdue')}</StatusTag>
          ) : (
            item.overdue && <StatusTag tone="blocked">{t('pressing')}</StatusTag>
          )}
          {item.rows !== null && <span>{t('rows', { n: item.rows })}</span>}
          {item.dueAt && <span>{t('planned', { when: formats.dateTime(item.dueAt) })}</span>}
          {item.dueOn && <span>{t('due', { when: formats.day(item.dueOn) })}</span>}
          {!item.dueAt && !item.dueOn && item.since && (
            <span>
              {t('since')}
              <RelTime at={item.since} />
            </span>
          )}
        </span>
        {why && <span className={styles.why}>{why}</span>}
      </To>
    </li>
  )
}
