import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './columns.ts'

/** Append-only: triggers refuse UPDATE and DELETE, and each row's hash covers the one before it. */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    institutionId: text('institution_id').notNull(),
    at: instant('at').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    /** Never a patient's name or phone: by reference only. */
    detail: text('detail', { mode: 'json' }).notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    index('audit_institution').on(t.institutionId, t.seq),
    index('audit_subject').on(t.subjectType, t.subjectId),
  ],
)

/** Work to ring the queue with once the change that asked for it is on disk. */
export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  job: text('job').notNull(),
  payload: text('payload', { mode: 'json' }).notNull(),
  jobId: text('job_id').notNull(),
  runAt: instant('run_at').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** Small facts about the data folder itself, e.g. whether the demo was loaded. */
export const meta = sqliteTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

/** What a write with an `Idempotency-Key` was answered, so that the same write sent again gets the same answer. */
export const answeredRequests = sqliteTable(
  'answered_requests',
  {
    /** SHA-256 of who, in which institution, on which route, with which key. */
    id: text('id').primaryKey(),
    /** SHA-256 of the address and body the key was first used with. */
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    body: text('body').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('answered_requests_at').on(t.at)],
)
