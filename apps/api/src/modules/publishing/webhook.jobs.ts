import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { defineJob, handle, type JobHandler } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { forgetOldDeliveries } from './account-event.service.ts'

const TIDY_EVERY_MS = 86_400_000
/** Forgets deliveries no platform repeats any more. */
const webhookTidy = defineJob({ name: 'webhook.tidy', payload: z.object({}) })

export const webhookHandlers = (deps: Deps): JobHandler[] => [
  handle(webhookTidy, async () => {
    const forgotten = await forgetOldDeliveries(deps)
    if (forgotten > 0) deps.log.info({ forgotten }, 'old webhook deliveries were forgotten')
  }),
]

/** At the start and once a day. */
export function webhookDue(): DueReader {
  let tidiedAt = 0
  return async (now) => {
    if (now.getTime() - tidiedAt < TIDY_EVERY_MS) return []
    tidiedAt = now.getTime()
    return [{ job: webhookTidy.name, payload: {}, jobId: 'webhook-tidy', runAt: now }]
  }
}
