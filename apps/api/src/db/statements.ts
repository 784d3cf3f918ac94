import type Sqlite from 'better-sqlite3'

/** Far more than the product has shapes of queries; a query built from a list of ids makes one per length. */
const KEPT = 1_000

/**
 * The same connection, but the text of a query is parsed and planned once. Drizzle builds each text anew and would
 * have SQLite compile it every time, which costs several times what running it does. Statements run to their end
 * at once here (never `iterate`), so one can be used again as soon as it is handed out.
 */
export function rememberingStatements(connection: Sqlite.Database): Sqlite.Database {
  const kept = new Map<string, Sqlite.Statement>()
  const prepare = (text: string): Sqlite.Statement => {
    const known = kept.get(text)
    if (known) {
      // Put back at the end: the first of the map is the one unused for longest.
      kept.delete(text)
      kept.set(text, known)
      return known
    }
    const made = connection.prepare(text)
    kept.set(text, made)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '')
    return made
  }
  // All the rest is the connection itself; its own `prepare` stays as it is for whoever holds it.
  return Object.create(connection, { prepare: { value: prepare, writable: true } })
}
