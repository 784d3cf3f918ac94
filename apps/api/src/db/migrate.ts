import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Database } from './database.ts'

const folder = fileURLToPath(new URL('../../../../drizzle', import.meta.url))

/** Brings the file to the newest schema. Each migration is one transaction: old or new, nothing between. */
export function migrateDatabase(db: Database): void {
  migrate(drizzle(db.writer), { migrationsFolder: folder })
}

/** Damage found before the product starts on top of it; empty when the file is sound. */
export function checkDatabase(db: Database): string[] {
  const rows = db.writer.pragma('quick_check') as { quick_check: string }[]
  return rows.map((row) => row.quick_check).filter((line) => line !== 'ok')
}
