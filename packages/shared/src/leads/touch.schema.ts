import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { natures } from '../content/stage.ts'
import { defineEndpoint } from '../contract.ts'
import { touchReasonLength } from './touch.rules.ts'

/** A short link with its counts. `contacts`: visitors by day, machines left out. */
export const touchToken = z.object({
  token: z.string(),
  /** What the QR code holds. */
  url: z.string(),
  label: z.string(),
  publicationId: z.string().nullable(),
  publicationTitle: z.string().nullable(),
  nature: z.enum(natures).nullable(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  platform: z.enum(platforms).nullable(),
  /** The reviewer who allowed it on a 科普 post, and why. */
  allowedByName: z.string().nullable(),
  allowedReason: z.string().nullable(),
  createdByName: z.string(),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  contacts: z.int(),
  machines: z.int(),
  leads: z.int(),
})
export type TouchToken = z.infer<typeof touchToken>

export const listTouchTokens = defineEndpoint({
  route: 'GET /api/touch-tokens',
  summary: 'Touch tokens with their counts, newest first; of one publication if asked',
  query: z.object({
    publicationId: z.string().max(60).optional(),
    q: z.string().trim().max(100).optional().catch(undefined),
    page: z.coerce.number().int().min(1).default(1).catch(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50).catch(50),
  }),
  response: z.object({ items: z.array(touchToken), total: z.int() }),
})

const label = z.string().trim().min(2).max(60)
const reason = z.string().trim().max(touchReasonLength.max)

export const createTouchToken = defineEndpoint({
  route: 'POST /api/publications/:publicationId/touch-token',
  summary: 'A touch token for a post; on a 科普 post a reviewer alone, with a reason',
  params: z.object({ publicationId: z.string() }),
  body: z.object({ reason: reason.default('') }),
  response: touchToken,
})

export const createPlaceToken = defineEndpoint({
  route: 'POST /api/touch-tokens',
  summary: 'A touch token for a place that is no post: a menu, a desk, a leaflet',
  body: z.object({ label, accountId: z.string().max(60).nullable().default(null) }),
  response: touchToken,
})

export const disableTouchToken = defineEndpoint({
  route: 'POST /api/touch-tokens/:token/disable',
  summary: 'Disable a touch token for good; what it counted stays',
  params: z.object({ token: z.string() }),
  response: touchToken,
})

const publicParams = z.object({ token: z.string().max(60) })

export const openTouch = defineEndpoint({
  route: 'GET /api/public/touch/:token',
  summary: 'Whose link this is and what must be agreed to',
  params: publicParams,
  response: z.object({ institutionName: z.string(), consentVersion: z.string() }),
})

export const leaveLead = defineEndpoint({
  route: 'POST /api/public/touch/:token/lead',
  summary: 'Leave a name and a phone number to be called back',
  params: publicParams,
  body: z.object({
    name: z.string().trim().min(1).max(30),
    phone: z.string().trim().min(1).max(30),
    wish: z.string().trim().max(200).default(''),
    consent: z.literal(true),
    consentVersion: z.string().max(20),
    /** Not shown to people; whoever fills it in is a machine. */
    website: z.string().max(500).default(''),
  }),
  response: z.object({ done: z.literal(true) }),
})
