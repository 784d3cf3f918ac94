import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { defineJob, handle, type JobHandler } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { forgetOldNotices } from './notice.service.ts'
import { robotJob, robotRing } from './robot.job.ts'
import { listDueMessages } from './robot.repository.ts'
import { sendRobotMessage } from './robot-send.service.ts'

const SWEEP_LIMIT = 500
const TIDY_EVERY_MS = 6 * 3_600_000
const inboxTidy = defineJob({ name: 'inbox.tidy', payload: z.object({}) })

export const inboxHandlers = (deps: Deps): JobHandler[] => [
  handle(robotJob, ({ messageId }) => sendRobotMessage(deps, messageId)),
  handle(inboxTidy, () => forgetOldNotices(deps)),
]

/** Robots' messages that are due by their rows, and four times a day the tidying. */
export function inboxDue(deps: Deps): DueReader {
  let tidiedAt = deps.now().getTime()
  return async (now) => {
    const rings = (await listDueMessages(deps.db.read, now, SWEEP_LIMIT)).map(robotRing)
    if (now.getTime() - tidiedAt < TIDY_EVERY_MS) return rings
    tidiedAt = now.getTime()
    return [...rings, { job: inboxTidy.name, payload: {}, jobId: 'inbox-tidy', runAt: now }]
  }
}
