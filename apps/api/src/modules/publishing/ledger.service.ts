import type { Message } from '@xingbo/shared/messages'
import {
  HAND_OFF_GRACE_MS,
  MAX_ATTEMPTS,
  MAX_LATENESS_MS,
} from '@xingbo/shared/publishing/publication.rules'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import type { Refused, Submitted } from '../../platforms/platform.port.ts'
import { findLastAttempt, insertAttempt, updateAttempt } from './attempt.repository.ts'
import { candidateOf, frozenVerdict, gateOf } from './gate.service.ts'
import { later, RECONCILE_AFTER_MS, STATUS_AFTER_MS } from './pacing.ts'
import {
  findInFlight,
  findNextQueued,
  findPublication,
  listSubmitting,
  type PublicationRow,
  updatePublication,
} from './publication.repository.ts'
import { lookAgain, transition } from './transition.service.ts'

/** A claim not renewed for this long is an orphan. Longer than any single call's deadline (120 s). */
export const LEASE_MS = 5 * 60_000
/** A held post looks again this often until it goes or expires. */
const HELD_RETRY_MS = 30_000
/** Only in case the one before ended without waking the next; many may wait, and each look is a write. */
const BUSY_RETRY_MS = 15_000
/** First retry after a passing refusal; doubles. */
const RETRY_MS = 30_000
/**
 * Proves, in one transaction, that this publication may go out now, and takes it: due, not too late, the
 * very words signed and passed, nobody holding it, the account free. The attempt is on disk when this
 * resolves, before any byte leaves. Null: nothing to do for now.
 */
export async function claim(
  deps: Deps,
  publicationId: string,
): Promise<{ row: PublicationRow; resumeFrom: string | null } | null> {
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (!row || (row.state !== 'scheduled' && row.state !== 'queued')) return null
    if (row.dueAt > at || (row.nextCheckAt && row.nextCheckAt > at)) return null
    const lateMs = at.getTime() - row.dueAt.getTime()
    if (lateMs > MAX_LATENESS_MS) {
      await transition(tx, at, row, 'expired', {
        reason: {
          key: 'publishing.missedItsTime',
          values: { minutes: Math.floor(lateMs / 60_000) },
        },
        set: { nextCheckAt: null },
      })
      return null
    }
    const frozen = frozenVerdict(row)
    if (!frozen.ok) {
      await transition(tx, at, row, 'failed', { reason: frozen.reason, set: { nextCheckAt: null } })
      return null
    }
    const verdict = await gateOf(tx, at, candidateOf(row))
    if (!verdict.ok) {
      await lookAgain(tx, at, row, later(at, HELD_RETRY_MS), verdict.reason)
      return null
    }
    if (row.route !== 'api') {
      await transition(tx, at, row, 'awaiting_person', {
        set: { nextCheckAt: later(row.dueAt, HAND_OFF_GRACE_MS) },
      })
      return null
    }
    if (await findInFlight(tx, row.accountId, row.id)) {
      const reason: Message = { key: 'publishing.accountBusy' }
      if (row.state === 'queued') await lookAgain(tx, at, row, later(at, BUSY_RETRY_MS), reason)
      else
        await transition(tx, at, row, 'queued', {
          reason,
          set: { nextCheckAt: later(at, BUSY_RETRY_MS) },
        })
      return null
    }
    const last = await findLastAttempt(tx, row.id)
    const taken = await transition(tx, at, row, 'submitting', {
      set: {
        fence: row.fence + 1,
        attemptCount: row.attemptCount + 1,
        leaseUntil: later(at, LEASE_MS),
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
    })
    // An upload has no public effect: what arrived before an interruption need not be sent again.
    return { row: taken, resumeFrom: last && last.outcome !== 'refused' ? last.uploadId : null }
  })
}

/** Keeps the platform's name for an upload the moment it is known, and the claim alive. */
export async function noteUpload(
  deps: Deps,
  row: PublicationRow,
  uploadId: string,
  done: boolean,
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    await updateAttempt(
      tx,
      { publicationId: row.id, fence: row.fence },
      { uploadId, step: done ? 'uploaded' : 'uploading', ...(done && { uploadedAt: at }) },
    )
    await renewLease(tx, row, at)
  })
}

const renewLease = (tx: Tx, row: PublicationRow, at: Date) =>
  updatePublication(
    tx,
    { id: row.id, state: 'submitting', fence: row.fence },
    { leaseUntil: later(at, LEASE_MS) },
  )

/** A large film on a slow line takes longer than a lease; as long as this process lives, its claim does. */
export async function whileAlive<T>(
  deps: Deps,
  row: PublicationRow,
  work: () => Promise<T>,
): Promise<T> {
  const renew = () => deps.db.inTransaction((tx) => renewLease(tx, row, deps.now()))
  // A renewal that fails is no harm: the fence decides, and the next is due before the lease ends.
  const timer = setInterval(() => void renew().catch(() => undefined), LEASE_MS / 3)
  timer.unref()
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
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
    const verdict = await gateOf(tx, at, candidateOf(current))
    if (!verdict.ok) {
      await wakeNext(tx, at, row.accountId)
      await settleAttempt(tx, at, row, { outcome: 'refused', errorCode: 'gate' })
      await transition(tx, at, current, 'scheduled', {
        reason: verdict.reason,
        set: { leaseUntil: null, nextCheckAt: later(at, HELD_RETRY_MS) },
      })
      return false
    }
    const attempt = await updateAttempt(
      tx,
      { publicationId: row.id, fence: row.fence },
      { step: 'sending', sentAt: at },
    )
    await renewLease(tx, row, at)
    return attempt !== undefined
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

/** The account is free again: the next in line need not wait for its own look. */
async function wakeNext(tx: Tx, at: Date, accountId: string): Promise<void> {
  const next = await findNextQueued(tx, accountId)
  if (next) await lookAgain(tx, at, next, at)
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
    await wakeNext(tx, at, row.accountId)
    if (answer.kind === 'accepted') {
      await settleAttempt(tx, at, row, { outcome: 'accepted' })
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
      await settleAttempt(tx, at, row, {
        outcome: 'unknown',
        errorCode: answer.why,
        errorMessage: answer.detail,
      })
      await becomeUnconfirmed(tx, at, current)
      return
    }
    await settleAttempt(tx, at, row, {
      outcome: 'refused',
      errorCode: answer.code,
      errorMessage: answer.message,
    })
    await afterRefusal(tx, at, current, answer)
  })
}

/** Why nobody knows stands with the attempt, as a code that reads in either language. */
async function becomeUnconfirmed(tx: Tx, at: Date, row: PublicationRow) {
  await transition(tx, at, row, 'unconfirmed', {
    reason: { key: 'publishing.outcomeUnknown' },
    set: { leaseUntil: null, nextCheckAt: later(at, RECONCILE_AFTER_MS[0] ?? 0) },
  })
}

/** A definite no: passing ones wait and try again, at most three times; the rest fail with the platform's words. */
async function afterRefusal(tx: Tx, at: Date, row: PublicationRow, no: Refused): Promise<void> {
  if (no.category === 'auth_revoked' || no.category === 'auth_expired') {
    await transition(tx, at, row, 'scheduled', {
      reason: { key: 'publishing.notConnected' },
      set: { leaseUntil: null, nextCheckAt: later(at, HELD_RETRY_MS) },
    })
    return
  }
  if (no.retryable && row.attemptCount < MAX_ATTEMPTS) {
    const wait = Math.max(
      RETRY_MS * 2 ** (row.attemptCount - 1),
      (no.retryAfterSeconds ?? 0) * 1000,
    )
    await transition(tx, at, row, 'queued', {
      reason: {
        key: 'publishing.retryLater',
        values: { code: no.code, attempt: row.attemptCount },
      },
      set: { leaseUntil: null, nextCheckAt: later(at, Math.min(wait, MAX_LATENESS_MS)) },
    })
    return
  }
  await transition(tx, at, row, 'failed', {
    reason: {
      key: 'publishing.refused',
      values: { message: no.message || '—', code: no.code },
    },
    set: { leaseUntil: null, nextCheckAt: null },
  })
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
): Promise<void> {
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await findPublication(tx, publicationId)
    if (row?.state !== 'submitting') return
    if (!atBoot && row.leaseUntil && row.leaseUntil > at) return
    await wakeNext(tx, at, row.accountId)
    const attempt = await findLastAttempt(tx, row.id)
    const sent = attempt?.fence === row.fence && attempt.sentAt !== null
    if (sent) {
      await settleAttempt(tx, at, row, { outcome: 'unknown', errorCode: 'interrupted' })
      await becomeUnconfirmed(tx, at, row)
      return
    }
    await settleAttempt(tx, at, row, { outcome: 'unknown', errorCode: 'interrupted' })
    if (row.attemptCount >= MAX_ATTEMPTS) {
      await transition(tx, at, row, 'failed', {
        reason: { key: 'publishing.interruptedTooOften', values: { count: row.attemptCount } },
        set: { fence: row.fence + 1, leaseUntil: null, nextCheckAt: null },
      })
      return
    }
    await transition(tx, at, row, 'scheduled', {
      reason: { key: 'publishing.interrupted' },
      // The higher fence keeps a worker that only slept from going on.
      set: { fence: row.fence + 1, leaseUntil: null, nextCheckAt: null },
    })
  })
}

/** At boot this process owns the data alone, so every claim found is an orphan. Returns how many there were. */
export async function recoverAllOrphans(deps: Deps): Promise<number> {
  const rows = await listSubmitting(deps.db.read)
  for (const row of rows) await recoverOrphan(deps, row.id, true)
  return rows.length
}
