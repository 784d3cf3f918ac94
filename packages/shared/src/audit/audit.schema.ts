import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'

const id = z.string().trim().min(1).max(60).optional().catch(undefined)

/** What the log can be narrowed by; the page keeps it in its address. Days of the business zone, both inclusive. */
export const auditFilters = {
  actorId: id,
  action: id,
  subjectType: id,
  subjectId: id,
  /** Everything that happened to a content item and to what belongs to it: script, files, publications. */
  contentId: id,
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
}

export const auditEntry = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  /** `system` for what the product did by itself. */
  actorId: z.string(),
  actorName: z.string(),
  /** A key of audit-actions.ts, or of an older version of it. */
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  /** What it is called today; null when it is gone or has no name of its own. */
  subjectName: z.string().nullable(),
  /** Of accounts and publications. */
  platform: z.enum(platforms).nullable(),
  /** The content item it belongs to, if any. */
  contentId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const listAudit = defineEndpoint({
  route: 'GET /api/audit',
  summary: 'Who did what to which, newest first',
  query: z.object({
    ...auditFilters,
    /** `next` of the page before. */
    before: z.coerce.number().int().min(1).optional().catch(undefined),
    limit: z.coerce.number().int().min(1).max(200).default(50).catch(50),
  }),
  response: z.object({
    items: z.array(auditEntry),
    /** Give it as `before` for what came earlier; null at the beginning of the log. */
    next: z.int().nullable(),
  }),
})

/**
 * `ok` · `edited`: a row's content no longer fits its hash · `broken`: rows were removed, put in or exchanged ·
 * `truncated`: the newest rows are gone · `forged`: the whole chain was computed anew, or the sealed head was
 * altered · `headMissing`: the rows fit together, but the sealed head that would prove the end is not there.
 */
export const chainResults = [
  'ok',
  'edited',
  'broken',
  'truncated',
  'forged',
  'headMissing',
] as const
export type ChainResult = (typeof chainResults)[number]

export const verifyAudit = defineEndpoint({
  route: 'GET /api/audit/verify',
  summary:
    'Recompute the whole chain of the log, of every institution, and compare it with its sealed head',
  response: z.object({
    result: z.enum(chainResults),
    /** Rows read. */
    entries: z.int(),
    /** The first row that does not fit; for `truncated` the first that is gone. */
    badSeq: z.int().nullable(),
    checkedAt: z.iso.datetime(),
    /** When the head was last sealed; rows after it are proven by the chain alone. */
    sealedAt: z.iso.datetime().nullable(),
  }),
})
export type ChainReport = z.infer<typeof verifyAudit.response>
