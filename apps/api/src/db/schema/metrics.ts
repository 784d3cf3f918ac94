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
    kind: text('kind', {
      enum: ['douyin_works', 'xiaohongshu_notes', 'visits', 'orders', 'costs'],
    }).notNull(),
    accountId: text('account_id'),
    fileName: text('file_name').notNull(),
    fileSha256: text('file_sha256').notNull(),
    headerFingerprint: text('header_fingerprint').notNull().default(''),
    /** The moment the figures in the file are true for. */
    asOf: instant('as_of').notNull(),
    /** Rows by fate. */
    counts: text('counts', { mode: 'json' }).$type<Record<string, number>>().notNull(),
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
    fate: text('fate', {
      enum: [
        'added',
        'updated',
        'unchanged',
        'duplicate',
        'needs_person',
        'unmatched',
        'invalid',
        'ignored',
      ],
    }).notNull(),
    label: text('label').notNull(),
    messageKey: text('message_key'),
    messageValues: text('message_values', { mode: 'json' }).$type<
      Record<string, string | number>
    >(),
    publicationId: text('publication_id'),
    candidates: text('candidates', { mode: 'json' }).$type<string[]>().notNull().default([]),
    /** The parsed row, kept so that a person's answer can be applied later. */
    parsed: text('parsed', { mode: 'json' }),
    resolvedBy: text('resolved_by'),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [uniqueIndex('import_rows_number').on(t.importId, t.rowNumber)],
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
    kind: text('kind').notNull(),
    amountFen: integer('amount_fen').notNull(),
    rowHash: text('row_hash').notNull(),
    importId: text('import_id'),
  },
  (t) => [uniqueIndex('costs_once').on(t.institutionId, t.rowHash)],
)
