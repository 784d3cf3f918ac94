import { natures } from '@xingbo/shared/content/stage'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag, instant, tenant } from './columns.ts'

/** One run of the engine over one script revision; decisions stand only on a run of that very revision. */
export const complianceRuns = sqliteTable(
  'compliance_runs',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    contentId: text('content_id').notNull(),
    revisionId: text('revision_id').notNull(),
    revisionNumber: integer('revision_number').notNull(),
    sha256: text('sha256').notNull(),
    nature: text('nature', { enum: natures }).notNull(),
    engineVersion: text('engine_version').notNull(),
    ranBy: text('ran_by').notNull(),
    ranAt: instant('ran_at').notNull(),
  },
  (t) => [index('compliance_runs_content').on(t.contentId)],
)

export const findings = sqliteTable(
  'findings',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    runId: text('run_id').notNull(),
    contentId: text('content_id').notNull(),
    ruleId: text('rule_id').notNull(),
    /** The engine's whole finding (EngineFinding of shared/compliance). */
    detail: text('detail', { mode: 'json' }).notNull(),
    severity: text('severity', { enum: ['block', 'review', 'hint'] }).notNull(),
    waivable: flag('waivable').notNull(),
    /** Ordinal inside the run, in reading order. */
    position: integer('position').notNull(),
    waivedBy: text('waived_by'),
    waivedAt: instant('waived_at'),
    waiverReason: text('waiver_reason'),
  },
  (t) => [index('findings_run').on(t.runId)],
)

export const complianceDecisions = sqliteTable(
  'compliance_decisions',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    contentId: text('content_id').notNull(),
    runId: text('run_id').notNull(),
    sha256: text('sha256').notNull(),
    decision: text('decision', { enum: ['passed', 'returned'] }).notNull(),
    reason: text('reason').notNull(),
    reviewerId: text('reviewer_id').notNull(),
    decidedAt: instant('decided_at').notNull(),
    voidedAt: instant('voided_at'),
  },
  (t) => [index('compliance_decisions_content').on(t.contentId)],
)
