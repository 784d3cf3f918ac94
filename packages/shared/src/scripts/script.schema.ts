import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { natures, stages } from '../content/stage.ts'
import { defineEndpoint } from '../contract.ts'
import { revisionField } from '../pagination.ts'
import { scriptBody } from './script-body.ts'
import { returnReasons, signOffDecisions, signOffWays, voidReasons } from './sign-off.ts'

const params = z.object({ contentId: z.string() })
const person = z.object({ id: z.string(), displayName: z.string() })
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** One numbered, frozen revision without its text. */
export const revisionSummary = z.object({
  number: z.int(),
  /** Over the canonical JSON of the body; a sign-off binds to it. */
  sha256,
  note: z.string(),
  author: person,
  createdAt: z.iso.datetime(),
})
export type RevisionSummary = z.infer<typeof revisionSummary>

export const scriptRevision = revisionSummary.extend({ body: scriptBody })
export type ScriptRevision = z.infer<typeof scriptRevision>

export const scriptDraft = z.object({
  body: scriptBody,
  /** The revision it was started from; null before the first. */
  basedOn: z.int().nullable(),
  revision: revisionField,
  updatedBy: person,
  updatedAt: z.iso.datetime(),
})
export type ScriptDraft = z.infer<typeof scriptDraft>

export const signOff = z.object({
  id: z.string(),
  decision: z.enum(signOffDecisions),
  revisionNumber: z.int(),
  sha256,
  doctorName: z.string(),
  signer: person,
  reasons: z.array(z.enum(returnReasons)),
  comment: z.string(),
  confirmedName: z.string(),
  via: z.enum(signOffWays),
  decidedAt: z.iso.datetime(),
  voided: z.object({ at: z.iso.datetime(), by: person, reason: z.enum(voidReasons) }).nullable(),
})
export type SignOff = z.infer<typeof signOff>

const item = {
  contentId: z.string(),
  /** The content item's own title; the script's may differ while it is written. */
  title: z.string(),
  stage: z.enum(stages),
  nature: z.enum(natures),
  platforms: z.array(z.enum(platforms)),
  dueOn: z.string().nullable(),
  doctorId: z.string().nullable(),
  doctorName: z.string().nullable(),
}

export const scriptView = z.object({
  ...item,
  /** Newest first. */
  revisions: z.array(revisionSummary),
  /** The newest revision with its text; null before the first. */
  newest: scriptRevision.nullable(),
  draft: scriptDraft.nullable(),
  /** Somebody has written on since the newest revision. */
  draftAhead: z.boolean(),
  /** Every decision of the doctor, newest first. */
  signOffs: z.array(signOff),
  /** The one that stands: approved, not voided, by the item's present doctor, on the newest revision. */
  standing: signOff.nullable(),
})
export type ScriptView = z.infer<typeof scriptView>

export const getScript = defineEndpoint({
  route: 'GET /api/contents/:contentId/script',
  summary: 'The script of a content item: draft, revisions and sign-offs',
  params,
  response: scriptView,
})

export const saveScriptDraft = defineEndpoint({
  route: 'PUT /api/contents/:contentId/script/draft',
  summary: 'Save what is being written; the first save makes the draft',
  params,
  body: z.strictObject({
    body: scriptBody,
    /** Number of the newest revision on the writer's screen; null before the first. */
    basedOn: z.int().min(1).nullable(),
    /** The draft's revision on the writer's screen; null when there was none. */
    revision: revisionField.nullable(),
  }),
  response: z.object({
    revision: revisionField,
    updatedAt: z.iso.datetime(),
    /** False when the words are again those of the newest revision. */
    ahead: z.boolean(),
  }),
})

export const saveScriptRevision = defineEndpoint({
  route: 'POST /api/contents/:contentId/script/revisions',
  summary: 'Freeze the text as the next numbered revision; a standing sign-off is voided by it',
  params,
  body: z.strictObject({
    body: scriptBody,
    note: z.string().trim().max(200).default(''),
    basedOn: z.int().min(1).nullable(),
    draftRevision: revisionField.nullable(),
  }),
  response: scriptView,
})

export const getScriptRevision = defineEndpoint({
  route: 'GET /api/contents/:contentId/script/revisions/:number',
  summary: 'One revision with its text',
  params: params.extend({ number: z.coerce.number().int().min(1) }),
  response: scriptRevision,
})

export const createSignOffLink = defineEndpoint({
  route: 'POST /api/contents/:contentId/sign-off-links',
  summary: 'A single-use link that opens this item’s sign-off on the doctor’s phone',
  params,
  response: z.object({ url: z.string(), expiresAt: z.iso.datetime(), doctorName: z.string() }),
})

export const waitingSignOff = z.object({
  ...item,
  revisionNumber: z.int(),
  author: person,
  /** Since when it stands with the doctor. */
  waitingSince: z.iso.datetime(),
  /** Characters to be spoken. */
  characters: z.int(),
  /** The newest revision this person has read to the end; null when none. */
  seenNumber: z.int().nullable(),
  draftAhead: z.boolean(),
  /** The latest decision there was before it came to wait again. */
  last: signOff.nullable(),
})
export type WaitingSignOff = z.infer<typeof waitingSignOff>

export const listWaitingSignOffs = defineEndpoint({
  route: 'GET /api/sign-offs',
  summary: 'What waits for my sign-off, most urgent first',
  response: z.object({ items: z.array(waitingSignOff) }),
})

export const signOffCase = z.object({
  ...item,
  newest: scriptRevision,
  /** The revision this person read last, when it is not the newest: what to compare with. */
  seen: scriptRevision.nullable(),
  seenNumber: z.int().nullable(),
  /** Who has written on since the newest revision, if anybody. */
  draftAhead: z.object({ by: person, at: z.iso.datetime() }).nullable(),
  /** Every decision of the doctor, newest first. */
  signOffs: z.array(signOff),
})
export type SignOffCase = z.infer<typeof signOffCase>

export const getSignOffCase = defineEndpoint({
  route: 'GET /api/sign-offs/:contentId',
  summary: 'One script to sign: its text and what changed since I last read it',
  params,
  response: signOffCase,
})

export const markScriptSeen = defineEndpoint({
  route: 'POST /api/sign-offs/:contentId/seen',
  summary: 'I have read this revision to the end',
  params,
  body: z.strictObject({ revisionNumber: z.int().min(1) }),
  response: z.object({ seenNumber: z.int() }),
})

export const decideSignOff = defineEndpoint({
  route: 'POST /api/sign-offs/:contentId/decide',
  summary: 'Sign the newest revision, or send it back; binds to its SHA-256',
  params,
  body: z.strictObject({
    revisionNumber: z.int().min(1),
    sha256,
    decision: z.enum(signOffDecisions),
    reasons: z.array(z.enum(returnReasons)).max(returnReasons.length).default([]),
    comment: z.string().trim().max(500).default(''),
    confirmedName: z.string().trim().max(30).default(''),
  }),
  response: z.object({ signOff, stage: z.enum(stages) }),
})
