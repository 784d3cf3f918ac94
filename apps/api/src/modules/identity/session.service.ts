import type { Actor, LinkScope } from '@xingbo/shared/identity/actor'
import type { Me } from '@xingbo/shared/identity/session.schema'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { hashPassword, verifyPassword } from '../../security/passwords.ts'
import { newToken, sha256Hex } from '../../security/tokens.ts'
import { recordAudit } from '../audit/audit.ts'
import {
  clearThrottle,
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  findLiveSession,
  findMembership,
  findThrottle,
  findUser,
  findUserByName,
  insertPhoneLink,
  insertSession,
  listMemberships,
  moveSession,
  saveThrottle,
  setPasswordHash,
  spendPhoneLink,
  touchSession,
} from './session.repository.ts'

const HOUR = 3_600_000
/** A working day without a request ends a session; a week ends it whatever happens. */
const IDLE_MS = 12 * HOUR
const ABSOLUTE_MS = 7 * 24 * HOUR
/** A session from a link serves one item: long enough to read it twice. */
const LINK_SESSION_MS = 2 * HOUR
/** How often "last seen" is written; every request would be a write. */
const SEEN_EVERY_MS = 60_000
/** Five free tries, then 1, 2, 4 … minutes, never more than 15 (reliability: login throttle). */
const FREE_TRIES = 5
const LONGEST_BLOCK_MS = 15 * 60_000
/** One address may try many names (an office behind one router), but not without end. */
const FREE_TRIES_PER_ADDRESS = 30

export type Caller = { readonly ip: string; readonly userAgent: string }
export type Opened = { readonly token: string; readonly expiresAt: Date; readonly me: Me }

/** IPv6 addresses count by their /64: one customer usually has that many. */
const addressKey = (ip: string): string =>
  `ip:${ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip}`

async function refuseIfThrottled(deps: Deps, key: string): Promise<void> {
  const row = await findThrottle(deps.db.read, key)
  const wait = (row?.blockedUntil?.getTime() ?? 0) - deps.now().getTime()
  if (wait > 0)
    throw new DomainError('TOO_MANY', {
      key: 'identity.throttled',
      values: { minutes: Math.ceil(wait / 60_000) },
    })
}

async function countFailure(tx: Tx, key: string, free: number, now: Date): Promise<void> {
  const row = await findThrottle(tx, key)
  // A day without a failure forgives the earlier ones.
  const fresh = !row || now.getTime() - row.lastAt.getTime() > 24 * HOUR
  const failures = (fresh ? 0 : row.failures) + 1
  const over = failures - free
  const blockedUntil =
    over < 0
      ? null
      : new Date(now.getTime() + Math.min(60_000 * 2 ** Math.min(over, 10), LONGEST_BLOCK_MS))
  await saveThrottle(tx, { key, failures, lastAt: now, blockedUntil })
}

async function open(
  deps: Deps,
  tx: Tx,
  input: {
    userId: string
    institutionId: string
    scope: LinkScope | null
    lifeMs: number
    caller: Caller
  },
): Promise<{ token: string; expiresAt: Date; sessionId: string }> {
  const now = deps.now()
  const token = newToken()
  const expiresAt = new Date(now.getTime() + input.lifeMs)
  const sessionId = newId('ses')
  await insertSession(tx, {
    id: sessionId,
    tokenHash: sha256Hex(token),
    userId: input.userId,
    institutionId: input.institutionId,
    scope: input.scope,
    createdAt: now,
    lastSeenAt: now,
    expiresAt,
    ip: input.caller.ip,
    userAgent: input.caller.userAgent.slice(0, 200),
  })
  return { token, expiresAt, sessionId }
}

/** Opens a session for a person who has proved who they are (password, or the first set-up). */
export async function openSessionFor(
  deps: Deps,
  tx: Tx,
  userId: string,
  caller: Caller,
): Promise<{ token: string; expiresAt: Date; actor: Actor }> {
  const user = found(await findUser(tx, userId))
  const [first] = await listMemberships(tx, userId)
  if (!first) throw new DomainError('UNAUTHENTICATED', { key: 'identity.wrongLogin' })
  const session = await open(deps, tx, {
    userId,
    institutionId: first.institutionId,
    scope: null,
    lifeMs: ABSOLUTE_MS,
    caller,
  })
  const actor: Actor = {
    userId,
    displayName: user.displayName,
    institutionId: first.institutionId,
    role: first.role,
    doctorId: first.doctorId,
    sessionId: session.sessionId,
    scope: null,
  }
  await recordAudit(tx, actor, deps.now(), {
    action: 'session.opened',
    subjectType: 'user',
    subjectId: userId,
    detail: { via: 'password' },
  })
  return { token: session.token, expiresAt: session.expiresAt, actor }
}

/** Checks name and password; equal text and equal time whether the name or the password was wrong. */
export async function signIn(
  deps: Deps,
  input: { username: string; password: string; caller: Caller },
): Promise<Opened> {
  const userKey = `user:${input.username}`
  const ipKey = addressKey(input.caller.ip)
  await refuseIfThrottled(deps, userKey)
  await refuseIfThrottled(deps, ipKey)
  const user = await findUserByName(deps.db.read, input.username)
  const right = await verifyPassword(input.password, user?.passwordHash ?? null)
  if (!user || !right || user.disabledAt) {
    await deps.db.inTransaction(async (tx) => {
      await countFailure(tx, userKey, FREE_TRIES, deps.now())
      await countFailure(tx, ipKey, FREE_TRIES_PER_ADDRESS, deps.now())
    })
    throw new DomainError('UNAUTHENTICATED', { key: 'identity.wrongLogin' })
  }
  const session = await deps.db.inTransaction(async (tx) => {
    await clearThrottle(tx, userKey)
    return openSessionFor(deps, tx, user.id, input.caller)
  })
  return { ...session, me: await describeMe(deps, session.actor) }
}

/** Spends a single-use link and opens a session that may touch its item only. */
export async function openLink(
  deps: Deps,
  input: { token: string; caller: Caller },
): Promise<Opened> {
  const session = await deps.db.inTransaction(async (tx) => {
    const link = await spendPhoneLink(tx, sha256Hex(input.token), deps.now())
    if (!link) throw new DomainError('UNAUTHENTICATED', { key: 'identity.linkSpent' })
    const user = await findUser(tx, link.userId)
    const member = await findMembership(tx, link.userId, link.institutionId)
    if (!user || user.disabledAt || !member)
      throw new DomainError('UNAUTHENTICATED', { key: 'identity.linkSpent' })
    const opened = await open(deps, tx, {
      userId: user.id,
      institutionId: link.institutionId,
      scope: link.scope,
      lifeMs: LINK_SESSION_MS,
      caller: input.caller,
    })
    const actor: Actor = {
      userId: user.id,
      displayName: user.displayName,
      institutionId: link.institutionId,
      role: member.role,
      doctorId: member.doctorId,
      sessionId: opened.sessionId,
      scope: link.scope,
    }
    await recordAudit(tx, actor, deps.now(), {
      action: 'session.opened',
      subjectType: 'user',
      subjectId: user.id,
      detail: { via: 'link', scope: link.scope },
    })
    return { ...opened, actor }
  })
  return { ...session, me: await describeMe(deps, session.actor) }
}

/** Makes a single-use link for `userId` and `scope`; only its hash is kept. Written in the caller's transaction. */
export async function createPhoneLink(
  deps: Deps,
  tx: Tx,
  input: {
    institutionId: string
    userId: string
    createdBy: string
    scope: LinkScope
    lifeMs: number
  },
): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken()
  const now = deps.now()
  const expiresAt = new Date(now.getTime() + input.lifeMs)
  await insertPhoneLink(tx, {
    tokenHash: sha256Hex(token),
    institutionId: input.institutionId,
    userId: input.userId,
    scope: input.scope,
    createdBy: input.createdBy,
    createdAt: now,
    expiresAt,
  })
  return { token, expiresAt }
}

/**
 * Who a token stands for, in which institution. `wanted` is the institution the tab works in, so that two
 * tabs never mix; without it the session's own is taken. Roles are read afresh: a change takes effect at once.
 */
export async function resolveActor(
  deps: Deps,
  token: string,
  wanted: string | undefined,
): Promise<Actor | null> {
  const now = deps.now()
  const live = await findLiveSession(deps.db.read, sha256Hex(token), now)
  if (!live) return null
  const { session } = live
  if (now.getTime() - session.lastSeenAt.getTime() > IDLE_MS) return null
  const scope = session.scope as LinkScope | null
  const institutionId = scope ? session.institutionId : (wanted ?? session.institutionId)
  const member = await findMembership(deps.db.read, session.userId, institutionId)
  if (!member) {
    if (wanted && wanted !== session.institutionId)
      throw new DomainError('FORBIDDEN', { key: 'identity.notMember' })
    return null
  }
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_MS)
    await deps.db.inTransaction((tx) => touchSession(tx, session.id, now))
  return {
    userId: session.userId,
    displayName: live.displayName,
    institutionId,
    role: member.role,
    doctorId: member.doctorId,
    sessionId: session.id,
    scope,
  }
}

export async function describeMe(deps: Deps, actor: Actor): Promise<Me> {
  const user = found(await findUser(deps.db.read, actor.userId))
  const all = await listMemberships(deps.db.read, actor.userId)
  const here = found(all.find((m) => m.institutionId === actor.institutionId))
  return {
    userId: user.id,
    username: user.username,
    displayName: user.displayName,
    language: user.language,
    institutionId: here.institutionId,
    institutionName: here.institutionName,
    institutionShortName: here.institutionShortName,
    timeZone: here.timeZone,
    role: actor.role,
    doctorId: actor.doctorId,
    memberships: actor.scope ? [here] : all,
    scope: actor.scope,
    demo: deps.settings.demo,
  }
}

export async function signOut(deps: Deps, actor: Actor): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    await deleteSession(tx, actor.sessionId)
    await recordAudit(tx, actor, deps.now(), {
      action: 'session.closed',
      subjectType: 'user',
      subjectId: actor.userId,
      detail: {},
    })
  })
}

export async function signOutAll(deps: Deps, actor: Actor): Promise<number> {
  return deps.db.inTransaction(async (tx) => {
    const ended = await deleteSessionsOf(tx, actor.userId)
    await recordAudit(tx, actor, deps.now(), {
      action: 'session.closed_all',
      subjectType: 'user',
      subjectId: actor.userId,
      detail: { ended },
    })
    return ended
  })
}

export async function workIn(deps: Deps, actor: Actor, institutionId: string): Promise<Me> {
  const member = await findMembership(deps.db.read, actor.userId, institutionId)
  if (!member) throw new DomainError('FORBIDDEN', { key: 'identity.notMember' })
  await deps.db.inTransaction((tx) => moveSession(tx, actor.sessionId, institutionId))
  return describeMe(deps, { ...actor, institutionId, ...member })
}

export async function changeOwnPassword(
  deps: Deps,
  actor: Actor,
  input: { current: string; next: string },
): Promise<void> {
  const key = `password:${actor.userId}`
  await refuseIfThrottled(deps, key)
  const user = found(await findUser(deps.db.read, actor.userId))
  if (!(await verifyPassword(input.current, user.passwordHash))) {
    await deps.db.inTransaction((tx) => countFailure(tx, key, FREE_TRIES, deps.now()))
    throw new DomainError('RULE_VIOLATION', { key: 'identity.wrongPassword' })
  }
  const passwordHash = await hashPassword(input.next)
  await deps.db.inTransaction(async (tx) => {
    await setPasswordHash(tx, actor.userId, passwordHash, deps.now())
    await deleteSessionsOf(tx, actor.userId, actor.sessionId)
    await recordAudit(tx, actor, deps.now(), {
      action: 'user.password_changed',
      subjectType: 'user',
      subjectId: actor.userId,
      detail: {},
    })
  })
}

/** Forgets sessions and links whose time is over; they open nothing any more. */
export const forgetExpired = (deps: Deps): Promise<void> =>
  deps.db.inTransaction((tx) => deleteExpiredSessions(tx, deps.now()))
