import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, tenant } from './columns.ts'

/** The text being written, saved as it is typed; one per content item. */
export const scriptDrafts = sqliteTable('script_drafts', {
  contentId: text('content_id').primaryKey(),
  institutionId: tenant(),
  /** ScriptBody of shared/scripts. */
  body: text('body', { mode: 'json' }).notNull(),
  /** The revision this draft started from; null before the first. */
  basedOn: integer('based_on'),
  revision: integer('revision').notNull().default(1),
  updatedBy: text('updated_by').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** A numbered, frozen script. `sha256` is over the canonical JSON of its body; a sign-off binds to it. */
export const scriptRevisions = sqliteTable(
  'script_revisions',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    contentId: text('content_id').notNull(),
    number: integer('number').notNull(),
    body: text('body', { mode: 'json' }).notNull(),
    sha256: text('sha256').notNull(),
    note: text('note').notNull().default(''),
    authorId: text('author_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('script_revisions_number').on(t.contentId, t.number)],
)

export const signOffs = sqliteTable(
  'sign_offs',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    contentId: text('content_id').notNull(),
    revisionId: text('revision_id').notNull(),
    revisionNumber: integer('revision_number').notNull(),
    sha256: text('sha256').notNull(),
    doctorId: text('doctor_id').notNull(),
    userId: text('user_id').notNull(),
    decision: text('decision', { enum: ['approved', 'returned'] }).notNull(),
    reasons: text('reasons', { mode: 'json' }).$type<string[]>().notNull().default([]),
    comment: text('comment').notNull().default(''),
    confirmedName: text('confirmed_name').notNull().default(''),
    via: text('via', { enum: ['password', 'link'] }).notNull(),
    decidedAt: instant('decided_at').notNull(),
    voidedAt: instant('voided_at'),
    voidedBy: text('voided_by'),
    voidReason: text('void_reason'),
  },
  (t) => [index('sign_offs_content').on(t.contentId)],
)

/** The last revision a doctor has looked at, to show what changed since. */
export const scriptViews = sqliteTable(
  'script_views',
  {
    contentId: text('content_id').notNull(),
    userId: text('user_id').notNull(),
    institutionId: tenant(),
    revisionNumber: integer('revision_number').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [uniqueIndex('script_views_pair').on(t.contentId, t.userId)],
)
