import {
  HAND_OFF_GRACE_MS,
  MAX_ATTEMPTS,
  MAX_LATENESS_MS,
} from '@xingbo/shared/publishing/publication.rules'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import type { Submitted } from '../../platforms/platform.port.ts'
import { pauseOf } from '../accounts/account-pause.service.ts'
import { pauseIfUnsure } from '../accounts/account-unsure.service.ts'
import { findLastAttempt, insertAttempt, updateAttempt } from './attempt.repository.ts'
import { clockOf, heldByClock } from './clock-hold.service.ts'
import { candidateOf, frozenVerdict, gateOf } from './gate.service.ts'
import { notePace, turnOf, wakeNext } from './line.service.ts'
import { later, RECONCILE_AFTER_MS, STATUS_AFTER_MS } from './pacing.ts'
import {
  findPublication,
  listSubmitting,
  type PublicationRow,
  updatePublication,
} from './publication.repository.ts'
import { afterRefusal, HELD_RETRY_MS, lastMoment, soonest } from './refusal.service.ts'
import { lookAgain, transition } from './transition.service.ts'

/** Which machine claims, and the name it gives the claim: asked again, because an answer got lost, it is the same one. */
export type ClaimedBy = { readonly workerId: string; readonly claimKey: string }

type Claimed = { row: PublicationRow; resumeFrom: string | null }

/**
 * Proves, in one transaction, that this publication may go out now, and takes it: due, not too late, the
 * very words signed and passed, nobody holding it, the account free. The attempt is on disk when this
 * resolves, before any byte leaves. Null: nothing to do for now.
 */
export async function claim(
  deps: Deps,
  publicationId: string,
  by?: ClaimedBy,
): Promise<Claimed | null> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state === 'submitting' && by) return claimedBefore(tx, row, by)
    if (!row || (row.state !== 'scheduled' && row.state !== 'queued')) return null
    if (row.dueAt > at || (row.nextCheckAt && row.nextCheckAt > at)) return null
    if (await heldByClock(deps, tx, at, row)) return null
    const lateMs = at.getTime() - row.dueAt.getTime()
    if (lateMs > MAX_LATENESS_MS) {
      await transition(tx, at, row, 'expired', {
        reason: {
          key: 'publishing.missedItsTime',
          values: { minutes: Math.floor(lateMs / 60_000) },
        },
        set: { nextCheckAt: null },
      })
      await wakeNext(tx, at, row.accountId)
      return null
    }
    const frozen = frozenVerdict(row)
    if (!frozen.ok) {
      await transition(tx, at, row, 'failed', { reason: frozen.reason, set: { nextCheckAt: null } })
      await wakeNext(tx, at, row.accountId)
      return null
    }
    const verdict = await gateOf(tx, at, candidateOf(row))
    if (!verdict.ok) {
      await lookAgain(tx, at, row, later(at, HELD_RETRY_MS), verdict.reason)
      await wakeNext(tx, at, row.accountId)
      return null
    }
    if (row.route !== 'api') {
      await transition(tx, at, row, 'awaiting_person', {
        set: { nextCheckAt: later(row.dueAt, HAND_OFF_GRACE_MS) },
      })
      return null
    }
    const pause = await pauseOf(tx, { institutionId: row.institutionId, id: row.accountId }, at)
    if (pause) {
      await lookAgain(tx, at, row, soonest(pause.until, lastMoment(row)), pause.reason)
      return null
    }
    if (!(await turnOf(tx, at, row))) return null
    const last = await findLastAttempt(tx, row.id)
    const taken = await transition(tx, at, row, 'submitting', {
      set: {
        fence: row.fence + 1,
        attemptCount: row.attemptCount + 1,
        leaseUntil: later(at, deps.settings.leaseMs),
        nextCheckAt: null,
      },
    })
    if (!taken) return null
    await insertAttempt(tx, {
      id: newId('att', at.getTime()),
      institutionId: row.institutionId,
      publicationId: row.id,
      number: taken.attemptCount,
      fence: taken.fence,
      step: 'claimed',
      startedAt: at,
      ...by,
    })
    // An upload has no public effect: what arrived before an interruption need not be sent again.
    return { row: taken, resumeFrom: last && last.outcome !== 'refused' ? last.uploadId : null }
  })
}

/** The claim whose answer got lost on its way; only as long as nothing was done with it. */
async function claimedBefore(
  tx: Tx,
  row: PublicationRow,
  { workerId, claimKey }: ClaimedBy,
): Promise<Claimed | null> {
  const last = await findLastAttempt(tx, row.id)
  const same = last?.fence === row.fence && last.workerId === workerId && last.claimKey === claimKey
  return same && last.step === 'claimed' ? { row, resumeFrom: null } : null
}

/** Keeps the platform's name for an upload the moment it is known, and the claim alive. False: the claim is lost. */
export async function noteUpload(
  deps: Deps,
  row: PublicationRow,
  uploadId: string,
  done: boolean,
): Promise<boolean> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    await updateAttempt(
      tx,
      { publicationId: row.id, fence: row.fence },
      { uploadId, step: done ? 'uploaded' : 'uploading', ...(done && { uploadedAt: at }) },
    )
    return renewLease(deps, tx, row, at)
  })
}

async function renewLease(deps: Deps, tx: Tx, row: PublicationRow, at: Date): Promise<boolean> {
  const key = { id: row.id, state: 'submitting', fence: row.fence } as const
  const leaseUntil = later(at, deps.settings.leaseMs)
  return (await updatePublication(tx, key, { leaseUntil })) !== undefined
}

/** Keeps a claim alive. False: it is lost. */
export const renewClaim = (deps: Deps, row: PublicationRow): Promise<boolean> =>
  deps.db.inTransaction((tx) => renewLease(deps, tx, row, deps.now()))

/** A claim its holder gives back unsent, e.g. because it stops: another may take it at once, and it counts for nothing. */
export async function releaseClaim(deps: Deps, row: PublicationRow): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const current = await findPublication(tx, row.id)
    if (current?.state !== 'submitting' || current.fence !== row.fence) return
    const attempt = await findLastAttempt(tx, row.id)
    if (attempt?.sentAt) return
    await settleAttempt(tx, at, row, { outcome: 'unknown', errorCode: 'released' })
    await transition(tx, at, current, 'scheduled', {
      reason: { key: 'publishing.interrupted' },
      set: {
        fence: current.fence + 1,
        attemptsForgiven: current.attemptsForgiven + 1,
        leaseUntil: null,
        nextCheckAt: at,
      },
    })
  })
}

/**
 * The last look before the one irreversible call: still ours, still allowed. Only after this has committed
 * may the bytes leave. False: something changed during the upload; the post went back to wait.
 */
export async function beginSending(deps: Deps, row: PublicationRow): Promise<boolean> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const current = await findPublication(tx, row.id)
    if (current?.state !== 'submitting' || current.fence !== row.fence) return false
    const clock = clockOf(deps)
    const verdict = clock.ok ? await gateOf(tx, at, candidateOf(current)) : clock
    if (!verdict.ok) {
      await settleAttempt(tx, at, row, { outcome: 'refused', errorCode: 'gate' })
      await transition(tx, at, current, 'scheduled', {
        reason: verdict.reason,
        set: { leaseUntil: null, nextCheckAt: clock.ok ? later(at, HELD_RETRY_MS) : null },
      })
      await wakeNext(tx, at, row.accountId)
      return false
    }
    const attempt = await updateAttempt(
      tx,
      { publicationId: row.id, fence: row.fence },
      { step: 'sending', sentAt: at },
    )
    await notePace(tx, at, current)
    return (await renewLease(deps, tx, row, at)) && attempt !== undefined
  })
}

type Outcome = {
  outcome: 'accepted' | 'refused' | 'unknown'
  errorCode?: string
  errorMessage?: string
}

async function settleAttempt(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  { outcome, errorCode, errorMessage }: Outcome,
): Promise<void> {
  await updateAttempt(
    tx,
    { publicationId: row.id, fence: row.fence },
    {
      step: 'settled',
      outcome,
      errorCode: errorCode ?? null,
      errorMessage: errorMessage?.slice(0, 500) ?? null,
      answeredAt: at,
      settledAt: at,
    },
  )
}

/**
 * Writes down what the platform answered. A newer fence, or a person's decision, makes this a no-op. Only a
 * "taken" that comes after the claim was given up for lost still counts: it says what nobody knew.
 */
export async function settle(deps: Deps, row: PublicationRow, answer: Submitted): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const current = await findPublication(tx, row.id)
    if (!current || current.fence !== row.fence) return
    const lateYes = current.state === 'unconfirmed' && answer.kind === 'accepted'
    if (current.state !== 'submitting' && !lateYes) return
    const attempt = await findLastAttempt(tx, row.id)
    if (attempt?.sentAt) await notePace(tx, at, current)
    await applyAnswer(tx, at, current, answer)
    await wakeNext(tx, at, row.accountId)
  })
}

async function applyAnswer(
  tx: Tx,
  at: Date,
  current: PublicationRow,
  answer: Submitted,
): Promise<void> {
  if (answer.kind === 'accepted') {
    await settleAttempt(tx, at, current, { outcome: 'accepted' })
    await transition(tx, at, current, 'accepted', {
      reason: { key: 'publishing.waitingForPlatform' },
      set: {
        leaseUntil: null,
        remoteId: answer.remoteId,
        remoteUrl: answer.remoteUrl,
        nextCheckAt: later(at, STATUS_AFTER_MS[0] ?? 0),
      },
    })
    return
  }
  if (answer.kind === 'unknown') {
    await settleAttempt(tx, at, current, {
      outcome: 'unknown',
      errorCode: answer.why,
      errorMessage: answer.detail,
    })
    await becomeUnconfirmed(tx, at, current)
    return
  }
  await settleAttempt(tx, at, current, {
    outcome: 'refused',
    errorCode: answer.code,
    errorMessage: answer.message,
  })
  await afterRefusal(tx, at, current, answer)
}

/** Why nobody knows stands with the attempt, as a code that reads in either language. */
async function becomeUnconfirmed(tx: Tx, at: Date, row: PublicationRow) {
  await transition(tx, at, row, 'unconfirmed', {
    reason: { key: 'publishing.outcomeUnknown' },
    set: { leaseUntil: null, nextCheckAt: later(at, RECONCILE_AFTER_MS[0] ?? 0) },
  })
  await pauseIfUnsure({ now: () => at }, tx, row)
}

/**
 * A claim nobody will finish: its process died (`atBoot`), or its lease ran out. Before the irreversible call it
 * starts again, unless it has ended this way too often: what breaks its worker each time must not keep the
 * others waiting. From that call on the outcome is unknown and only looking is allowed.
 */
export async function recoverOrphan(
  deps: Deps,
  publicationId: string,
  atBoot = false,
  aloneAfterMs = 0,
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'submitting') return
    if (!atBoot && row.leaseUntil && row.leaseUntil > at) return
    const attempt = await findLastAttempt(tx, row.id)
    const sent = attempt?.fence === row.fence && attempt.sentAt !== null
    await settleAttempt(tx, at, row, { outcome: 'unknown', errorCode: 'interrupted' })
    if (sent) await becomeUnconfirmed(tx, at, row)
    else await startOver(tx, at, row, aloneAfterMs)
    await wakeNext(tx, at, row.accountId)
  })
}

/**
 * The higher fence keeps a worker that only slept from going on. Interrupted for the second time it waits for a
 * moment of its own: of those that died together one may be what kills, and the others must not be taken for it.
 */
async function startOver(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  aloneAfterMs: number,
): Promise<void> {
  const tries = row.attemptCount - row.attemptsForgiven
  if (tries >= MAX_ATTEMPTS) {
    await transition(tx, at, row, 'failed', {
      reason: { key: 'publishing.interruptedTooOften', values: { count: tries } },
      set: { fence: row.fence + 1, leaseUntil: null, nextCheckAt: null },
    })
    return
  }
  await transition(tx, at, row, 'scheduled', {
    reason: { key: 'publishing.interrupted' },
    set: {
      fence: row.fence + 1,
      leaseUntil: null,
      nextCheckAt: tries > 1 ? later(at, aloneAfterMs) : at,
    },
  })
}

/** Enough for most posts to be sent before the next suspect's turn. */
const ALONE_MS = 10_000

/**
 * At boot the database is this process's alone, so every claim of its own is an orphan; a machine elsewhere may
 * well be sending, and keeps its claim until the lease runs out. Returns how many there were.
 */
export async function recoverAllOrphans(deps: Deps): Promise<number> {
  const rows = await listSubmitting(deps.db.read)
  let orphans = 0
  for (const row of rows) {
    const attempt = await findLastAttempt(deps.db.read, row.id)
    if (attempt?.workerId && row.leaseUntil && row.leaseUntil > deps.now()) continue
    await recoverOrphan(deps, row.id, true, orphans * ALONE_MS)
    orphans++
  }
  return orphans
}
