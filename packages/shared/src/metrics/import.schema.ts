import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { pageOf } from '../pagination.ts'
import { publicationStates } from '../publishing/publication-state.ts'
import { importAnswers } from './import-answer.ts'
import { importRowFates } from './import-fate.ts'
import { importKinds } from './import-kind.ts'

/** A file of more bytes is refused before it is read. */
export const importFileBytes = 20_000_000

/** A sentence of the server with its values; `say` puts it into the reader's language. */
const reason = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const importSummary = z.object({
  id: z.string(),
  kind: z.enum(importKinds),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  platform: z.enum(platforms).nullable(),
  fileName: z.string(),
  /** The moment the figures in the file are true for. */
  asOf: z.iso.datetime(),
  /** Rows by fate, and all of them. */
  counts: z.partialRecord(z.enum(importRowFates), z.int()),
  rows: z.int(),
  createdByName: z.string(),
  createdAt: z.iso.datetime(),
})
export type ImportSummary = z.infer<typeof importSummary>

const boundPublication = z.object({
  publicationId: z.string(),
  title: z.string(),
  /** When it went out as far as we know: the proven time, else the planned one. */
  at: z.iso.datetime(),
  state: z.enum(publicationStates),
})

export const importCandidate = boundPublication.extend({
  /** From its time to the row's, in seconds. */
  offsetSeconds: z.int(),
  reason,
})
export type ImportCandidate = z.infer<typeof importCandidate>

export const importRow = z.object({
  id: z.string(),
  /** As a spreadsheet counts, from 1. */
  rowNumber: z.int(),
  fate: z.enum(importRowFates),
  /** What the row is about: a title, a day and department, an order number; never a name or phone. */
  label: z.string(),
  /** Of works: when the platform says it went out, and its plays. */
  publishedAt: z.iso.datetime().nullable(),
  plays: z.int().nullable(),
  reasons: z.array(reason),
  publication: boundPublication.nullable(),
  candidates: z.array(importCandidate),
  /** Of a cost: an earlier file said something else in its place. */
  replaces: z.boolean(),
  answer: z.enum(importAnswers).nullable(),
  resolvedByName: z.string().nullable(),
  resolvedAt: z.iso.datetime().nullable(),
})
export type ImportRow = z.infer<typeof importRow>

const importParams = z.object({ importId: z.string() })

export const listImports = defineEndpoint({
  route: 'GET /api/imports',
  summary: 'Imported files, newest first, with how many rows had which fate',
  query: z.object({
    kind: z.enum(importKinds).optional().catch(undefined),
    page: z.coerce.number().int().min(1).default(1).catch(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20).catch(20),
  }),
  response: pageOf(importSummary),
})

/**
 * multipart/form-data: `kind`, `accountId` (works only), `asOf` (an instant, optional) and, last, `file`.
 * `asOf` is now unless given; the same file again keeps the moment it was first given.
 */
export const createImport = defineEndpoint({
  route: 'POST /api/imports',
  summary: 'Import an export file; every row gets a fate, and the same rows again change nothing',
  response: importSummary,
})

export const getImport = defineEndpoint({
  route: 'GET /api/imports/:importId',
  summary: 'One import and its rows, by fate',
  params: importParams,
  query: z.object({
    fate: z.enum(importRowFates).optional().catch(undefined),
    page: z.coerce.number().int().min(1).default(1).catch(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50).catch(50),
  }),
  response: z.object({ import: importSummary, rows: pageOf(importRow) }),
})

export const getImportReport = defineEndpoint({
  route: 'GET /api/imports/:importId/report',
  summary: 'The fate of every row as a CSV file, in the reader’s language',
  params: importParams,
  response: z.unknown(),
})

export const resolveImportRow = defineEndpoint({
  route: 'POST /api/imports/:importId/rows/:rowId/resolve',
  summary: 'Answer a row that waits for a person; the answer is remembered for later files',
  params: importParams.extend({ rowId: z.string() }),
  body: z.discriminatedUnion('answer', [
    z.object({ answer: z.literal('bind'), publicationId: z.string().max(60) }),
    z.object({ answer: z.literal('leave_out') }),
    z.object({ answer: z.literal('accept') }),
    z.object({ answer: z.literal('replace') }),
  ]),
  response: importRow,
})
