import { z } from 'zod'
import { defineJob, type Ring } from '../../queue/job.ts'

/** "Look at this publication": what to do is decided by the row, never by the ring. */
export const publishJob = defineJob({
  name: 'publication.look',
  payload: z.object({ publicationId: z.string() }),
})

const isOut = (state?: string): boolean => state === 'accepted' || state === 'published'

/** The same for what has gone out already, which may wait while others are still to be sent. */
export const watchJob = defineJob({ name: 'publication.watch', payload: publishJob.payload })

/** One id per row version: a moved time is a new ring, and the same ring asked for twice is one job. */
export const publishRing = (
  row: { id: string; revision: number; attemptCount: number; state?: string },
  runAt: Date,
): Ring => ({
  job: (isOut(row.state) ? watchJob : publishJob).name,
  payload: { publicationId: row.id },
  jobId: `publish-${row.id}-${row.attemptCount}-r${row.revision}`,
  runAt,
})
