import { z } from 'zod'
import { defineJob, type Ring } from '../../queue/job.ts'

/** "Look at this publication": what to do is decided by the row, never by the ring. */
export const publishJob = defineJob({
  name: 'publication.look',
  payload: z.object({ publicationId: z.string() }),
})

/** One id per row version: a moved time is a new ring, and the same ring asked for twice is one job. */
export const publishRing = (
  row: { id: string; revision: number; attemptCount: number },
  runAt: Date,
): Ring => ({
  job: publishJob.name,
  payload: { publicationId: row.id },
  jobId: `publish-${row.id}-${row.attemptCount}-r${row.revision}`,
  runAt,
})
