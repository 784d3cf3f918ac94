import type { ImportCounts } from '@xingbo/shared/metrics/import-fate'
import type { ImportKind } from '@xingbo/shared/metrics/import-kind'
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { users } from '../../db/schema/identity.ts'
import { departments, institutions, specialtyLines } from '../../db/schema/institutions.ts'
import { touchTokens } from '../../db/schema/leads.ts'
import { importRows, imports } from '../../db/schema/metrics.ts'

export type ImportRecord = typeof imports.$inferSelect
export type ImportRowRecord = typeof importRows.$inferSelect
export type NewImportRow = typeof importRows.$inferInsert
export type ImportView = {
  row: ImportRecord
  accountName: string | null
  platform: (typeof accounts.$inferSelect)['platform'] | null
  createdByName: string | null
}

const view = (db: Reader) =>
  db
    .select({
      row: imports,
      accountName: accounts.displayName,
      platform: accounts.platform,
      createdByName: users.displayName,
    })
    .from(imports)
    .leftJoin(accounts, eq(accounts.id, imports.accountId))
    .leftJoin(users, eq(users.id, imports.createdBy))

export async function listImportViews(
  db: Reader,
  institutionId: string,
  filter: { kind?: ImportKind | undefined; page: number; pageSize: number },
): Promise<{ items: ImportView[]; total: number }> {
  const where = and(
    eq(imports.institutionId, institutionId),
    filter.kind && eq(imports.kind, filter.kind),
  )
  const items = await view(db)
    .where(where)
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
  const [total] = await db.select({ n: count() }).from(imports).where(where)
  return { items, total: total?.n ?? 0 }
}

export async function findImportView(
  db: Reader,
  institutionId: string,
  id: string,
): Promise<ImportView | undefined> {
  const [row] = await view(db).where(
    and(eq(imports.institutionId, institutionId), eq(imports.id, id)),
  )
  return row
}

/** The first import of these very bytes as this kind, for this account. */
export async function findSameFile(
  db: Reader,
  key: { institutionId: string; kind: ImportKind; accountId: string | null; fileSha256: string },
) {
  const [row] = await db
    .select({ id: imports.id, asOf: imports.asOf })
    .from(imports)
    .where(
      and(
        eq(imports.institutionId, key.institutionId),
        eq(imports.kind, key.kind),
        eq(imports.fileSha256, key.fileSha256),
        key.accountId === null ? isNull(imports.accountId) : eq(imports.accountId, key.accountId),
      ),
    )
    .orderBy(asc(imports.createdAt), asc(imports.id))
    .limit(1)
  return row
}

export async function insertImport(tx: Tx, row: typeof imports.$inferInsert): Promise<void> {
  await tx.insert(imports).values(row)
}

export async function insertImportRows(tx: Tx, rows: readonly NewImportRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(importRows).values([...rows])
}

export async function setCounts(tx: Tx, id: string, counts: ImportCounts): Promise<void> {
  await tx.update(imports).set({ counts }).where(eq(imports.id, id))
}

export async function countRows(db: Reader, importId: string): Promise<ImportCounts> {
  const rows = await db
    .select({ fate: importRows.fate, n: count() })
    .from(importRows)
    .where(eq(importRows.importId, importId))
    .groupBy(importRows.fate)
  return Object.fromEntries(rows.map(({ fate, n }) => [fate, n]))
}

export type ImportRowView = ImportRowRecord & { resolvedByName: string | null }

const rowView = (db: Reader) =>
  db
    .select({ row: importRows, resolvedByName: users.displayName })
    .from(importRows)
    .leftJoin(users, eq(users.id, importRows.resolvedBy))

/** In the order of the file. Without a page size: all of them. */
export async function listImportRows(
  db: Reader,
  importId: string,
  filter: {
    fate?: ImportRowRecord['fate'] | undefined
    page?: number
    pageSize?: number
  },
): Promise<{ items: ImportRowView[]; total: number }> {
  const where = and(
    eq(importRows.importId, importId),
    filter.fate && eq(importRows.fate, filter.fate),
  )
  const { page = 1, pageSize } = filter
  const query = rowView(db).where(where).orderBy(asc(importRows.rowNumber))
  const rows =
    pageSize === undefined ? await query : await query.limit(pageSize).offset((page - 1) * pageSize)
  const [total] = await db.select({ n: count() }).from(importRows).where(where)
  return {
    items: rows.map(({ row, resolvedByName }) => ({ ...row, resolvedByName })),
    total: total?.n ?? 0,
  }
}

export async function findImportRow(
  db: Reader,
  importId: string,
  id: string,
): Promise<ImportRowView | undefined> {
  const [found] = await rowView(db).where(
    and(eq(importRows.importId, importId), eq(importRows.id, id)),
  )
  return found && { ...found.row, resolvedByName: found.resolvedByName }
}

/** Compare-and-set: only a row nobody has answered takes an answer. */
export async function answerRow(
  tx: Tx,
  id: string,
  set: Partial<NewImportRow>,
): Promise<ImportRowRecord | undefined> {
  const [row] = await tx
    .update(importRows)
    .set(set)
    .where(and(eq(importRows.id, id), isNull(importRows.resolvedAt)))
    .returning()
  return row
}

/** Rows of one kind of file (for works: of one account) that carry a key, by what `which` asks for. */
async function listKeyedRows(
  db: Reader,
  scope: { institutionId: string; kind: ImportKind; accountId: string | null },
  which: 'answered' | 'waiting',
) {
  return db
    .select({
      id: importRows.id,
      importId: importRows.importId,
      asOf: imports.asOf,
      rowKey: sql<string>`${importRows.rowKey}`,
      fate: importRows.fate,
      answer: importRows.answer,
      publicationId: importRows.publicationId,
      reasons: importRows.reasons,
      parsed: importRows.parsed,
    })
    .from(importRows)
    .innerJoin(imports, eq(imports.id, importRows.importId))
    .where(
      and(
        eq(importRows.institutionId, scope.institutionId),
        isNotNull(importRows.rowKey),
        eq(imports.kind, scope.kind),
        scope.accountId === null
          ? isNull(imports.accountId)
          : eq(imports.accountId, scope.accountId),
        which === 'answered'
          ? isNotNull(importRows.resolvedAt)
          : and(
              isNull(importRows.resolvedAt),
              inArray(importRows.fate, ['needs_person', 'unmatched']),
            ),
      ),
    )
    .orderBy(asc(importRows.resolvedAt), asc(importRows.id))
}
type Scope = Parameters<typeof listKeyedRows>[1]

/** What people have answered so far, the oldest answer first. */
export const listAnswers = (db: Reader, scope: Scope) => listKeyedRows(db, scope, 'answered')
/** What still waits for an answer, or was matched to nothing, the oldest first. */
export const listWaiting = (db: Reader, scope: Scope) => listKeyedRows(db, scope, 'waiting')

/** Everything a file may call by name. Archived things are found too: a file may be older than they are. */
export async function listOwnNames(db: Reader, institutionId: string) {
  const own = { institutionId }
  const [institution] = await db
    .select({ name: institutions.name, shortName: institutions.shortName })
    .from(institutions)
    .where(eq(institutions.id, own.institutionId))
  return {
    institution,
    departments: await db
      .select({ id: departments.id, name: departments.name, aliases: departments.aliases })
      .from(departments)
      .where(eq(departments.institutionId, own.institutionId)),
    doctors: await db
      .select({ id: doctors.id, name: doctors.name })
      .from(doctors)
      .where(eq(doctors.institutionId, own.institutionId)),
    accounts: await db
      .select({ id: accounts.id, name: accounts.displayName })
      .from(accounts)
      .where(eq(accounts.institutionId, own.institutionId)),
    specialtyLines: await db
      .select({ id: specialtyLines.id, name: specialtyLines.name })
      .from(specialtyLines)
      .where(eq(specialtyLines.institutionId, own.institutionId)),
    touchTokens: await db
      .select({ token: touchTokens.token, accountId: touchTokens.accountId })
      .from(touchTokens)
      .where(eq(touchTokens.institutionId, own.institutionId)),
  }
}

export async function findImportAccount(db: Reader, institutionId: string, id: string) {
  const [row] = await db
    .select({ id: accounts.id, platform: accounts.platform, displayName: accounts.displayName })
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), eq(accounts.id, id)))
  return row
}

export async function findZone(db: Reader, institutionId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ zone: institutions.timeZone })
    .from(institutions)
    .where(eq(institutions.id, institutionId))
  return row?.zone
}
