import { integer, text } from 'drizzle-orm/sqlite-core'

/** An instant, stored as UTC milliseconds. */
export const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })
/** A calendar day as `YYYY-MM-DD`; it has no zone of its own. */
export const day = (name: string) => text(name)
export const flag = (name: string) => integer(name, { mode: 'boolean' })
/** The tenant column; every query filters by it. */
export const tenant = () => text('institution_id').notNull()
/** What every editable row carries: an optimistic lock, who touched it last, and a way out of the lists. */
export const editable = () => ({
  revision: integer('revision').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  updatedBy: text('updated_by'),
  archivedAt: instant('archived_at'),
})
