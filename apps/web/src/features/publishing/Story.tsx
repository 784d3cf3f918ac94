import { auditActionLabels } from '@xingbo/shared/audit/audit-actions'
import type {
  PublicationDetail,
  PublicationEvent,
} from '@xingbo/shared/publishing/publication.schema'
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

const keyOf = (line: StoryLine): string => (line.kind === 'event' ? line.event.action : '')

/** Lines that end well, end badly or leave a question stand out; the rest are quiet. */
function toneOf(line: StoryLine): 'good' | 'bad' | 'open' | undefined {
  if (line.kind === 'answer') return line.attempt.outcome === 'unknown' ? 'open' : 'bad'
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
  if (line.kind === 'opened')
    return <span>{line.times > 1 ? t('openedTimes', { n: line.times }) : t('opened')}</span>
  return <span>{t(line.kind)}</span>
}

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
