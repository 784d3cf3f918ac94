import type { Attempt, PublicationDetail, PublicationEvent } from './publication.schema.ts'
import type { PublicationLook } from './publication-look.ts'

/** One line of what happened to a publication, as a person reads it. */
export type StoryLine =
  /** Somebody, or the product, took it to another state or time; `attempt` numbers a beginning of sending. */
  | {
      readonly kind: 'event'
      readonly at: string
      readonly event: PublicationEvent
      readonly attempt: number | null
    }
  | { readonly kind: 'uploaded' | 'sent'; readonly at: string; readonly attempt: number }
  | { readonly kind: 'answer'; readonly at: string; readonly attempt: Attempt }
  /** The platform was asked, or its list read; several in a row that showed the same are one line. */
  | { readonly kind: 'look'; readonly at: string; readonly look: PublicationLook }
  /** The hand-off card was opened, which asks the platform for a share link; `times` in a row. */
  | { readonly kind: 'opened'; readonly at: string; readonly times: number }

type Told = Pick<PublicationDetail, 'route' | 'attempts' | 'looks' | 'events'>

/** Everything that happened, oldest first, each thing said once. */
export function storyOf({ route, attempts, looks, events }: Told): StoryLine[] {
  const told: StoryLine[] = events.map((event) => ({
    kind: 'event',
    at: event.at,
    event,
    attempt:
      event.to === 'submitting'
        ? (attempts.find(({ startedAt }) => startedAt === event.at)?.number ?? null)
        : null,
  }))
  const seen = looks
    // A look that led somewhere at once is told by where it led.
    .filter(({ at, times }) => times > 1 || !events.some((event) => event.at === at))
    .map((look): StoryLine => ({ kind: 'look', at: look.firstAt, look }))
  const lines = [...told, ...seen, ...attempts.flatMap((one) => linesOf(one, route, events))]
  return joinOpenings(lines.sort(byTime))
}

function linesOf(
  attempt: Attempt,
  route: Told['route'],
  events: readonly PublicationEvent[],
): StoryLine[] {
  const { number, startedAt, uploadedAt, sentAt, answeredAt } = attempt
  // Nothing is sent in a hand-off: the attempt is the share link asked for when the card was opened.
  if (route !== 'api') return [{ kind: 'opened', at: startedAt, times: 1 }]
  const lines: StoryLine[] = []
  if (uploadedAt) lines.push({ kind: 'uploaded', at: uploadedAt, attempt: number })
  if (sentAt) lines.push({ kind: 'sent', at: sentAt, attempt: number })
  if (answeredAt && !isToldByEvent(attempt, events))
    lines.push({ kind: 'answer', at: answeredAt, attempt })
  return lines
}

/** The change of state that followed already says what the platform answered. */
const isToldByEvent = (
  { outcome, answeredAt }: Attempt,
  events: readonly PublicationEvent[],
): boolean =>
  events.some(
    ({ at, to }) =>
      at === answeredAt &&
      ((outcome === 'accepted' && to === 'accepted') || (outcome === 'refused' && to === 'failed')),
  )

/** At one instant: the beginning of sending, then what was done and answered, then where that led. */
const rank = (line: StoryLine): number => {
  if (line.kind !== 'event') return 1
  return line.event.to === 'submitting' ? 0 : 2
}
const byTime = (a: StoryLine, b: StoryLine): number =>
  Date.parse(a.at) - Date.parse(b.at) || rank(a) - rank(b)

/** A phone asks again each time it comes back to the card; in a row that is one line, at its last time. */
function joinOpenings(lines: readonly StoryLine[]): StoryLine[] {
  const joined: StoryLine[] = []
  for (const line of lines) {
    const before = joined.at(-1)
    if (line.kind === 'opened' && before?.kind === 'opened')
      joined[joined.length - 1] = { ...line, times: before.times + 1 }
    else joined.push(line)
  }
  return joined
}
