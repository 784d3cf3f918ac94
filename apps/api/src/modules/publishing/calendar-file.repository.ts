import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { contentItems } from '../../db/schema/content.ts'

/** Accounts a file may name. */
export const listNamedAccounts = (db: Reader, institutionId: string) =>
  db
    .select({
      id: accounts.id,
      platform: accounts.platform,
      name: accounts.displayName,
      handle: accounts.handle,
    })
    .from(accounts)
    .where(and(eq(accounts.institutionId, institutionId), isNull(accounts.archivedAt)))
    .orderBy(asc(accounts.platform), asc(accounts.displayName), asc(accounts.id))

/** Items a file names by number or by title. */
export const listNamedItems = (
  db: Reader,
  institutionId: string,
  ids: readonly string[],
  titles: readonly string[],
) =>
  db
    .select({ id: contentItems.id, title: contentItems.title, stage: contentItems.stage })
    .from(contentItems)
    .where(
      and(
        eq(contentItems.institutionId, institutionId),
        or(inArray(contentItems.id, [...ids]), inArray(contentItems.title, [...titles])),
      ),
    )

/** Items that wait for a date, in the order of the board. */
export const listReadyItems = (db: Reader, institutionId: string, limit: number) =>
  db
    .select({ id: contentItems.id, title: contentItems.title })
    .from(contentItems)
    .where(and(eq(contentItems.institutionId, institutionId), eq(contentItems.stage, 'ready')))
    .orderBy(asc(contentItems.position), asc(contentItems.id))
    .limit(limit)
