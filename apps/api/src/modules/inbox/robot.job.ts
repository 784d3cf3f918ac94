import { z } from 'zod'
import { defineJob, type Ring } from '../../queue/job.ts'

/** "Look at this message": whether it goes out now is decided by its row and its robot's. */
export const robotJob = defineJob({
  name: 'robot.send',
  payload: z.object({ messageId: z.string() }),
})

export const robotRing = (message: { id: string; attempts: number; sendAt: Date }): Ring => ({
  job: robotJob.name,
  payload: { messageId: message.id },
  jobId: `robot-${message.id}-${message.attempts}-${message.sendAt.getTime()}`,
  runAt: message.sendAt,
})
