import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { defineJob, handle, type JobHandler } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { forgetExpired } from './session.service.ts'

const TIDY_EVERY_MS = 3_600_000
/** Removes sessions, links and counted failures that mean nothing any more. */
const identityTidy = defineJob({ name: 'identity.tidy', payload: z.object({}) })

export const identityHandlers = (deps: Deps): JobHandler[] => [
  handle(identityTidy, () => forgetExpired(deps)),
]

/** Once an hour; the first time an hour after the start, which tidies by itself. */
export function identityDue(deps: Deps): DueReader {
  let tidiedAt = deps.now().getTime()
  return async (now) => {
    if (now.getTime() - tidiedAt < TIDY_EVERY_MS) return []
    tidiedAt = now.getTime()
    return [{ job: identityTidy.name, payload: {}, jobId: 'identity-tidy', runAt: now }]
  }
}
