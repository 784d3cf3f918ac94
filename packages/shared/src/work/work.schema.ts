import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { stages } from '../content/stage.ts'
import { defineEndpoint } from '../contract.ts'
import { publicationStates } from '../publishing/publication-state.ts'
import { badgeKeys, workKinds } from './work-kind.ts'

/** One thing that waits. Only what its kind has is filled. */
export const workItem = z.object({
  id: z.string(),
  subject: z.enum(['content', 'publication', 'import', 'lead', 'hold', 'doctor', 'account']),
  title: z.string(),
  /** The doctor or account concerned. */
  who: z.string().nullable(),
  platform: z.enum(platforms).nullable(),
  stage: z.enum(stages).nullable(),
  state: z.enum(publicationStates).nullable(),
  /** Rows of an import that wait. */
  rows: z.int().nullable(),
  /** Why, as somebody wrote it. */
  note: z.string(),
  /** Why, as a message of the product with its values. */
  reason: z
    .object({
      key: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
  /** Since when it waits. */
  since: z.iso.datetime().nullable(),
  dueAt: z.iso.datetime().nullable(),
  dueOn: z.iso.date().nullable(),
  overdue: z.boolean(),
})
export type WorkItem = z.infer<typeof workItem>

export const getWork = defineEndpoint({
  route: 'GET /api/work',
  summary: 'What waits for me, by kind, with counts for the navigation',
  response: z.object({
    sections: z.array(
      z.object({
        kind: z.enum(workKinds),
        total: z.int(),
        /** The first few, most pressing first. */
        items: z.array(workItem),
      }),
    ),
    badges: z.partialRecord(z.enum(badgeKeys), z.int()),
  }),
})
export type Work = z.infer<typeof getWork.response>
