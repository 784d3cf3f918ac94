import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { pageOf, revisionField } from '../pagination.ts'
import { leadEventKinds, leadStatuses } from './lead-status.ts'

export const leadEvent = z.object({
  kind: z.enum(leadEventKinds),
  note: z.string(),
  byName: z.string(),
  at: z.iso.datetime(),
})

/** A lead as lists show it: name and phone masked. */
export const lead = z.object({
  id: z.string(),
  /** 陆**, 199****0009; null once erased. */
  maskedName: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  status: z.enum(leadStatuses),
  advisorUserId: z.string().nullable(),
  advisorName: z.string().nullable(),
  /** Where it came from, as far as we know. */
  touchLabel: z.string().nullable(),
  publicationTitle: z.string().nullable(),
  accountName: z.string().nullable(),
  platform: z.enum(platforms).nullable(),
  departmentName: z.string().nullable(),
  wish: z.string(),
  consentPurpose: z.string(),
  consentVersion: z.string(),
  consentAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  erasedAt: z.iso.datetime().nullable(),
  /** Newest first. */
  events: z.array(leadEvent),
  visits: z.int(),
  orders: z.int(),
  revision: z.int(),
})
export type Lead = z.infer<typeof lead>

const leadParams = z.object({ leadId: z.string() })
const reason = z.string().trim().min(2).max(100)

/** `q` is a whole phone number: names and parts of numbers cannot be searched, they are not stored in the clear. */
export const listLeads = defineEndpoint({
  route: 'GET /api/leads',
  summary: 'Leads, newest first, masked',
  query: z.object({
    status: z.enum(leadStatuses).optional().catch(undefined),
    /** A user’s id, or `none` for those nobody has taken up. */
    advisor: z.string().max(60).optional().catch(undefined),
    q: z.string().trim().max(30).optional().catch(undefined),
    page: z.coerce.number().int().min(1).default(1).catch(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50).catch(50),
  }),
  response: pageOf(lead),
})

export const revealLead = defineEndpoint({
  route: 'POST /api/leads/:leadId/reveal',
  summary: 'Show a name and phone; the reason stands in the audit log',
  params: leadParams,
  body: z.object({ reason }),
  response: z.object({ name: z.string(), phone: z.string() }),
})

export const followUpLead = defineEndpoint({
  route: 'POST /api/leads/:leadId/follow-up',
  summary:
    'Write down a follow-up, a consultation or the end; whoever does it first takes the lead up',
  params: leadParams,
  body: z.object({
    revision: revisionField,
    kind: z.enum(leadEventKinds),
    note: z.string().trim().max(500).default(''),
  }),
  response: lead,
})

export const eraseLead = defineEndpoint({
  route: 'POST /api/leads/:leadId/erase',
  summary: 'Erase a person’s details on their request; it cannot be undone',
  params: leadParams,
  body: z.object({ revision: revisionField, reason }),
  response: lead,
})
