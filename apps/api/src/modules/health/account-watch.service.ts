import { prolongsItself } from '@xingbo/shared/accounts/connection.rules'
import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import { WARN_DAYS } from '@xingbo/shared/expiry'
import { type AccountSignal, accountSignals } from '@xingbo/shared/health/alarm'
import type { Reader } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { listOpen } from './alarm.repository.ts'
import { beginAlarm, endAlarm, type Trouble } from './alarm.service.ts'
import {
  countDoctorPostsAfter,
  countPostsAfter,
  credentialsEnding,
  failuresSince,
  listWatchedAccounts,
  type WatchedAccount,
} from './signal.repository.ts'

/** So many failed submissions within an hour are worth a look; it is over when half of them are left. */
const ERRORS_LIMIT = 5
const HOUR_MS = 3_600_000

/**
 * Everything that is wrong with accounts now, or will be before one of their posts is due: law 7, told while
 * there is still time. Brings the open episodes in line with it, telling people at both ends of each.
 */
export async function watchAccounts(deps: Deps): Promise<void> {
  const now = deps.now()
  const troubles = await troublesNow(deps.db.read, now, await openErrors(deps.db.read))
  const wanted = new Set(troubles.map(keyOf))
  const over = (await listOpen(deps.db.read)).filter(
    (row) => (accountSignals as readonly string[]).includes(row.signal) && !wanted.has(keyOf(row)),
  )
  const fresh = await notYetOpen(deps.db.read, troubles)
  if (fresh.length === 0 && over.length === 0) return
  await deps.db.inTransaction(async (tx) => {
    for (const trouble of fresh) await beginAlarm(deps, tx, trouble)
    for (const { signal, subjectId } of over) await endAlarm(deps, tx, signal, subjectId)
  })
}

const keyOf = ({ signal, subjectId }: { signal: string; subjectId: string }) =>
  `${signal} ${subjectId}`

async function notYetOpen(db: Reader, troubles: readonly Trouble[]): Promise<Trouble[]> {
  const open = new Set((await listOpen(db)).map(keyOf))
  return troubles.filter((trouble) => !open.has(keyOf(trouble)))
}

/** Accounts whose errors are an open episode: it ends later than it began, so that it does not flicker. */
async function openErrors(db: Reader): Promise<ReadonlySet<string>> {
  const open = await listOpen(db)
  return new Set(open.flatMap((row) => (row.signal === 'account_errors' ? [row.subjectId] : [])))
}

async function troublesNow(
  db: Reader,
  now: Date,
  failing: ReadonlySet<string>,
): Promise<Trouble[]> {
  const accounts = await listWatchedAccounts(db)
  const failures = new Map(
    (await failuresSince(db, new Date(now.getTime() - HOUR_MS))).map((row) => [
      row.accountId,
      row.failures,
    ]),
  )
  const troubles: Trouble[] = []
  for (const account of accounts) {
    const values = { platform: account.platform, account: account.displayName }
    const about = (signal: AccountSignal, more: Trouble['values'], worst?: number): Trouble => ({
      signal,
      institutionId: account.institutionId,
      subjectId: account.id,
      values: { ...values, ...more },
      ...(worst !== undefined && { worst }),
    })
    const byApi = account.publishRoute === 'api'
    if (byApi && account.health === 'reauth_needed') {
      const held = await countPostsAfter(db, account.id, new Date(0), 'api')
      troubles.push(about('authorization_lost', { count: held }))
    }
    if (account.pausedAt) troubles.push(about('account_paused', { ...account.pausedValues }))
    const failed = failures.get(account.id) ?? 0
    if (failed >= (failing.has(account.id) ? Math.ceil(ERRORS_LIMIT / 2) : ERRORS_LIMIT))
      troubles.push(about('account_errors', { count: failed }, failed))
    for (const { signal, end, on } of endsOf(account, now)) {
      const route = signal === 'authorization_ends' ? ('api' as const) : undefined
      const after = await countPostsAfter(db, account.id, end, route)
      if (after > 0) troubles.push(about(signal, { end: on, count: after }))
    }
  }
  for (const credential of await credentialsEnding(db, addDays(bizDate(now), WARN_DAYS))) {
    const end = endOfDay(credential.endsOn)
    const after = await countDoctorPostsAfter(db, credential.doctorId, end)
    if (after > 0)
      troubles.push({
        signal: 'credential_ends',
        institutionId: credential.institutionId,
        subjectId: credential.id,
        values: {
          doctor: credential.doctor,
          credential: credential.kind,
          end: credential.endsOn,
          count: after,
        },
      })
  }
  return troubles
}

/** The last day counts in whole. */
const endOfDay = (day: string): Date => instantOf(addDays(day, 1))

type End = {
  readonly signal: 'authorization_ends' | 'certification_ends'
  readonly end: Date
  readonly on: string
}

/** What of an account ends within a month, and when; an authorisation that goes on by itself does not. */
function endsOf(account: WatchedAccount, now: Date): End[] {
  const horizon = new Date(now.getTime() + WARN_DAYS * 24 * HOUR_MS)
  const ends: End[] = []
  const until = account.refreshTokenExpiresAt
  if (
    account.publishRoute === 'api' &&
    account.health !== 'reauth_needed' &&
    account.accessToken &&
    until &&
    until <= horizon &&
    !prolongsItself(account)
  )
    ends.push({ signal: 'authorization_ends', end: until, on: bizDate(until) })
  const { certificationStatus, certificationExpiresOn: on } = account
  if (certificationStatus === 'certified' && on && endOfDay(on) <= horizon)
    ends.push({ signal: 'certification_ends', end: endOfDay(on), on })
  return ends
}
