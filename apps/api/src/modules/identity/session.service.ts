import type { Actor, LinkScope } from '@xingbo/shared/identity/actor'
import { linkRoutes, mayCall } from '@xingbo/shared/identity/permissions'
import type { Me } from '@xingbo/shared/identity/session.schema'
import type { Reader, Tx } from '../../db/database.ts'
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
  findUser,
  findUserByName,
  insertPhoneLink,
  insertSession,
  isSessionAlive,
  listMemberships,
  moveSession,
  setPasswordHash,
  spendPhoneLink,
  touchSession,
} from './session.repository.ts'
import {
  addressKey,
  countFailure,
  FREE_TRIES,
  FREE_TRIES_PER_ADDRESS,
  forgetForgiven,
  oneOf,
  refuseIfThrottled,
} from './throttle.service.ts'

const HOUR = 3_600_000
/** A working day without a request ends a session; a week ends it whatever happens. */
const IDLE_MS = 12 * HOUR
const ABSOLUTE_MS = 7 * 24 * HOUR
/** A session from a link serves one item: long enough to read it twice. */
const LINK_SESSION_MS = 2 * HOUR
/** How often "last seen" is written; every request would be a write. */
const SEEN_EVERY_MS = 60_000
export type Caller = { readonly ip: string; readonly userAgent: string }
export type Opened = { readonly token: string; readonly expiresAt: Date; readonly me: Me }

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
  const right = await oneOf(userKey, FREE_TRIES, () =>
    oneOf(ipKey, FREE_TRIES_PER_ADDRESS, () =>
      verifyPassword(input.password, user?.passwordHash ?? null),
    ),
  )
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

/** Whether a link of this kind would open for somebody: an active person here, whose role may use its pages. */
export async function mayHoldLink(
  db: Reader,
  who: { institutionId: string; userId: string },
  kind: LinkScope['kind'],
): Promise<boolean> {
  const user = await findUser(db, who.userId)
  const member = await findMembership(db, who.userId, who.institutionId)
  if (!user || user.disabledAt || !member) return false
  return linkRoutes[kind].every((route) => mayCall(route, member.role))
}

/**
 * Makes a single-use link for `userId` and `scope`; only its hash is kept. Written in the caller's transaction.
 * Refused for somebody for whom it would not open.
 */
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
  if (!(await mayHoldLink(tx, input, input.scope.kind)))
    throw new DomainError('RULE_VIOLATION', { key: 'identity.linkNotForThem' })
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
  const right = await oneOf(key, FREE_TRIES, () => verifyPassword(input.current, user.passwordHash))
  if (!right) {
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

/** Whether the session behind an open stream still stands for this person here; does not count as activity. */
export async function isStillSignedIn(deps: Deps, actor: Actor): Promise<boolean> {
  const { sessionId, userId, institutionId } = actor
  if (!(await isSessionAlive(deps.db.read, sessionId, deps.now()))) return false
  return (await findMembership(deps.db.read, userId, institutionId)) !== undefined
}

/** Forgets sessions and links whose time is over, and failed logins long forgiven. */
export const forgetExpired = (deps: Deps): Promise<void> =>
  deps.db.inTransaction(async (tx) => {
    const now = deps.now()
    await deleteExpiredSessions(tx, now)
    await forgetForgiven(tx, now)
  })
