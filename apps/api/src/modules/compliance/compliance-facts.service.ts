import type { LineFacts } from '@xingbo/shared/content/line-facts'
import type { Reader } from '../../db/database.ts'
import {
  findContentNature,
  findLatestRun,
  listDecisions,
  listFindings,
} from './compliance.repository.ts'

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
  const run = await findLatestRun(db, institutionId, contentId)
  if (!content || run?.nature !== content.nature) return nothing
  const open = (await listFindings(db, run.id)).filter(({ row }) => row.waivedAt === null)
  const [last] = await listDecisions(db, institutionId, contentId)
  return {
    ranSha256: run.sha256,
    openBlocks: open.filter(({ row }) => row.severity === 'block').length,
    openReviews: open.filter(({ row }) => row.severity === 'review').length,
    passedSha256:
      last?.row.decision === 'passed' && last.row.voidedAt === null ? last.row.sha256 : null,
  }
}
