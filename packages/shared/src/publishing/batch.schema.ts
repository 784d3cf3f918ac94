import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { timeZone } from '../institutions/institution.schema.ts'
import { reason } from './publication.schema.ts'
import { sharings } from './spread.rules.ts'

/** Rows of one saving; beyond this a plan is made in two. */
export const MOST_ROWS = 500
const id = z.string().min(1).max(60)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const instant = z.iso.datetime()

const way = z.discriminatedUnion('by', [
  z.object({ by: z.literal('slots'), start: instant }),
  z
    .object({
      by: z.literal('spacing'),
      start: instant,
      everyMinutes: z.int().min(5).max(10_080),
      from: clock,
      to: clock,
      perDay: z.int().min(1).max(100),
      skipDaysOff: z.boolean(),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'] }),
])

/** One line to be saved: an item on an account at a time. */
export const planRow = z.object({
  contentId: id,
  accountId: id,
  dueAt: instant,
  /** Why it goes out although it repeats another post of the account; '' where it repeats none. */
  repeatReason: z.string().trim().max(200).default(''),
  /** A post that stands already and is to be moved to `dueAt`; null: a new one. */
  publicationId: id.nullable().default(null),
})
export type PlanRow = z.output<typeof planRow>

/** A line as it would be saved, with all that is known for and against it. `dueAt` null: no time was found. */
export const plannedRow = z.object({
  contentId: z.string(),
  contentTitle: z.string(),
  accountId: z.string(),
  dueAt: instant.nullable(),
  slotId: z.string().nullable(),
  slotName: z.string().nullable(),
  publicationId: z.string().nullable(),
  /** Why it cannot be saved; null: it can. A repeat without a reason is not in here. */
  refusal: reason.nullable(),
  warnings: z.array(reason),
  /** The same words or video stand on this account nearby: saving needs `repeatReason`. */
  repeat: reason.nullable(),
})
export type PlannedRow = z.infer<typeof plannedRow>

const proposal = z.object({
  rows: z.array(plannedRow),
  /** Pairs left out: the item stands on the account already, or was not made for it. */
  placed: z.int(),
  notMeant: z.int(),
  /** Items that got no line at all. */
  without: z.array(z.object({ contentId: z.string(), contentTitle: z.string() })),
})
export type SpreadAnswer = z.infer<typeof proposal>

/** Proposes a time for every item on every account that suits, and says what speaks for and against each. */
export const spreadPlan = defineEndpoint({
  route: 'POST /api/schedule/spread',
  summary: 'Propose times for many items over many accounts; saves nothing',
  body: z.object({
    timeZone: timeZone.default('Asia/Shanghai'),
    contentIds: z.array(id).min(1).max(MOST_ROWS),
    accountIds: z.array(id).min(1).max(60),
    sharing: z.enum(sharings),
    way,
  }),
  response: proposal,
})

/** Says of lines changed by hand what speaks for and against each. */
export const checkPlan = defineEndpoint({
  route: 'POST /api/schedule/check',
  summary: 'Check lines before saving them; saves nothing',
  body: z.object({
    timeZone: timeZone.default('Asia/Shanghai'),
    rows: z.array(planRow).min(1).max(MOST_ROWS),
  }),
  response: z.object({ rows: z.array(plannedRow) }),
})

export const batch = z.object({
  id: z.string(),
  createdAt: instant,
  createdByName: z.string().nullable(),
  undoneAt: instant.nullable(),
  /** Posts it made or moved, and how many of them can still be taken back. */
  total: z.int(),
  open: z.int(),
})
export type Batch = z.infer<typeof batch>

export const saveBatch = defineEndpoint({
  route: 'POST /api/schedule/batches',
  summary: 'Save all lines or none; the same key again saves nothing twice',
  body: z.object({
    key: z.uuid(),
    timeZone: timeZone.default('Asia/Shanghai'),
    rows: z.array(planRow).min(1).max(MOST_ROWS),
  }),
  response: batch,
})

export const listBatches = defineEndpoint({
  route: 'GET /api/schedule/batches',
  summary: 'The newest sets of posts saved together',
  response: z.object({ items: z.array(batch) }),
})

const undone = z.object({
  canceled: z.int(),
  movedBack: z.int(),
  /** Posts it left alone, because they have gone out or somebody has settled them since. */
  left: z.int(),
})
export type UndoAnswer = z.infer<typeof undone>

export const undoBatch = defineEndpoint({
  route: 'POST /api/schedule/batches/:batchId/undo',
  summary: 'Take back what has not left the house: cancel new posts, put moved ones back',
  params: z.object({ batchId: z.string() }),
  response: undone,
})
