import { z } from 'zod'
import { defineJob } from '../../queue/job.ts'

/** Judges an uploaded file; also finishes an upload whose last answer got lost. */
export const mediaCheck = defineJob({
  name: 'media.check',
  payload: z.object({ assetId: z.string() }),
})
/** Ends an upload nobody finished. */
export const mediaAbandon = defineJob({
  name: 'media.abandon',
  payload: z.object({ assetId: z.string() }),
})
/** Removes files that belong to no asset: what a stop in the middle of a removal left behind. */
export const mediaTidy = defineJob({ name: 'media.tidy', payload: z.object({}) })
