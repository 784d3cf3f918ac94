import { auditActionLabels } from '@xingbo/shared/audit/audit-actions'
import type {
  PublicationDetail,
  PublicationEvent,
} from '@xingbo/shared/publishing/publication.schema'
import type { LookResult, PublicationLook } from '@xingbo/shared/publishing/publication-look'
import { type StoryLine, storyOf } from '@xingbo/shared/publishing/story.rules'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { DateTime } from '../../ui/Time.tsx'
import { publishingTexts } from './publishing.texts.ts'
import styles from './Story.module.css'
import { useAnswer } from './use-answer.ts'
import { useReason } from './use-reason.ts'

/** What happened to a post, oldest first: who did what, what was sent, what came back. */
export function Story({ publication }: { publication: PublicationDetail }) {
  const t = useTexts(publishingTexts)
  return (
    <section aria-labelledby="story-title">
      <h2 id="story-title" className={styles.title}>
        {t('story')}
      </h2>
      <ol className={styles.story}>
        {storyOf(publication).map((line) => (
          <li
            key={`${line.kind}${line.at}${keyOf(line)}`}
            className={styles.line}
            data-kind={toneOf(line)}
          >
            <span className={styles.when}>
              <DateTime at={line.at} />
            </span>
            <Line line={line} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function keyOf(line: StoryLine): string {
  if (line.kind === 'event') return line.event.action
  return line.kind === 'look' ? line.look.result : ''
}

const lookTones: Partial<Record<LookResult, 'good' | 'bad' | 'open'>> = {
  published: 'good',
  rejected: 'bad',
  removed: 'bad',
  gone: 'open',
  several: 'open',
}

/** Lines that end well, end badly or leave a question stand out; the rest are quiet. */
function toneOf(line: StoryLine): 'good' | 'bad' | 'open' | undefined {
  if (line.kind === 'answer') return line.attempt.outcome === 'unknown' ? 'open' : 'bad'
  if (line.kind === 'look') return lookTones[line.look.result]
  if (line.kind !== 'event') return undefined
  const { to } = line.event
  if (to === 'published') return 'good'
  if (to === 'failed' || to === 'expired' || to === 'taken_down') return 'bad'
  return to === 'unconfirmed' ? 'open' : undefined
}

function Line({ line }: { line: StoryLine }) {
  const t = useTexts(publishingTexts)
  const answer = useAnswer()
  if (line.kind === 'event') return <EventLine event={line.event} attempt={line.attempt} />
  if (line.kind === 'answer') return <span>{answer(line.attempt)}</span>
  if (line.kind === 'look') return <LookLine look={line.look} />
  if (line.kind === 'opened')
    return <span>{line.times > 1 ? t('openedTimes', { n: line.times }) : t('opened')}</span>
  return <span>{t(line.kind)}</span>
}

/** What was asked and what it showed; the rest of the list is in the evidence. */
function LookLine({ look }: { look: PublicationLook }) {
  const t = useTexts(publishingTexts)
  const formats = useFormats()
  const { kind, result, detail, candidates, at, times } = look
  const others = candidates.filter(({ fits }) => !fits).length
  return (
    <span>
      {t(kind === 'list' ? 'lookedAtList' : 'askedPlatform')}
      {t(lookTexts[result], { n: candidates.length - others })}
      {detail !== '' && <span className={styles.more}>{t('platformSaid', { detail })}</span>}
      {result === 'none' && others > 0 && (
        <span className={styles.more}>{t('othersListed', { n: others })}</span>
      )}
      {times > 1 && (
        <span className={styles.more}>
          {t('lookedTimes', { n: times, when: formats.dateTime(at) })}
        </span>
      )}
    </span>
  )
}

const lookTexts = {
  pending: 'lookPending',
  published: 'lookPublished',
  rejected: 'lookRejected',
  removed: 'lookRemoved',
  gone: 'lookGone',
  no_answer: 'lookUnread',
  one: 'lookOne',
  none: 'lookNone',
  several: 'lookSeveral',
  unread: 'lookUnread',
} as const satisfies Record<LookResult, keyof typeof publishingTexts>

const notes = { link: 'byLink', screenshot: 'byScreenshot', webhook: 'byWebhook' } as const
const isKnown = (note: string): note is keyof typeof notes => note in notes

function EventLine({ event, attempt }: { event: PublicationEvent; attempt: number | null }) {
  const t = useTexts(publishingTexts)
  const formats = useFormats()
  const reason = useReason()
  const act = useAct()
  const { actorName, note, dueAt, dueBefore } = event
  const more = [
    dueBefore && dueAt
      ? t('movedTime', { before: formats.dateTime(dueBefore), after: formats.dateTime(dueAt) })
      : dueAt && t('setTime', { when: formats.dateTime(dueAt) }),
    isKnown(note) ? t(notes[note]) : note && t('noteIs', { note }),
    reason(event.reason),
  ].filter(Boolean)
  return (
    <span>
      <b className={styles.who}>{actorName ?? t('system')}</b> {act(event)}
      {attempt !== null && ` · ${t('attemptBegins', { n: attempt })}`}
      {more.map((text) => (
        <span key={text} className={styles.more}>
          {text}
        </span>
      ))}
    </span>
  )
}

/** The audit log's word for an act, or a truer one where it came from an unusual place. */
function useAct(): (event: PublicationEvent) => string {
  const t = useTexts(publishingTexts)
  const language = useLanguage()
  return ({ action, from, to }) => {
    if (from === 'unconfirmed' && to === 'scheduled') return t('sentAgain')
    if (from === 'unconfirmed' && to === 'failed') return t('gaveUp')
    if (to === 'scheduled' && (from === 'submitting' || from === 'queued') && isSending(action))
      return t('wentBack')
    const labels: Readonly<Record<string, { zh: string; en: string }>> = auditActionLabels
    return labels[action]?.[language] ?? action
  }
}
const isSending = (action: string) => action === 'publication.scheduled'
