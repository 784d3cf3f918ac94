import type { Stage } from '@xingbo/shared/content/stage'
import { and, eq, inArray, max, min, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { contentItems } from '../../db/schema/content.ts'

export type ContentRow = typeof contentItems.$inferSelect

/** Room between two neighbours of a fresh column. */
const STEP = 1024
/** Below this the column is numbered anew: doubles near a million still tell such steps apart. */
const LEAST_GAP = 1e-6

export async function findContentRow(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<ContentRow | undefined> {
  const [row] = await db
    .select()
    .from(contentItems)
    .where(and(eq(contentItems.institutionId, institutionId), eq(contentItems.id, contentId)))
  return row
}

/** The place below everything that stands in a column. */
export async function bottomOf(db: Reader, institutionId: string, stage: Stage): Promise<number> {
  const [row] = await db
    .select({ last: max(contentItems.position) })
    .from(contentItems)
    .where(and(eq(contentItems.institutionId, institutionId), eq(contentItems.stage, stage)))
  return (row?.last ?? 0) + STEP
}

/** The place above everything that stands in a column. */
export async function topOf(db: Reader, institutionId: string, stage: Stage): Promise<number> {
  const [row] = await db
    .select({ first: min(contentItems.position) })
    .from(contentItems)
    .where(and(eq(contentItems.institutionId, institutionId), eq(contentItems.stage, stage)))
  return (row?.first ?? STEP * 2) - STEP
}

/** The place right below `afterId`; undefined when that item does not stand in the column (any more). */
export async function placeAfter(
  tx: Tx,
  institutionId: string,
  stage: Stage,
  afterId: string,
): Promise<number | undefined> {
  const inColumn = and(eq(contentItems.institutionId, institutionId), eq(contentItems.stage, stage))
  const [above] = await tx
    .select({ position: contentItems.position })
    .from(contentItems)
    .where(and(inColumn, eq(contentItems.id, afterId)))
  if (!above) return undefined
  const [below] = await tx
    .select({ position: min(contentItems.position) })
    .from(contentItems)
    .where(and(inColumn, sql`${contentItems.position} > ${above.position}`))
  if (below?.position == null) return above.position + STEP
  if (below.position - above.position > LEAST_GAP) return (above.position + below.position) / 2
  const ids = await tx
    .select({ id: contentItems.id })
    .from(contentItems)
    .where(inColumn)
    .orderBy(contentItems.position, contentItems.id)
  for (const [i, { id }] of ids.entries())
    await tx
      .update(contentItems)
      .set({ position: (i + 1) * STEP })
      .where(eq(contentItems.id, id))
  return (ids.findIndex(({ id }) => id === afterId) + 1) * STEP + STEP / 2
}

/** Compare-and-set on the stage (and the revision, when given); undefined when somebody came first. */
export async function setStage(
  tx: Tx,
  key: { institutionId: string; id: string; from: readonly Stage[]; revision?: number },
  set: {
    stage: Stage
    resumeStage: Stage | null
    stageReason: string
    position: number
    at: Date
    by: string
  },
): Promise<ContentRow | undefined> {
  const { at, by, ...columns } = set
  const [row] = await tx
    .update(contentItems)
    .set({
      ...columns,
      stageEnteredAt: at,
      updatedAt: at,
      updatedBy: by,
      revision: sql`${contentItems.revision} + 1`,
    })
    .where(
      and(
        eq(contentItems.institutionId, key.institutionId),
        eq(contentItems.id, key.id),
        inArray(contentItems.stage, [...key.from]),
        key.revision === undefined ? undefined : eq(contentItems.revision, key.revision),
      ),
    )
    .returning()
  return row
}

/** Changes where a paused item goes back to. */
export async function setResumeStage(
  tx: Tx,
  institutionId: string,
  id: string,
  resumeStage: Stage,
  at: Date,
): Promise<void> {
  await tx
    .update(contentItems)
    .set({ resumeStage, updatedAt: at, revision: sql`${contentItems.revision} + 1` })
    .where(
      and(
        eq(contentItems.institutionId, institutionId),
        eq(contentItems.id, id),
        eq(contentItems.stage, 'on_hold'),
      ),
    )
}
