import { and, asc, desc, eq, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { auditEntries } from '../../db/schema/audit.ts'
import { assets } from '../../db/schema/media.ts'
import { publications } from '../../db/schema/publishing.ts'
import { signOffs } from '../../db/schema/scripts.ts'

export type AuditRow = typeof auditEntries.$inferSelect
export type AuditFilter = {
  readonly actorId?: string | undefined
  readonly action?: string | undefined
  readonly subjectType?: string | undefined
  readonly subjectId?: string | undefined
  readonly contentId?: string | undefined
  /** Instants: from inclusive, to exclusive. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Only rows before this seq. */
  readonly before?: number | undefined
}

const { subjectType, subjectId } = auditEntries

/** Each part by the subject index; ids come from the item's own rows. */
function ofContent(contentId: string): SQL | undefined {
  return or(
    and(inArray(subjectType, ['content', 'script', 'compliance']), eq(subjectId, contentId)),
    and(
      eq(subjectType, 'asset'),
      sql`${subjectId} in (select ${assets.id} from ${assets} where ${assets.contentId} = ${contentId})`,
    ),
    and(
      eq(subjectType, 'publication'),
      sql`${subjectId} in (select ${publications.id} from ${publications} where ${publications.contentId} = ${contentId})`,
    ),
    and(
      eq(subjectType, 'sign_off'),
      sql`${subjectId} in (select ${signOffs.id} from ${signOffs} where ${signOffs.contentId} = ${contentId})`,
    ),
  )
}

/** Newest first. */
export async function listEntries(
  db: Reader,
  institutionId: string,
  filter: AuditFilter,
  limit: number,
): Promise<AuditRow[]> {
  const { actorId, action, from, to, before, contentId } = filter
  return db
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.institutionId, institutionId),
        actorId ? eq(auditEntries.actorId, actorId) : undefined,
        action ? eq(auditEntries.action, action) : undefined,
        filter.subjectType ? eq(subjectType, filter.subjectType) : undefined,
        filter.subjectId ? eq(subjectId, filter.subjectId) : undefined,
        contentId ? ofContent(contentId) : undefined,
        from ? gte(auditEntries.at, from) : undefined,
        to ? lt(auditEntries.at, to) : undefined,
        before ? lt(auditEntries.seq, before) : undefined,
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(limit)
}

/** A row as it lies on disk: `detail` unread, since what was tampered with may be no JSON. */
export type ChainRow = Omit<AuditRow, 'detail'> & { detailText: string }

export async function readChain(db: Reader, afterSeq: number, limit: number): Promise<ChainRow[]> {
  return db
    .select({
      seq: auditEntries.seq,
      institutionId: auditEntries.institutionId,
      at: auditEntries.at,
      actorId: auditEntries.actorId,
      actorName: auditEntries.actorName,
      action: auditEntries.action,
      subjectType: auditEntries.subjectType,
      subjectId: auditEntries.subjectId,
      detailText: sql<string>`${auditEntries.detail}`,
      prevHash: auditEntries.prevHash,
      hash: auditEntries.hash,
    })
    .from(auditEntries)
    .where(gt(auditEntries.seq, afterSeq))
    .orderBy(asc(auditEntries.seq))
    .limit(limit)
}

type Link = { readonly seq: number; readonly hash: string }

export async function findNewest(db: Reader): Promise<Link | undefined> {
  const [row] = await db
    .select({ seq: auditEntries.seq, hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.seq))
    .limit(1)
  return row
}

export async function findHashAt(db: Reader, seq: number): Promise<string | undefined> {
  const [row] = await db
    .select({ hash: auditEntries.hash })
    .from(auditEntries)
    .where(eq(auditEntries.seq, seq))
  return row?.hash
}

/** The highest seq ever given out, which SQLite keeps beside the table; 0 before the first. */
export async function highestSeqGiven(db: Reader): Promise<number> {
  const row = db.get<{ seq: number } | undefined>(
    sql`select seq from sqlite_sequence where name = 'audit_entries'`,
  )
  return row?.seq ?? 0
}
