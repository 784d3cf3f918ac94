import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Reader, Tx } from './database.ts'

/**
 * A query that is asked at every step of every post: built once for each connection, not at each call. Building a
 * text takes several times what running it does.
 */
export function prepared<Q>(build: (db: Reader) => Q): (db: Reader) => Q {
  const made = new WeakMap<Reader, Q>()
  return (db) => {
    const known = made.get(db)
    if (known) return known
    const query = build(db)
    made.set(db, query)
    return query
  }
}

type Change<T extends SQLiteTable> = Partial<T['$inferInsert']>
type Update<T extends SQLiteTable> = { all(values: Record<string, unknown>): T['$inferSelect'][] }

/**
 * An UPDATE … RETURNING whose text is built once for each set of columns it is given. `where` speaks of its values
 * as `placeholder('key.<name>')`; `always` is set in every case.
 */
export function preparedUpdate<T extends SQLiteTable>(
  table: T,
  where: SQL | undefined,
  always: Readonly<Record<string, SQL>> = {},
) {
  const columns = getTableColumns(table)
  const shapes = prepared((_db) => new Map<string, Update<T>>())

  function build(tx: Tx, entries: readonly [string, unknown][]): Update<T> {
    const set = entries.map(([name, value]) => {
      const column = columns[name]
      if (!column) throw new Error(`there is no column ${name}`)
      // An encoder is not asked about null, so a null is part of the text.
      return [name, value === null ? sql`null` : sql`${sql.param(sql.placeholder(name), column)}`]
    })
    const given = { ...Object.fromEntries(set), ...always } as Parameters<
      ReturnType<typeof tx.update<T>>['set']
    >[0]
    return tx.update(table).set(given).where(where).returning().prepare() as unknown as Update<T>
  }

  return (tx: Tx, key: Readonly<Record<string, unknown>>, change: Change<T>) => {
    const entries = Object.entries(change).filter(([, value]) => value !== undefined)
    const shape = entries.map(([name, value]) => (value === null ? `${name}=null` : name)).join()
    const known = shapes(tx).get(shape) ?? build(tx, entries)
    shapes(tx).set(shape, known)
    const names = Object.entries(key).map(([name, value]) => [`key.${name}`, value])
    return known.all({ ...Object.fromEntries(entries), ...Object.fromEntries(names) })[0]
  }
}

/** An INSERT of always the same columns; every one of them must be given, and none may be null. */
export function preparedInsert<T extends SQLiteTable, C extends keyof T['$inferInsert'] & string>(
  table: T,
  names: readonly C[],
) {
  const statement = prepared((db) =>
    db
      .insert(table)
      .values(
        Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as T['$inferInsert'],
      )
      .prepare(),
  )
  return (tx: Tx): { run(row: Pick<T['$inferInsert'], C>): unknown } => statement(tx)
}
