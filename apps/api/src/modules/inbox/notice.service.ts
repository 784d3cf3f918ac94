import type { Actor, Role } from '@xingbo/shared/identity/actor'
import type { NoticeKind, NoticeSubject, Severity } from '@xingbo/shared/inbox/notice'
import type { Message } from '@xingbo/shared/messages'
import { noteChange, type Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import {
  forgetNotices,
  markRead,
  membersAmong,
  ownerOfAccount,
  putNotice,
  replaceMuted,
  settleRows,
  whoMuted,
} from './notice.repository.ts'
import { forgetRobotMessages, withdrawLines } from './robot.repository.ts'
import { passToRobots } from './robot-line.service.ts'

export type Telling = {
  readonly institutionId: string
  /** Who is told, once each. An account without an owner is its operators' business. */
  readonly to: {
    readonly users?: readonly string[]
    readonly roles?: readonly Role[]
    /** The owner of this account; operators where it has none. */
    readonly ownerOf?: string
  }
  readonly kind: NoticeKind
  readonly severity: Severity
  /** What the notice opens. */
  readonly subject: { readonly type: NoticeSubject; readonly id: string }
  /** Names and figures of ours only: never a patient's, a token or a secret. */
  readonly message: Message
  /** Names the episode. Told again under the same key, nobody hears of it twice; a new episode needs a new key. */
  readonly mergeKey: string
  /** What robots tell in one message, e.g. `content:<id>`; the subject by itself otherwise. */
  readonly groupKey?: string
  /** False: for the inbox alone. */
  readonly robots?: boolean
}

/**
 * Tells people something, in the caller's transaction: rows for the inbox, lines for the institution's robots,
 * and the bell through the outbox. Returns how many people hear of it for the first time.
 */
export async function notify(tx: Tx, deps: Pick<Deps, 'now'>, telling: Telling): Promise<number> {
  const at = deps.now()
  const { institutionId, kind, severity, subject, message, mergeKey } = telling
  const muted = severity === 'urgent' ? new Set() : await whoMuted(tx, institutionId, kind)
  let fresh = 0
  for (const userId of await recipientsOf(tx, telling)) {
    const id = newId('ntc', at.getTime())
    const made = await putNotice(tx, {
      id,
      institutionId,
      userId,
      kind,
      severity,
      subjectType: subject.type,
      subjectId: subject.id,
      messageKey: message.key,
      messageValues: { ...message.values },
      mergeKey,
      muted: muted.has(userId),
      firstAt: at,
      at,
    })
    if (made) fresh += 1
    noteChange(tx, { institutionId, kind: 'notice', id })
  }
  if (telling.robots !== false) await passToRobots(tx, at, telling)
  return fresh
}

async function recipientsOf(tx: Tx, { institutionId, to }: Telling): Promise<string[]> {
  const named = { users: [...(to.users ?? [])], roles: [...(to.roles ?? [])] }
  if (to.ownerOf === undefined) return membersAmong(tx, institutionId, named)
  const owner = await ownerOfAccount(tx, institutionId, to.ownerOf)
  const here = owner ? await membersAmong(tx, institutionId, { users: [owner], roles: [] }) : []
  if (here.length > 0) named.users.push(...here)
  else named.roles.push('operator')
  return membersAmong(tx, institutionId, named)
}

/** The matter is over: its notices are read for everybody, and robots do not mention it any more. */
export async function settleNotices(
  tx: Tx,
  at: Date,
  matter: { institutionId: string; subjectId: string; kinds: readonly NoticeKind[] },
): Promise<void> {
  const settled = await settleRows(tx, matter, at)
  await withdrawLines(tx, matter, at)
  if (settled > 0)
    noteChange(tx, { institutionId: matter.institutionId, kind: 'notice', id: matter.subjectId })
}

/** Marks the actor's notices as read; without `ids` all of them. */
export async function readNotices(
  deps: Deps,
  actor: Actor,
  ids: readonly string[] | undefined,
): Promise<number> {
  return deps.db.inTransaction(async (tx) => {
    const n = await markRead(tx, actor, deps.now(), ids)
    if (n > 0)
      noteChange(tx, { institutionId: actor.institutionId, kind: 'notice', id: actor.userId })
    return n
  })
}

/** Which kinds are listed but not counted for this person; urgent ones always count. */
export async function muteKinds(
  deps: Deps,
  actor: Actor,
  kinds: readonly NoticeKind[],
): Promise<void> {
  await deps.db.inTransaction((tx) => replaceMuted(tx, actor, kinds))
}

const KEEP_NOTICES_MS = 180 * 86_400_000
const KEEP_MESSAGES_MS = 30 * 86_400_000
/** Notices of half a year ago and robots' messages of last month interest nobody. */
export async function forgetOldNotices(deps: Deps): Promise<void> {
  const at = deps.now().getTime()
  await deps.db.inTransaction(async (tx) => {
    await forgetNotices(tx, new Date(at - KEEP_NOTICES_MS))
    await forgetRobotMessages(tx, new Date(at - KEEP_MESSAGES_MS))
  })
}
