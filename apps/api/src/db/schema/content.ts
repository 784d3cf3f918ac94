import type { platforms } from '@xingbo/shared/accounts/platform'
import { natures, stages } from '@xingbo/shared/content/stage'
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { day, editable, instant, tenant } from './columns.ts'

export const topics = sqliteTable(
  'topics',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    title: text('title').notNull(),
    specialtyLineId: text('specialty_line_id'),
    departmentId: text('department_id'),
    doctorId: text('doctor_id'),
    format: text('format').notNull().default(''),
    audience: text('audience').notNull().default(''),
    hook: text('hook').notNull().default(''),
    priority: integer('priority').notNull().default(2),
    note: text('note').notNull().default(''),
    ...editable(),
  },
  (t) => [index('topics_institution').on(t.institutionId)],
)

export const contentItems = sqliteTable(
  'content_items',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    topicId: text('topic_id'),
    title: text('title').notNull(),
    stage: text('stage', { enum: stages }).notNull(),
    /** Where it returns to when a hold is lifted. */
    resumeStage: text('resume_stage', { enum: stages }),
    stageEnteredAt: instant('stage_entered_at').notNull(),
    stageReason: text('stage_reason').notNull().default(''),
    nature: text('nature', { enum: natures }).notNull().default('science'),
    format: text('format').notNull().default('口播'),
    doctorId: text('doctor_id'),
    departmentId: text('department_id'),
    specialtyLineId: text('specialty_line_id'),
    ownerUserId: text('owner_user_id'),
    producerUserId: text('producer_user_id'),
    platforms: text('platforms', { mode: 'json' })
      .$type<(typeof platforms)[number][]>()
      .notNull()
      .default([]),
    dueOn: day('due_on'),
    /** Order inside a board column, lower first. */
    position: real('position').notNull(),
    /** The cut and cover that final review passed. */
    finalAssetId: text('final_asset_id'),
    coverAssetId: text('cover_asset_id'),
    ...editable(),
  },
  (t) => [index('content_items_board').on(t.institutionId, t.stage, t.position)],
)

/** A stop on a doctor, account, topic or content item; checked again inside the transaction that submits. */
export const holds = sqliteTable(
  'holds',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    kind: text('kind', { enum: ['doctor', 'account', 'topic', 'content'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    reason: text('reason').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    liftedBy: text('lifted_by'),
    liftedAt: instant('lifted_at'),
  },
  (t) => [index('holds_subject').on(t.institutionId, t.kind, t.subjectId)],
)
