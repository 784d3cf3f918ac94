import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { noteChange, type Reader, type Tx } from '../../db/database.ts'
import { contentItems } from '../../db/schema/content.ts'
import { doctors } from '../../db/schema/doctors.ts'
import { users } from '../../db/schema/identity.ts'
import { scriptDrafts, scriptRevisions, signOffs } from '../../db/schema/scripts.ts'

type ItemRow = typeof contentItems.$inferSelect
type DraftRow = typeof scriptDrafts.$inferSelect
type RevisionRow = typeof scriptRevisions.$inferSelect
type SignOffRow = typeof signOffs.$inferSelect

/** The content item as its script sees it. */
export type ScriptItem = Pick<
  ItemRow,
  'title' | 'stage' | 'nature' | 'platforms' | 'dueOn' | 'doctorId' | 'stageEnteredAt'
> & { contentId: string; doctorName: string | null }
export type Draft = Omit<DraftRow, 'body'> & { body: ScriptBody; updatedByName: string }
export type Revision = Omit<RevisionRow, 'body'> & { body: ScriptBody; authorName: string }
export type RevisionHead = Omit<Revision, 'body'>
export type SignOffView = SignOffRow & {
  doctorName: string
  signerName: string
  voidedByName: string | null
}

/** Somebody who is no longer in the table, or the product itself. */
const nameOr = (name: string | null) => name ?? '—'

const items = (db: Reader) =>
  db
    .select({
      contentId: contentItems.id,
      title: contentItems.title,
      stage: contentItems.stage,
      nature: contentItems.nature,
      platforms: contentItems.platforms,
      dueOn: contentItems.dueOn,
      doctorId: contentItems.doctorId,
      stageEnteredAt: contentItems.stageEnteredAt,
      doctorName: doctors.name,
    })
    .from(contentItems)
    .leftJoin(doctors, eq(doctors.id, contentItems.doctorId))

export async function findItem(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<ScriptItem | undefined> {
  const [row] = await items(db).where(
    and(eq(contentItems.institutionId, institutionId), eq(contentItems.id, contentId)),
  )
  return row
}

/** What stands with a doctor, most urgent first: by due day, those without one last, then the longest waiting. */
export async function listItemsWithDoctor(
  db: Reader,
  institutionId: string,
  doctorId: string,
): Promise<ScriptItem[]> {
  return items(db)
    .where(
      and(
        eq(contentItems.institutionId, institutionId),
        eq(contentItems.doctorId, doctorId),
        eq(contentItems.stage, 'doctor_review'),
      ),
    )
    .orderBy(
      sql`${contentItems.dueOn} is null`,
      contentItems.dueOn,
      contentItems.stageEnteredAt,
      contentItems.id,
    )
}

export async function findDraft(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<Draft | undefined> {
  const [row] = await db
    .select({ ...getTableColumns(scriptDrafts), name: users.displayName })
    .from(scriptDrafts)
    .leftJoin(users, eq(users.id, scriptDrafts.updatedBy))
    .where(
      and(eq(scriptDrafts.institutionId, institutionId), eq(scriptDrafts.contentId, contentId)),
    )
  if (!row) return undefined
  const { name, body, ...draft } = row
  return { ...draft, body: body as ScriptBody, updatedByName: nameOr(name) }
}

export async function insertDraft(tx: Tx, row: typeof scriptDrafts.$inferInsert): Promise<void> {
  await tx.insert(scriptDrafts).values(row)
}

/** Compare-and-set on the draft's revision; undefined when somebody saved first. */
export async function updateDraft(
  tx: Tx,
  key: { institutionId: string; contentId: string; revision: number },
  set: { body: ScriptBody; basedOn: number | null; updatedBy: string; updatedAt: Date },
): Promise<DraftRow | undefined> {
  const [row] = await tx
    .update(scriptDrafts)
    .set({ ...set, revision: key.revision + 1 })
    .where(
      and(
        eq(scriptDrafts.institutionId, key.institutionId),
        eq(scriptDrafts.contentId, key.contentId),
        eq(scriptDrafts.revision, key.revision),
      ),
    )
    .returning()
  return row
}

export async function deleteDraft(tx: Tx, institutionId: string, contentId: string): Promise<void> {
  await tx
    .delete(scriptDrafts)
    .where(
      and(eq(scriptDrafts.institutionId, institutionId), eq(scriptDrafts.contentId, contentId)),
    )
}

/** Tells open screens that the draft moved. Autosaves are many, so only their first is in the audit log. */
export const noteDraft = (tx: Tx, institutionId: string, contentId: string): void =>
  noteChange(tx, { institutionId, kind: 'script', id: contentId })

const { body: revisionBody, ...headColumns } = getTableColumns(scriptRevisions)

/** Newest first, without their texts. */
export async function listRevisionHeads(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<RevisionHead[]> {
  const rows = await db
    .select({ ...headColumns, name: users.displayName })
    .from(scriptRevisions)
    .leftJoin(users, eq(users.id, scriptRevisions.authorId))
    .where(
      and(
        eq(scriptRevisions.institutionId, institutionId),
        eq(scriptRevisions.contentId, contentId),
      ),
    )
    .orderBy(desc(scriptRevisions.number))
  return rows.map(({ name, ...head }) => ({ ...head, authorName: nameOr(name) }))
}

/** One revision with its text: the newest, or the one of a number. */
export async function findRevision(
  db: Reader,
  institutionId: string,
  contentId: string,
  number?: number,
): Promise<Revision | undefined> {
  const [row] = await db
    .select({ ...headColumns, body: revisionBody, name: users.displayName })
    .from(scriptRevisions)
    .leftJoin(users, eq(users.id, scriptRevisions.authorId))
    .where(
      and(
        eq(scriptRevisions.institutionId, institutionId),
        eq(scriptRevisions.contentId, contentId),
        number === undefined ? undefined : eq(scriptRevisions.number, number),
      ),
    )
    .orderBy(desc(scriptRevisions.number))
    .limit(1)
  if (!row) return undefined
  const { name, body, ...head } = row
  return { ...head, body: body as ScriptBody, authorName: nameOr(name) }
}

export async function insertRevision(
  tx: Tx,
  row: typeof scriptRevisions.$inferInsert,
): Promise<void> {
  await tx.insert(scriptRevisions).values(row)
}

const signers = alias(users, 'signers')
const voiders = alias(users, 'voiders')

/** Every decision on an item, newest first. */
export async function listSignOffs(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<SignOffView[]> {
  const rows = await db
    .select({
      ...getTableColumns(signOffs),
      doctor: doctors.name,
      signer: signers.displayName,
      voider: voiders.displayName,
    })
    .from(signOffs)
    .leftJoin(doctors, eq(doctors.id, signOffs.doctorId))
    .leftJoin(signers, eq(signers.id, signOffs.userId))
    .leftJoin(voiders, eq(voiders.id, signOffs.voidedBy))
    .where(and(eq(signOffs.institutionId, institutionId), eq(signOffs.contentId, contentId)))
    .orderBy(desc(signOffs.decidedAt), desc(signOffs.id))
  return rows.map(({ doctor, signer, voider, ...row }) => ({
    ...row,
    doctorName: nameOr(doctor),
    signerName: nameOr(signer),
    voidedByName: voider,
  }))
}
