import type { LineFacts } from '../content/line-facts.ts'
import type { Stage } from '../content/stage.ts'
import type { Actor } from '../identity/actor.ts'
import { no, type Verdict, yes } from '../verdict.ts'

type Reviewer = Pick<Actor, 'userId' | 'role'>
type Reviewed = Pick<LineFacts, 'script' | 'signedSha256' | 'compliance'> & {
  readonly stage: Stage
}

/** Product law 2: nobody approves their own work. */
function mayReview(facts: Reviewed, actor: Reviewer): Verdict {
  if (actor.role !== 'reviewer') return no('compliance.reviewerOnly')
  if (facts.script?.authorId === actor.userId) return no('compliance.ownWork')
  return yes
}

export const complianceCan = {
  /** Legal absolutes cannot be waived by anybody (product law 3). */
  waive(
    finding: { readonly waivable: boolean; readonly waived: boolean },
    facts: Reviewed,
    actor: Reviewer,
  ): Verdict {
    const reviewer = mayReview(facts, actor)
    if (!reviewer.ok) return reviewer
    if (!finding.waivable) return no('compliance.notWaivable')
    if (finding.waived) return no('compliance.alreadyWaived')
    return yes
  },

  /** A reviewer decides only after the engine has run on that very revision (product law 2). */
  pass(facts: Reviewed, actor: Reviewer, reason: string): Verdict {
    const reviewer = mayReview(facts, actor)
    if (!reviewer.ok) return reviewer
    if (facts.stage !== 'compliance_review') return no('compliance.notInReview')
    const sha256 = facts.script?.sha256
    if (!sha256 || facts.compliance.ranSha256 !== sha256) return no('compliance.runFirst')
    if (facts.signedSha256 !== sha256) return no('compliance.notSigned')
    if (facts.compliance.openBlocks > 0)
      return no('compliance.openBlocks', { count: facts.compliance.openBlocks })
    if (facts.compliance.openReviews > 0 && reason.trim().length < 4)
      return no('compliance.reasonForReviews', { count: facts.compliance.openReviews })
    return yes
  },

  return(facts: Reviewed, actor: Reviewer, reason: string): Verdict {
    const reviewer = mayReview(facts, actor)
    if (!reviewer.ok) return reviewer
    if (facts.stage !== 'compliance_review') return no('compliance.notInReview')
    return reason.trim().length < 4 ? no('compliance.reasonToReturn') : yes
  },
}
