import type { NoticeSettings } from '@xingbo/shared/inbox/notice.schema'
import type { QuietHours } from '@xingbo/shared/inbox/quiet.rules'
import { HAND_OFF_GRACE_MS } from '@xingbo/shared/publishing/publication.rules'
import { reminderSteps, stepsReached } from '@xingbo/shared/publishing/reminder.rules'
import type { Reader } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { clockText } from '../audit/stale.ts'
import { notify, settleNotices } from '../inbox/notice.service.ts'
import { quietHoursOf } from '../inbox/robot-line.service.ts'
import { noticeSettingsOf } from '../inbox/settings.service.ts'
import {
  displayNameOf,
  listRemindable,
  listReminders,
  namesOf,
  putReminder,
} from './hand-off.repository.ts'
import { findPublication } from './publication.repository.ts'

const LIMIT = 5_000
/** The longest reminder ahead is a day; quiet hours may bring it forward by most of another. */
const AHEAD_MS = 2 * 86_400_000

type Ways = { readonly settings: NoticeSettings; readonly quiet: QuietHours | null }
const waysOf = async (db: Reader, institutionId: string): Promise<Ways> => ({
  settings: await noticeSettingsOf(db, institutionId),
  quiet: await quietHoursOf(db, institutionId),
})

const keyOf = (post: { publicationId: string; step: string; dueAt: Date }) =>
  `${post.publicationId} ${post.step} ${post.dueAt.getTime()}`

/** Posts with a reminder that is due by their rows and was not given. */
export async function listToRemind(db: Reader, now: Date): Promise<string[]> {
  const posts = await listRemindable(db, new Date(now.getTime() + AHEAD_MS), LIMIT)
  if (posts.length === 0) return []
  const given = await listReminders(db, new Date(now.getTime() - 2 * HAND_OFF_GRACE_MS))
  const known = new Set(given.map(keyOf))
  const ways = new Map<string, Ways>()
  const wanting: string[] = []
  for (const post of posts) {
    const way = ways.get(post.institutionId) ?? (await waysOf(db, post.institutionId))
    ways.set(post.institutionId, way)
    const steps = stepsReached(reminderSteps(post.dueAt, way.settings, way.quiet), post, now)
    const open = steps.some(
      ({ step }) => !known.has(keyOf({ publicationId: post.id, step, dueAt: post.dueAt })),
    )
    if (open) wanting.push(post.id)
  }
  return wanting
}

/**
 * Gives the reminder whose moment has come, once: every step that was reached is written down, and only the
 * latest is told, so that after a night of standstill nobody hears four sentences of one post.
 */
export async function remind(deps: Deps, publicationId: string): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (!row || row.route === 'api') return
    const { institutionId, dueAt } = row
    const { settings, quiet } = await waysOf(tx, institutionId)
    const reached = stepsReached(reminderSteps(dueAt, settings, quiet), row, at)
    const latest = reached.at(-1)
    if (!latest) return
    let fresh = false
    for (const { step } of reached) {
      const told = step === latest.step
      const made = await putReminder(tx, { publicationId, institutionId, step, dueAt, at, told })
      fresh = made && told
    }
    const names = fresh ? await namesOf(tx, publicationId) : undefined
    if (!names) return
    const who = names.takenOverBy ?? names.ownerUserId
    // One notice per post is enough: the newer one says it all.
    await settleNotices(tx, at, { institutionId, subjectId: publicationId, kinds: ['hand_off'] })
    await notify(tx, deps, {
      institutionId,
      to: {
        ...(names.takenOverBy ? { users: [names.takenOverBy] } : { ownerOf: row.accountId }),
        ...(latest.escalates && { roles: ['manager'] }),
      },
      kind: 'hand_off',
      severity: latest.severity,
      subject: { type: 'publication', id: publicationId },
      message: {
        key: latest.message,
        values: {
          title: names.title,
          account: names.accountName,
          when: clockText(dueAt),
          minutes: Math.max(0, Math.round((at.getTime() - dueAt.getTime()) / 60_000)),
          who: (who && (await displayNameOf(tx, who))) ?? '—',
        },
      },
      mergeKey: `hand-off:${publicationId}:${dueAt.getTime()}:${latest.step}`,
      groupKey: `hand-off:${row.contentId}`,
    })
  })
}
