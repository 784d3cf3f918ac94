import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { defineJob, handle, type JobHandler } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { listToRemind, remind } from './reminder.service.ts'

/** "See whether this post's people have to be reminded": its rows say of what. */
const remindJob = defineJob({
  name: 'publication.remind',
  payload: z.object({ publicationId: z.string() }),
})

export const reminderHandlers = (deps: Deps): JobHandler[] => [
  handle(remindJob, ({ publicationId }) => remind(deps, publicationId)),
]

/** Read from the rows at each sweep, so a restart or an empty queue loses no reminder. */
export const reminderDue =
  (deps: Deps): DueReader =>
  async (now) =>
    (await listToRemind(deps.db.read, now)).map((publicationId) => ({
      job: remindJob.name,
      payload: { publicationId },
      jobId: `remind-${publicationId}`,
      runAt: now,
    }))
