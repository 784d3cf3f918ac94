import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { defineJob, handle, type JobHandler } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { keepAlive } from './account-token.service.ts'
import { listRefreshDue } from './connection.repository.ts'

/** Far more accounts than any installation has; the rest come with the next sweep. */
const SWEEP_LIMIT = 500
/** As for rows connected before refreshes had an hour of their own (account-token.service). */
const OLD_ROWS_AHEAD_MS = 12 * 3_600_000

/** Fetches an account's token anew, ahead of its end. Holds ids only: a job is stored in clear text. */
const refreshJob = defineJob({
  name: 'account.refresh',
  payload: z.object({ institutionId: z.string(), accountId: z.string() }),
})

export const accountHandlers = (deps: Deps): JobHandler[] => [
  handle(refreshJob, ({ institutionId, accountId }) => keepAlive(deps, institutionId, accountId)),
]

export function accountDue(deps: Deps): DueReader {
  return async (now) => {
    const oldRows = new Date(now.getTime() + OLD_ROWS_AHEAD_MS)
    const rows = await listRefreshDue(deps.db.read, now, oldRows, SWEEP_LIMIT)
    return rows.map(({ id, institutionId, nextRefreshAt }) => ({
      job: refreshJob.name,
      payload: { institutionId, accountId: id },
      jobId: `refresh-${id}-${nextRefreshAt?.getTime() ?? 'old'}`,
      runAt: now,
    }))
  }
}
