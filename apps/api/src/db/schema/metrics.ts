import type { Message } from '@xingbo/shared/messages'
import { costKinds } from '@xingbo/shared/metrics/cost-kind'
import { importAnswers } from '@xingbo/shared/metrics/import-answer'
import { type ImportCounts, importRowFates } from '@xingbo/shared/metrics/import-fate'
import { importKinds } from '@xingbo/shared/metrics/import-kind'
import type { MatchCandidate } from '@xingbo/shared/metrics/matching.rules'
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, tenant } from './columns.ts'

/** Counts of one publication as of one moment. Null is unknown, never zero. */
export const metricSnapshots = sqliteTable(
  'metric_snapshots',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    publicationId: text('publication_id').notNull(),
    source: text('source', { enum: ['api', 'import', 'webhook', 'manual'] }).notNull(),
    importId: text('import_id'),
    asOf: instant('as_of').notNull(),
    impressions: integer('impressions'),
    plays: integer('plays'),
    likes: integer('likes'),
    comments: integer('comments'),
    shares: integer('shares'),
    favorites: integer('favorites'),
    profileVisits: integer('profile_visits'),
    followersGained: integer('followers_gained'),
    completionRate: real('completion_rate'),
    avgPlaySeconds: real('avg_play_seconds'),
    coverClickRate: real('cover_click_rate'),
  },
  (t) => [
    uniqueIndex('metric_snapshots_once').on(t.publicationId, t.source, t.asOf),
    index('metric_snapshots_institution').on(t.institutionId, t.asOf),
  ],
)

export const imports = sqliteTable(
  'imports',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    kind: text('kind', { enum: importKinds }).notNull(),
    accountId: text('account_id'),
    fileName: text('file_name').notNull(),
    fileSha256: text('file_sha256').notNull(),
    headerFingerprint: text('header_fingerprint').notNull().default(''),
    /** The moment the figures in the file are true for. */
    asOf: instant('as_of').notNull(),
    /** Rows by fate. */
    counts: text('counts', { mode: 'json' }).$type<ImportCounts>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('imports_institution').on(t.institutionId, t.createdAt)],
)

/** What became of each row of an imported file. Rows about patients keep no name and no phone here. */
export const importRows = sqliteTable(
  'import_rows',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    importId: text('import_id').notNull(),
    rowNumber: integer('row_number').notNull(),
    fate: text('fate', { enum: importRowFates }).notNull(),
    label: text('label').notNull(),
    /** Why it has this fate, the weightiest first, then what else was noticed. */
    reasons: text('reasons', { mode: 'json' }).$type<Message[]>().notNull().default([]),
    /**
     * The same row has the same key in a later file, so that nobody is asked twice: a work's `workKey`, a
     * hash for the rest (an HMAC where patients are concerned). Null where nothing could be read.
     */
    rowKey: text('row_key'),
    publicationId: text('publication_id'),
    candidates: text('candidates', { mode: 'json' })
      .$type<MatchCandidate[]>()
      .notNull()
      .default([]),
    /** What waits for a person's answer, so that the answer can be applied; names and phones as HMACs only. */
    parsed: text('parsed', { mode: 'json' }),
    answer: text('answer', { enum: importAnswers }),
    resolvedBy: text('resolved_by'),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [
    uniqueIndex('import_rows_number').on(t.importId, t.rowNumber),
    index('import_rows_key').on(t.institutionId, t.rowKey),
  ],
)

export const costs = sqliteTable(
  'costs',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    /** `YYYY-MM`. */
    month: text('month').notNull(),
    specialtyLineId: text('specialty_line_id'),
    accountId: text('account_id'),
    kind: text('kind', { enum: costKinds }).notNull(),
    /** Negative for a credit. */
    amountFen: integer('amount_fen').notNull(),
    rowHash: text('row_hash').notNull(),
    importId: text('import_id'),
  },
  (t) => [uniqueIndex('costs_once').on(t.institutionId, t.rowHash)],
)
