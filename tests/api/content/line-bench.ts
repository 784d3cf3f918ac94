import type { ContentItem, listContents } from '@xingbo/shared/content/content.schema'
import type { Stage } from '@xingbo/shared/content/stage'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import {
  complianceDecisions,
  complianceRuns,
  findings,
} from '../../../apps/api/src/db/schema/compliance.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { assets } from '../../../apps/api/src/db/schema/media.ts'
import { scriptRevisions, signOffs } from '../../../apps/api/src/db/schema/scripts.ts'
import { testApp, testNow } from '../../support/test-app.ts'

type ItemRow = typeof contentItems.$inferInsert
type Board = z.output<typeof listContents.response>

export const sha = 'a'.repeat(64)
export const olderSha = 'b'.repeat(64)

/** What an item has behind it; left out means it is not there. */
export type Behind = {
  script?: true
  signed?: string
  ran?: string
  blocks?: number
  passed?: string
  cutBy?: string
}
export const everything: Behind = {
  script: true,
  signed: sha,
  ran: sha,
  passed: sha,
  cutBy: 'producer-a',
}

/** The app with helpers that put items anywhere on the line, with any history, past the rules. */
export async function lineBench() {
  const bench = await testApp()
  const { db, as } = bench
  let made = 0

  /** Puts one item of institution `a` on the board and returns its id. */
  async function item(stage: Stage, behind: Behind = {}, over: Partial<ItemRow> = {}) {
    made++
    const id = over.id ?? `item-${made}`
    const institutionId = over.institutionId ?? 'a'
    const base = { institutionId, contentId: id }
    await db.inTransaction(async (tx) => {
      await tx.insert(contentItems).values({
        id,
        institutionId,
        title: `内容${made}`,
        stage,
        stageEnteredAt: testNow,
        doctorId: `doc-${institutionId}`,
        platforms: ['douyin'],
        position: made * 1024,
        createdAt: testNow,
        updatedAt: testNow,
        finalAssetId: behind.cutBy ? `cut-${id}` : null,
        ...over,
      })
      if (behind.script)
        await tx.insert(scriptRevisions).values({
          ...base,
          id: `rev-${id}`,
          number: 1,
          body: {},
          sha256: sha,
          authorId: 'producer-a',
          createdAt: testNow,
        })
      if (behind.signed)
        await tx.insert(signOffs).values({
          ...base,
          id: `sig-${id}`,
          revisionId: `rev-${id}`,
          revisionNumber: 1,
          sha256: behind.signed,
          doctorId: `doc-${institutionId}`,
          userId: 'doctor-a',
          decision: 'approved',
          via: 'password',
          decidedAt: testNow,
        })
      if (behind.ran) {
        await tx.insert(complianceRuns).values({
          ...base,
          id: `run-${id}`,
          revisionId: `rev-${id}`,
          revisionNumber: 1,
          sha256: behind.ran,
          nature: 'science',
          engineVersion: 'test',
          ranBy: 'reviewer-a',
          ranAt: testNow,
        })
        for (let n = 0; n < (behind.blocks ?? 0); n++)
          await tx.insert(findings).values({
            ...base,
            id: `fin-${id}-${n}`,
            runId: `run-${id}`,
            ruleId: 'R01',
            detail: {},
            severity: 'block',
            waivable: true,
            position: n,
          })
      }
      if (behind.passed)
        await tx.insert(complianceDecisions).values({
          ...base,
          id: `dec-${id}`,
          runId: `run-${id}`,
          sha256: behind.passed,
          decision: 'passed',
          reason: '',
          reviewerId: 'reviewer-a',
          decidedAt: testNow,
        })
      if (behind.cutBy)
        await tx.insert(assets).values({
          ...base,
          id: `cut-${id}`,
          kind: 'cut',
          fileName: 'cut.mp4',
          mimeType: 'video/mp4',
          sizeBytes: 1,
          state: 'ready',
          uploadedBy: behind.cutBy,
          createdAt: testNow,
          readyAt: testNow,
        })
    })
    return id
  }
  const read = async (id: string) =>
    (await as('operator')(`/api/contents/${id}`)).body as ContentItem
  const board = async (query = '', who: 'operator' | 'doctor' = 'operator') =>
    (await as(who)(`/api/contents${query}`)).body as Board
  const column = async (stage: Stage, query = '') =>
    (await board(query)).columns.find((one) => one.stage === stage) ?? {
      stage,
      total: -1,
      overdue: -1,
      items: [],
    }
  /** A move by somebody, at the revision they would have on screen now unless one is given. */
  const move = async (
    who: Parameters<typeof as>[0],
    id: string,
    to: Stage,
    over: { reason?: string; afterId?: string | null; revision?: number } = {},
    language?: string,
  ) =>
    as(who)(`/api/contents/${id}/move`, {
      body: { to, revision: over.revision ?? (await revisionOf(id)), ...over },
      ...(language && { language }),
    })
  async function revisionOf(id: string) {
    const [row] = await db.read
      .select({ revision: contentItems.revision })
      .from(contentItems)
      .where(eq(contentItems.id, id))
    return row?.revision ?? 0
  }
  const acts = async (id: string) =>
    (
      await db.read
        .select({
          action: auditEntries.action,
          who: auditEntries.actorId,
          detail: auditEntries.detail,
        })
        .from(auditEntries)
        .where(eq(auditEntries.subjectId, id))
        .orderBy(auditEntries.seq)
    ).map(({ action, who, detail }) => ({ action, who, detail: detail as Record<string, unknown> }))
  return { ...bench, item, read, board, column, move, acts }
}
