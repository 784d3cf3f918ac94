import type { Message } from '@xingbo/shared/messages'
import { HAND_OFF_GRACE_MS } from '@xingbo/shared/publishing/publication.rules'
import type {
  LookCandidate,
  LookKind,
  LookResult,
} from '@xingbo/shared/publishing/publication-look'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import type { RemotePost, RemoteStatus } from '../../platforms/platform.port.ts'
import { type AuditActor, systemActor } from '../audit/audit.ts'
import { enterLive } from '../content/stage.service.ts'
import { clockOf } from './clock-hold.service.ts'
import { findLastLook, insertLook, repeatLook } from './observation.repository.ts'
import {
  GONE_AGAIN_MS,
  later,
  NEVER_SEEN_MS,
  nextLaterLook,
  nextReconciliation,
  RECONCILE_AFTER_MS,
  STATUS_AFTER_MS,
  stepOf,
} from './pacing.ts'
import {
  findByRemoteId,
  findPublication,
  findTwin,
  type PublicationRow,
} from './publication.repository.ts'
import { lookAgain, transition } from './transition.service.ts'

/** The platform has it for good: the item goes live with its first post. Where it can be asked, it is looked at again. */
export async function becomePublished(
  deps: Deps,
  tx: Tx,
  at: Date,
  row: PublicationRow,
  set: { remoteId?: string; remoteUrl: string | null; publishedAt: Date },
  told: { reason?: Message; actor?: AuditActor; note?: string } = {},
): Promise<PublicationRow | undefined> {
  const askable = row.route === 'api' && (set.remoteId ?? row.remoteId) !== null
  const moved = await transition(tx, at, row, 'published', {
    ...told,
    set: {
      ...set,
      nextCheckAt: askable ? nextLaterLook(set.publishedAt, at, true) : null,
      leaseUntil: null,
    },
  })
  if (moved) await enterLive(deps, tx, systemActor(row.institutionId), row.contentId)
  return moved
}

type Look = {
  readonly kind: LookKind
  readonly result: LookResult
  /** The platform's own words, or why it could not be asked. */
  readonly detail: string
  readonly candidates?: readonly LookCandidate[]
}

/** What a look showed joins the evidence; the same as last time only counts. Returns what the last one showed. */
async function recordLook(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  { kind, result, detail, candidates = [] }: Look,
): Promise<LookResult | null> {
  const last = await findLastLook(tx, row.id)
  const same =
    last?.kind === kind &&
    last.result === result &&
    last.detail === detail &&
    JSON.stringify(last.candidates) === JSON.stringify(candidates)
  if (last && same) await repeatLook(tx, last, at)
  else
    await insertLook(tx, {
      id: newId('obs', at.getTime()),
      institutionId: row.institutionId,
      publicationId: row.id,
      kind,
      result,
      detail: detail.slice(0, 500),
      candidates: [...candidates],
      firstAt: at,
      at,
    })
  return last?.result ?? null
}

function lookOf(status: RemoteStatus): Look {
  switch (status.kind) {
    case 'rejected':
    case 'removed':
      return { kind: 'status', result: status.kind, detail: status.reason }
    case 'not_found':
      return { kind: 'status', result: 'gone', detail: '' }
    case 'refused':
      return { kind: 'status', result: 'no_answer', detail: status.code }
    case 'unknown':
      return { kind: 'status', result: 'no_answer', detail: status.why }
    default:
      return { kind: 'status', result: status.kind, detail: '' }
  }
}

/** Writes down what the platform says of a post it has: of one in review, or later of one long published. */
export async function noteStatus(
  deps: Deps,
  publicationId: string,
  status: RemoteStatus,
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'accepted' && row?.state !== 'published') return
    const before = await recordLook(tx, at, row, lookOf(status))
    if (row.state === 'published') return noteLaterLook(tx, at, row, status, before === 'gone')
    if (status.kind === 'published') {
      await becomePublished(deps, tx, at, row, {
        remoteUrl: status.remoteUrl,
        publishedAt: status.createdAt ?? at,
      })
      return
    }
    if (status.kind === 'rejected' || status.kind === 'removed') {
      const values = { message: status.reason || '—' }
      const rejected = status.kind === 'rejected'
      await transition(tx, at, row, rejected ? 'failed' : 'taken_down', {
        reason: rejected
          ? { key: 'publishing.rejectedByPlatform', values }
          : { key: 'publishing.takenDownByPlatform', values },
        set: { nextCheckAt: null },
      })
      return
    }
    const age = at.getTime() - row.stateEnteredAt.getTime()
    // Not to be seen at first is usual; a day later it has been turned down by a platform that does not say so.
    if (status.kind === 'not_found' && before === 'gone' && age >= NEVER_SEEN_MS) {
      const reason: Message = { key: 'publishing.goneFromPlatform' }
      await transition(tx, at, row, 'taken_down', { reason, set: { nextCheckAt: null } })
      return
    }
    // Pending, not to be seen yet, or no answer: ask again, ever more seldom, and never give up by itself.
    const wait = stepOf(STATUS_AFTER_MS, age) || 900_000
    await lookAgain(tx, at, row, later(at, wait))
  })
}

/** Published is not final: it may have been rejected, removed or deleted since (reliability §1.8, 8). */
async function noteLaterLook(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  status: RemoteStatus,
  goneBefore: boolean,
): Promise<void> {
  const gone = status.kind === 'not_found'
  const off = status.kind === 'rejected' || status.kind === 'removed'
  if (off || (gone && goneBefore)) {
    const reason: Message = off
      ? { key: 'publishing.takenDownByPlatform', values: { message: status.reason || '—' } }
      : { key: 'publishing.goneFromPlatform' }
    await transition(tx, at, row, 'taken_down', { reason, set: { nextCheckAt: null } })
    return
  }
  const since = row.publishedAt ?? row.stateEnteredAt
  const answered = status.kind === 'published' || status.kind === 'pending'
  const next = gone ? later(at, GONE_AGAIN_MS) : nextLaterLook(since, at, answered)
  await lookAgain(tx, at, row, next)
}

/** What the account's own list showed of the time in question; `fits`: time, words and length agree. */
export type Listed =
  | { readonly kind: 'read'; readonly posts: readonly (RemotePost & { readonly fits: boolean })[] }
  /** The list could not be read; nothing was learnt. */
  | { readonly kind: 'unread'; readonly detail: string }

/** So many posts of that time are kept as evidence. */
const MAX_CANDIDATES = 8

/**
 * Writes down what the account's own list shows of an unconfirmed post. It binds the one post that fits and belongs
 * to no other publication, asks a person, or waits; it never sends.
 */
export async function noteReconciliation(
  deps: Deps,
  publicationId: string,
  seen: Listed,
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'unconfirmed') return
    if (seen.kind === 'unread') {
      await recordLook(tx, at, row, { kind: 'list', result: 'unread', detail: seen.detail })
      await keepLooking(tx, at, row, null)
      return
    }
    const free: (typeof seen.posts)[number][] = []
    for (const post of seen.posts)
      if (!(await findByRemoteId(tx, row.platform, post.remoteId))) free.push(post)
    const fitting = free.filter(({ fits }) => fits)
    const [one] = fitting
    await recordLook(tx, at, row, {
      kind: 'list',
      result: fitting.length > 1 ? 'several' : one ? 'one' : 'none',
      detail: '',
      candidates: [...fitting, ...free.filter(({ fits }) => !fits)]
        .slice(0, MAX_CANDIDATES)
        .map(candidateOf),
    })
    const twin = one && (await findTwin(tx, row))
    if (fitting.length > 1)
      await keepLooking(tx, at, row, {
        key: 'publishing.severalCandidates',
        values: { count: fitting.length },
      })
    else if (twin) await keepLooking(tx, at, row, { key: 'publishing.needsPerson' })
    else if (one) await bindFound(deps, tx, at, row, one)
    else await keepLooking(tx, at, row, null)
  })
}

const candidateOf = (post: RemotePost & { readonly fits: boolean }): LookCandidate => ({
  remoteId: post.remoteId,
  remoteUrl: post.remoteUrl,
  caption: post.caption,
  createdAt: post.createdAt.toISOString(),
  durationMs: post.durationMs,
  fits: post.fits,
})

/** After the hour in which platforms show what they took a person is asked; the looking goes on for a day. */
async function keepLooking(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  told: Message | null,
): Promise<void> {
  const since = row.stateEnteredAt
  const settled = stepOf(RECONCILE_AFTER_MS, at.getTime() - since.getTime()) === 0
  const reason: Message | null = told ?? (settled ? { key: 'publishing.needsPerson' } : null)
  await lookAgain(tx, at, row, nextReconciliation(since, at), reason ?? undefined)
}

async function bindFound(
  deps: Deps,
  tx: Tx,
  at: Date,
  row: PublicationRow,
  { remoteId, remoteUrl, pending, createdAt }: RemotePost,
): Promise<void> {
  const reason: Message = { key: 'publishing.foundOnPlatform' }
  if (pending) {
    const nextCheckAt = later(at, STATUS_AFTER_MS[0] ?? 0)
    await transition(tx, at, row, 'accepted', { reason, set: { remoteId, remoteUrl, nextCheckAt } })
    return
  }
  const set = { remoteId, remoteUrl, publishedAt: createdAt }
  await becomePublished(deps, tx, at, row, set, { reason })
}

/** A hand-off nobody took up in time ends where everybody can see it. */
export async function expireHandOff(deps: Deps, publicationId: string): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'awaiting_person' || !row.nextCheckAt || row.nextCheckAt > at) return
    // A clock nobody believes ends nothing.
    if (!clockOf(deps).ok) return
    await transition(tx, at, row, 'expired', {
      reason: {
        key: 'publishing.handOffMissed',
        values: { hours: Math.round(HAND_OFF_GRACE_MS / 3_600_000) },
      },
      set: { nextCheckAt: null },
    })
  })
}
