import type { PublishRoute } from '../accounts/platform.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import { openStates, type PublicationState } from './publication-state.ts'
import type { PublishSnapshot } from './snapshot.schema.ts'

/** Where a publication may go from where it stands; anything else is a defect, not a wish. */
export const nextStates = {
  draft: ['scheduled', 'canceled'],
  scheduled: ['queued', 'submitting', 'awaiting_person', 'expired', 'canceled', 'failed'],
  queued: ['scheduled', 'submitting', 'expired', 'canceled', 'failed'],
  submitting: ['accepted', 'published', 'failed', 'unconfirmed', 'queued', 'scheduled', 'canceled'],
  accepted: ['published', 'failed', 'unconfirmed', 'taken_down'],
  published: ['taken_down'],
  failed: [],
  unconfirmed: ['accepted', 'published', 'scheduled', 'failed'],
  awaiting_person: ['published', 'expired', 'canceled'],
  expired: [],
  canceled: [],
  taken_down: [],
} as const satisfies Record<PublicationState, readonly PublicationState[]>

export const mayBecome = (from: PublicationState, to: PublicationState): boolean =>
  (nextStates[from] as readonly PublicationState[]).includes(to)

/** Longer after its time than this, a post is not sent any more: at three in the morning nobody wants a burst. */
export const MAX_LATENESS_MS = 30 * 60_000
/** A hand-off waits this long for its person, then expires where everybody can see it. */
export const HAND_OFF_GRACE_MS = 24 * 3_600_000
/** Retries after a definite, passing refusal (product law: at most 3). */
export const MAX_ATTEMPTS = 3
const LONGEST_AHEAD_MS = 366 * 24 * 3_600_000
/** A form takes a moment to fill in; "now" must still be now when it arrives. */
const PAST_GRACE_MS = 2 * 60_000

type Held = { readonly state: PublicationState }
const isOpen = (state: PublicationState) =>
  (openStates as readonly PublicationState[]).includes(state)

export const publicationCan = {
  reschedule({ state }: Held): Verdict {
    if (isOpen(state)) return yes
    if (state === 'submitting') return no('publishing.tooLateSending')
    return no('publishing.alreadySettled')
  },
  cancel({ state }: Held): Verdict {
    if (isOpen(state) || state === 'awaiting_person') return yes
    if (state === 'submitting') return no('publishing.tooLateSending')
    return no('publishing.alreadySettled')
  },
  /** A link or a screenshot closes what a person posted, and settles what nobody is sure of. */
  takeProof({ state }: Held): Verdict {
    if (state === 'awaiting_person' || state === 'unconfirmed') return yes
    if (state === 'published') return no('publishing.alreadyPublished')
    return no('publishing.noProofWanted')
  },
  /** Somebody else may take a post over as long as it waits for a person or will. */
  takeOver({ state, route }: Held & { readonly route: PublishRoute }): Verdict {
    const waits = state === 'awaiting_person' || (isOpen(state) && route !== 'api')
    return waits ? yes : no('publishing.takeOver.notWaiting')
  },
  resolve({ state }: Held): Verdict {
    return state === 'unconfirmed' ? yes : no('publishing.notUnconfirmed')
  },
}

/** May a post be set to `dueAt`? */
export function dueVerdict(dueAt: Date, now: Date): Verdict {
  const ahead = dueAt.getTime() - now.getTime()
  if (ahead < -PAST_GRACE_MS) return no('publishing.dueInPast')
  if (ahead > LONGEST_AHEAD_MS) return no('publishing.dueTooFar')
  return yes
}

/** Every declaration the frozen snapshot asks for has been ticked. */
export function declaredVerdict(
  snapshot: Pick<PublishSnapshot, 'declarations'>,
  declared: readonly string[],
): Verdict {
  const missing = snapshot.declarations.filter((id) => !declared.includes(id)).length
  return missing === 0 ? yes : no('publishing.declareFirst', { count: missing })
}

/** What the publishing gate asks, gathered at scheduling and again inside the transaction that submits. */
export type GateFacts = {
  readonly stage: string
  readonly scriptSha256: string
  readonly signedSha256: string | null
  readonly passedSha256: string | null
  readonly openBlocks: number
  readonly mediaReady: boolean
  readonly holds: readonly { readonly reason: string }[]
  readonly doctor: Verdict
  readonly account: Verdict
}

/** Product §3 law 5 and §4 law 4: the very words that were signed and passed, and nobody holding them back. */
export function gateVerdict(facts: GateFacts): Verdict {
  const [hold] = facts.holds
  if (hold) return no('publishing.onHold', { reason: hold.reason })
  if (facts.stage !== 'ready' && facts.stage !== 'live') return no('publishing.notReady')
  if (facts.signedSha256 !== facts.scriptSha256) return no('publishing.notSigned')
  if (facts.openBlocks > 0) return no('publishing.openFindings', { count: facts.openBlocks })
  if (facts.passedSha256 !== facts.scriptSha256) return no('publishing.notPassed')
  if (!facts.mediaReady) return no('publishing.noCut')
  if (!facts.doctor.ok) return facts.doctor
  return facts.account
}
