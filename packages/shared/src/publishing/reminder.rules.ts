import type { NoticeSettings } from '../inbox/notice.schema.ts'
import type { Severity } from '../inbox/notice.ts'
import { type QuietHours, quietAround } from '../inbox/quiet.rules.ts'
import type { Message } from '../messages.ts'
import { HAND_OFF_GRACE_MS } from './publication.rules.ts'
import type { PublicationState } from './publication-state.ts'

/** Told once more this long before a hand-off is given up. */
export const LAST_CALL_MS = 60 * 60_000
const MINUTE = 60_000

export type ReminderStep = {
  /** `before-30`, `due`, `late`, `escalated`, `last-call`; written down when given. */
  readonly step: string
  readonly at: Date
  readonly severity: Severity
  /** The managers are told as well. */
  readonly escalates: boolean
  readonly message: Extract<
    Message['key'],
    | 'publishing.remind.before'
    | 'publishing.remind.due'
    | 'publishing.remind.late'
    | 'publishing.remind.escalated'
    | 'publishing.remind.lastCall'
  >
}

/**
 * When whoever hands a post off is reminded, earliest first. A reminder ahead of time that falls into quiet
 * hours comes at their beginning: being told at night, or only in the morning after, helps nobody.
 */
export function reminderSteps(
  dueAt: Date,
  settings: Pick<NoticeSettings, 'beforeMinutes' | 'escalateAfterMinutes'>,
  quiet: QuietHours | null,
): ReminderStep[] {
  const due = dueAt.getTime()
  const escalateAt = due + settings.escalateAfterMinutes * MINUTE
  const before = settings.beforeMinutes.map((minutes): ReminderStep => {
    const planned = new Date(due - minutes * MINUTE)
    return {
      step: `before-${minutes}`,
      at: quietAround(planned, quiet)?.start ?? planned,
      severity: 'info',
      escalates: false,
      message: 'publishing.remind.before',
    }
  })
  const after = { escalates: false, severity: 'warning' } as const
  const escalated = { escalates: true, severity: 'urgent' } as const
  return [
    ...before,
    { ...after, step: 'due', at: dueAt, message: 'publishing.remind.due' } as const,
    {
      ...after,
      step: 'late',
      at: new Date(due + (escalateAt - due) / 2),
      message: 'publishing.remind.late',
    } as const,
    {
      ...escalated,
      step: 'escalated',
      at: new Date(escalateAt),
      message: 'publishing.remind.escalated',
    } as const,
    {
      ...escalated,
      step: 'last-call',
      at: new Date(due + HAND_OFF_GRACE_MS - LAST_CALL_MS),
      message: 'publishing.remind.lastCall',
    } as const,
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** The steps whose moment has come and that fit where the post stands; before its time nobody is late. */
export function stepsReached(
  steps: readonly ReminderStep[],
  post: { readonly state: PublicationState; readonly dueAt: Date },
  now: Date,
): ReminderStep[] {
  const waiting = post.state === 'awaiting_person'
  if (!waiting && (post.dueAt <= now || !['scheduled', 'queued'].includes(post.state))) return []
  return steps.filter(({ at, step }) => at <= now && (waiting || step.startsWith('before-')))
}
