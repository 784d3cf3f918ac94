import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { natures } from '../content/stage.ts'
import { defineEndpoint } from '../contract.ts'
import { scriptBody } from '../scripts/script-body.ts'
import { engineFinding, severities } from './finding.schema.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const finding = engineFinding.extend({
  id: z.string(),
  waiver: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
})
export type Finding = z.infer<typeof finding>

export const complianceDecision = z.object({
  decision: z.enum(['passed', 'returned']),
  reason: z.string(),
  reviewerName: z.string(),
  decidedAt: z.iso.datetime(),
  sha256: z.string(),
  /** Whether it is about the very words that stand now. */
  current: z.boolean(),
})

export const complianceState = z.object({
  contentId: z.string(),
  nature: z.enum(natures),
  /** What the words themselves look like; another nature than the declared one is worth a second look. */
  guessedNature: z.enum(natures),
  run: z
    .object({
      revisionNumber: z.int(),
      sha256: z.string(),
      nature: z.enum(natures),
      engineVersion: z.string(),
      ranAt: z.iso.datetime(),
      /** The newest revision, in the nature declared now, is what was checked. */
      current: z.boolean(),
    })
    .nullable(),
  findings: z.array(finding),
  openBlocks: z.int(),
  openReviews: z.int(),
  decisions: z.array(complianceDecision),
})
export type ComplianceState = z.infer<typeof complianceState>

const params = z.object({ contentId: z.string() })

export const getCompliance = defineEndpoint({
  route: 'GET /api/contents/:contentId/compliance',
  summary: 'What the engine found in the newest revision, and what was decided',
  params,
  response: complianceState,
})

export const runCompliance = defineEndpoint({
  route: 'POST /api/contents/:contentId/compliance/check',
  summary: 'Run the engine on the newest revision again',
  params,
  response: complianceState,
})

export const previewCompliance = defineEndpoint({
  route: 'POST /api/compliance/preview',
  summary: 'What the engine finds in words not yet saved as a revision',
  body: z.object({
    nature: z.enum(natures),
    platforms: z.array(z.enum(platforms)).max(platforms.length),
    body: scriptBody,
  }),
  response: z.object({ guessedNature: z.enum(natures), findings: z.array(engineFinding) }),
})

export const waiveFinding = defineEndpoint({
  route: 'POST /api/findings/:findingId/waive',
  summary: 'Let a finding pass, with a written reason that stays in the record',
  params: z.object({ findingId: z.string() }),
  body: z.object({ reason: z.string().trim().min(4).max(500) }),
  response: complianceState,
})

export const decideCompliance = defineEndpoint({
  route: 'POST /api/contents/:contentId/compliance/decide',
  summary: 'Pass the very revision the engine ran on, or return it to the author',
  params,
  body: z.object({
    decision: z.enum(['passed', 'returned']),
    /** The words the reviewer had on screen. */
    sha256: z.string().max(64),
    reason: z.string().trim().max(500).default(''),
  }),
  response: complianceState,
})

export const complianceQueueItem = z.object({
  contentId: z.string(),
  title: z.string(),
  doctorName: z.string().nullable(),
  stage: z.enum(['compliance_review', 'final_review']),
  since: z.iso.datetime(),
  dueOn: z.string().nullable(),
  openBlocks: z.int(),
  openReviews: z.int(),
  /** Nobody reviews their own words. */
  mine: z.boolean(),
})
export type ComplianceQueueItem = z.infer<typeof complianceQueueItem>

export const listComplianceQueue = defineEndpoint({
  route: 'GET /api/compliance/queue',
  summary: 'Items that wait for a reviewer, longest waiting first',
  response: z.object({ items: z.array(complianceQueueItem) }),
})

export const listComplianceRules = defineEndpoint({
  route: 'GET /api/compliance/rules',
  summary: 'The rules the engine works by, with their articles',
  response: z.object({
    engineVersion: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        title: bilingual,
        severity: z.enum(severities),
        appliesTo: z.string(),
        law: bilingual,
        why: bilingual,
        rewrite: bilingual,
      }),
    ),
  }),
})
