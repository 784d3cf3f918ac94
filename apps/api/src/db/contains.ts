import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** `text` holds `q` somewhere, whatever the case of Latin letters; `%` and `_` in `q` mean themselves. */
export const contains = (text: AnyColumn | SQL, q: string): SQL =>
  sql`${text} like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`
