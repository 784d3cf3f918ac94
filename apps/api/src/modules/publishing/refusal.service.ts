import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import type { Message } from '@xingbo/shared/messages'
import { MAX_ATTEMPTS, MAX_LATENESS_MS } from '@xingbo/shared/publishing/publication.rules'
import type { Tx } from '../../db/database.ts'
import type { Refused } from '../../platforms/platform.port.ts'
import { markAccountBanned, pauseAccount } from '../accounts/account-pause.service.ts'
import { later } from './pacing.ts'
import type { PublicationRow } from './publication.repository.ts'
import { transition } from './transition.service.ts'

/** A held post looks again this often until it goes or expires. */
export const HELD_RETRY_MS = 30_000
/** First retry after a passing refusal; doubles. */
const RETRY_MS = 30_000
/** So that what was refused together does not come back together. */
const JITTER = 0.25
/** The longest patience a platform may ask for; its number may be absurd. */
const LONGEST_PATIENCE_MS = 3_600_000
/** Without a number of its own, "too many" means at least this. */
const USUAL_PATIENCE_MS = 60_000

/** The moment after which this post is not sent any more, so that it ends then, visibly, and not later. */
export const lastMoment = (row: PublicationRow): Date => later(row.dueAt, MAX_LATENESS_MS + 1_000)
export const soonest = (a: Date, b: Date): Date => (a < b ? a : b)
/** Attempts that count against the retries: those since a person last decided. */
export const attemptsMade = (row: PublicationRow): number => row.attemptCount - row.attemptsForgiven

/**
 * A definite no. Passing ones wait and try again, at most three times; one that speaks of the account stops the
 * account too, so that its other posts do not ask for the same answer; the rest fail with the platform's words.
 */
export async function afterRefusal(
  tx: Tx,
  at: Date,
  row: PublicationRow,
  no: Refused,
): Promise<void> {
  if (no.category === 'auth_revoked' || no.category === 'auth_expired') {
    await transition(tx, at, row, 'scheduled', {
      reason: { key: 'publishing.notConnected' },
      set: { leaseUntil: null, nextCheckAt: later(at, HELD_RETRY_MS) },
    })
    return
  }
  const patience = await stopAccount(tx, at, row, no)
  if (no.retryable && attemptsMade(row) < MAX_ATTEMPTS) {
    const backoff = RETRY_MS * 2 ** (attemptsMade(row) - 1) * (1 + Math.random() * JITTER)
    const next = later(at, Math.max(backoff, patience))
    await transition(tx, at, row, 'queued', {
      reason: {
        key: 'publishing.retryLater',
        values: { code: no.code, attempt: attemptsMade(row) },
      },
      set: { leaseUntil: null, nextCheckAt: soonest(next, lastMoment(row)) },
    })
    return
  }
  const reason: Message =
    no.category === 'quota_exhausted'
      ? { key: 'publishing.quotaUsedUp', values: { code: no.code } }
      : { key: 'publishing.refused', values: { message: no.message || '—', code: no.code } }
  await transition(tx, at, row, 'failed', {
    reason,
    set: { leaseUntil: null, nextCheckAt: null },
  })
}

/** Leaves the account alone where the answer is about it; returns for how long, in milliseconds. */
async function stopAccount(tx: Tx, at: Date, row: PublicationRow, no: Refused): Promise<number> {
  const account = { institutionId: row.institutionId, id: row.accountId }
  if (no.category === 'account_banned') {
    await markAccountBanned(tx, at, account, no.code)
    return 0
  }
  if (no.category === 'rate_limited') {
    const asked = (no.retryAfterSeconds ?? 0) * 1000
    const patience = Math.min(Math.max(asked, USUAL_PATIENCE_MS), LONGEST_PATIENCE_MS)
    const reason: Message = { key: 'publishing.pausedForPatience' }
    await pauseAccount(tx, at, account, { until: later(at, patience), reason })
    return patience
  }
  if (no.category === 'quota_exhausted') {
    // Quotas are counted by Beijing days (B站 稿件数, 公众号 api 调用上限).
    const until = instantOf(addDays(bizDate(at), 1))
    await pauseAccount(tx, at, account, { until, reason: { key: 'publishing.pausedForQuota' } })
  }
  if (no.category === 'permission_missing') {
    const reason: Message = { key: 'publishing.pausedNoPermission' }
    await pauseAccount(tx, at, account, { until: later(at, LONGEST_PATIENCE_MS), reason })
  }
  return 0
}
