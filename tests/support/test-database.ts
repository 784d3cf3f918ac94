import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type Database, openDatabase } from '../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../apps/api/src/db/migrate.ts'

let template: Buffer | null = null

/** The schema of drizzle/, made once per worker and copied for each test. */
function emptyDatabase(): Buffer {
  if (template) return template
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-template-'))
  const file = join(dir, 'template.db')
  const db = openDatabase(file)
  migrateDatabase(db)
  db.close()
  const sqlite = new Sqlite(file)
  template = sqlite.serialize()
  sqlite.close()
  rmSync(dir, { recursive: true })
  return template
}

/** A folder of its own for one test, with an empty database in it; both go when the test ends. */
export function freshDatabase(): { db: Database; dir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-test-'))
  const file = join(dir, 'xingbo.db')
  writeFileSync(file, emptyDatabase())
  const db = openDatabase(file)
  onTestFinished(() => {
    db.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return { db, dir }
}
