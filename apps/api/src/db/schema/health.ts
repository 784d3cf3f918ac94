import { alarmSignals } from '@xingbo/shared/health/alarm'
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant } from './columns.ts'

/** One episode of something being wrong: told when it begins and when it ends, not in between. */
export const alarms = sqliteTable(
  'alarms',
  {
    id: text('id').primaryKey(),
    /** Null: it concerns the whole installation. */
    institutionId: text('institution_id'),
    signal: text('signal', { enum: alarmSignals }).notNull(),
    /** Whom it is about, e.g. an account's id; empty where the signal says it all. */
    subjectId: text('subject_id').notNull().default(''),
    /** Name of the subject and figures, for the sentence. */
    values: text('values', { mode: 'json' }).$type<Record<string, string | number>>().notNull(),
    beganAt: instant('began_at').notNull(),
    endedAt: instant('ended_at'),
    /** Highest value seen, in the signal's unit. */
    worst: integer('worst'),
  },
  (t) => [
    uniqueIndex('alarms_open').on(t.signal, t.subjectId).where(sql`ended_at is null`),
    index('alarms_began').on(t.beganAt),
  ],
)
