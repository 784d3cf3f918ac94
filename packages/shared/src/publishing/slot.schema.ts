import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { timeZone } from '../institutions/institution.schema.ts'
import { revisionField } from '../pagination.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** `weekdays` ISO, 1 Monday to 7 Sunday; `time` a wall clock in the institution's zone. */
export const slotFields = {
  name: z.string().trim().min(1).max(20),
  weekdays: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .transform((days) => [...new Set(days)].sort()),
  time: clock,
  startsOn: z.iso.date(),
  endsOn: z.iso.date().nullable(),
}

export const slot = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  weekdays: z.array(z.int()),
  time: z.string(),
  startsOn: z.string(),
  endsOn: z.string().nullable(),
  revision: z.int(),
})
export type PostingSlot = z.infer<typeof slot>

export const listSlots = defineEndpoint({
  route: 'GET /api/slots',
  summary: 'Named posting times of all accounts, or of one',
  query: z.object({ accountId: z.string().max(60).optional() }),
  response: z.object({ items: z.array(slot) }),
})

export const createSlot = defineEndpoint({
  route: 'POST /api/accounts/:accountId/slots',
  summary: 'Give an account a named posting time',
  params: z.object({ accountId: z.string() }),
  body: z.object(slotFields),
  response: slot,
})

const params = z.object({ slotId: z.string() })

export const updateSlot = defineEndpoint({
  route: 'PATCH /api/slots/:slotId',
  summary: 'Change a posting time; posts scheduled on it stay where they are',
  params,
  body: z.object(slotFields).partial().extend({ revision: revisionField }),
  response: slot,
})

export const removeSlot = defineEndpoint({
  route: 'DELETE /api/slots/:slotId',
  summary: 'Take a posting time away; posts scheduled on it stay where they are',
  params,
  query: z.object({ revision: z.coerce.number().int().min(1) }),
  response: z.object({ removed: z.literal(true) }),
})

/** Accounts on which no slot is free within a year are left out. */
export const nextFreeSlots = defineEndpoint({
  route: 'POST /api/slots/next-free',
  summary: 'The next free posting time of each account',
  body: z.object({
    timeZone: timeZone.default('Asia/Shanghai'),
    accountIds: z.array(z.string().min(1).max(60)).min(1).max(60),
    start: z.iso.datetime(),
  }),
  response: z.object({
    slots: z.array(z.object({ accountId: z.string(), at: z.iso.datetime(), name: z.string() })),
  }),
})

/** A median over a sample, or null where there are fewer than the minimum. */
export const bestTime = z.object({
  /** Posts with known plays that were looked at. */
  sample: z.int(),
  minimum: z.int(),
  /** Weeks of history looked at. */
  weeks: z.int(),
  hours: z.array(z.object({ hour: z.int(), sample: z.int(), medianPlays: z.number() })),
  weekdays: z.array(z.object({ weekday: z.int(), sample: z.int(), medianPlays: z.number() })),
  bestHour: z.int().nullable(),
  bestWeekday: z.int().nullable(),
})
export type BestTime = z.infer<typeof bestTime>

export const getBestTime = defineEndpoint({
  route: 'GET /api/accounts/:accountId/best-time',
  summary: 'When this account’s posts were played most, by its own history',
  params: z.object({ accountId: z.string() }),
  response: bestTime,
})
