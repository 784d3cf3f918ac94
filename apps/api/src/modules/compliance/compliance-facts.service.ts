import type { LineFacts } from '@xingbo/shared/content/line-facts'
import type { Nature } from '@xingbo/shared/content/stage'
import { groupBy } from '@xingbo/shared/group-by'
import type { Reader } from '../../db/database.ts'
import { findContentNature } from './compliance.repository.ts'
import { countOpenFindings, listDecisionsOf, listRunsOf } from './standing.repository.ts'

const nothing: LineFacts['compliance'] = {
  ranSha256: null,
  openBlocks: 0,
  openReviews: 0,
  passedSha256: null,
}

/**
 * What the rules of the line ask about compliance. A run in another nature than the one declared now does
 * not count: the same words are lawful in one and forbidden in another.
 */
export async function complianceFactsOf(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<LineFacts['compliance']> {
  const content = await findContentNature(db, institutionId, contentId)
  if (!content) return nothing
  return (await complianceFactsOfAll(db, institutionId, [content])).get(contentId) ?? nothing
}

/** The same for many items, in three queries; items without a run that counts have nothing. */
export async function complianceFactsOfAll(
  db: Reader,
  institutionId: string,
  items: readonly { readonly id: string; readonly nature: Nature }[],
): Promise<Map<string, LineFacts['compliance']>> {
  const ids = items.map(({ id }) => id)
  const runs = groupBy(await listRunsOf(db, institutionId, ids), ({ contentId }) => contentId)
  const latest = items.flatMap(({ id, nature }) => {
    const run = runs.get(id)?.[0]
    return run?.nature === nature ? [run] : []
  })
  const open = await countOpenFindings(
    db,
    latest.map(({ id }) => id),
  )
  const decisions = groupBy(
    await listDecisionsOf(db, institutionId, ids),
    ({ contentId }) => contentId,
  )
  const count = (runId: string, severity: string) =>
    open.find((one) => one.runId === runId && one.severity === severity)?.n ?? 0
  return new Map(
    latest.map((run) => {
      const last = decisions.get(run.contentId)?.[0]
      return [
        run.contentId,
        {
          ranSha256: run.sha256,
          openBlocks: count(run.id, 'block'),
          openReviews: count(run.id, 'review'),
          passedSha256: last?.decision === 'passed' && last.voidedAt === null ? last.sha256 : null,
        },
      ]
    }),
  )
}
