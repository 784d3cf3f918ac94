import type { LineFacts } from '@xingbo/shared/content/line-facts'
import type { Reader } from '../../db/database.ts'
import { complianceFactsOf } from '../compliance/compliance-facts.service.ts'
import { cutFactsOf } from '../media/media-facts.service.ts'
import { scriptFactsOf } from '../scripts/script-facts.service.ts'

/**
 * What the rules of the line ask about one item, each part from the module that owns it. Ask it with the
 * `tx` one decides in: facts read before a transaction may be gone inside it.
 */
export async function lineFactsOf(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<LineFacts> {
  return {
    ...(await scriptFactsOf(db, institutionId, contentId)),
    compliance: await complianceFactsOf(db, institutionId, contentId),
    cut: await cutFactsOf(db, institutionId, contentId),
  }
}
