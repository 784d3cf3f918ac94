import type { Actor, Role } from '../identity/actor.ts'
import type { Message } from '../messages.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import type { LineFacts } from './line-facts.ts'
import { type Stage, stages } from './stage.ts'

/** What the rules need to know of the item itself; everything else about it is in the facts. */
export type Movable = {
  readonly stage: Stage
  /** Where it stood when it was put on hold. */
  readonly resumeStage: Stage | null
  readonly doctorId: string | null
}
type Mover = Pick<Actor, 'userId' | 'role'>

const team: readonly Role[] = ['operator', 'producer', 'manager', 'admin']
const teamAndReviewer: readonly Role[] = [...team, 'reviewer']
const holders: readonly Role[] = ['operator', 'reviewer', 'manager', 'admin']
const judges: readonly Role[] = ['reviewer', 'manager', 'admin']

/** One way a person may take an item: who, whether they must say why, and what has to be true. */
type Way = {
  readonly who: readonly Role[]
  readonly reason?: true
  readonly needs?: (item: Movable, facts: LineFacts, actor: Mover) => Verdict
}
type Ways = Partial<Record<Stage, Way>>

/** A sign-off binds to the SHA-256 of the exact script revision (product §3 law 1). */
function signed({ script, signedSha256 }: LineFacts): Verdict {
  if (!script) return no('content.needsRevision')
  if (signedSha256 !== script.sha256) return no('content.needsSignOff')
  return yes
}

/** A block stops the line, and a reviewer decides only on a run over that very revision (laws 2, 3). */
function passed(facts: LineFacts): Verdict {
  const sign = signed(facts)
  if (!sign.ok) return sign
  const { ranSha256, openBlocks, passedSha256 } = facts.compliance
  if (ranSha256 !== facts.script?.sha256) return no('content.needsRun')
  if (openBlocks > 0) return no('content.openBlocks', { n: openBlocks })
  if (passedSha256 !== facts.script.sha256) return no('content.needsDecision')
  return yes
}

const cutReady = ({ cut }: LineFacts): Verdict => (cut.ready ? yes : no('content.needsCut'))

const hold: Way = { who: holders, reason: true }
const reject: Way = { who: judges, reason: true }
/** On the line, before it is out: it may be paused or turned down from anywhere. */
const aside = { on_hold: hold, rejected: reject } as const satisfies Ways

/**
 * The line of product.md §3. What is not here cannot be done by hand: a publication that succeeded makes
 * an item live, and nobody else does.
 */
const line: Readonly<Record<Stage, Ways>> = {
  topic: { ...aside, scripting: { who: team } },
  scripting: {
    ...aside,
    doctor_review: {
      who: team,
      needs: (item, { script, draftAhead }) => {
        if (!script) return no('content.needsRevision')
        if (draftAhead) return no('content.draftAhead')
        return item.doctorId ? yes : no('content.needsDoctor')
      },
    },
  },
  doctor_review: {
    ...aside,
    compliance_review: { who: teamAndReviewer, needs: (_, facts) => signed(facts) },
    scripting: { who: team },
  },
  compliance_review: {
    ...aside,
    production: { who: teamAndReviewer, needs: (_, facts) => passed(facts) },
    scripting: { who: teamAndReviewer },
  },
  production: {
    ...aside,
    final_review: { who: team, needs: (_, facts) => cutReady(facts) },
  },
  final_review: {
    ...aside,
    ready: {
      who: ['reviewer'],
      needs: (_, facts, actor) => {
        const cut = cutReady(facts)
        if (!cut.ok) return cut
        if (facts.cut.uploadedBy === actor.userId) return no('content.ownCut')
        return passed(facts)
      },
    },
    production: { who: teamAndReviewer, reason: true },
    // Subtitles that add medical words go back to the doctor (law 4).
    doctor_review: { who: teamAndReviewer, reason: true },
  },
  ready: {
    ...aside,
    production: { who: teamAndReviewer, reason: true },
    scripting: { who: teamAndReviewer, reason: true },
  },
  live: {
    archived: { who: team },
    recalled: { who: holders, reason: true },
  },
  archived: {},
  // Where it resumes is the item's own; `wayOf` reads it.
  on_hold: { rejected: reject },
  rejected: { scripting: { who: teamAndReviewer } },
  recalled: { archived: { who: team } },
}

/** Why the stages not named in `line` are out of reach from here: says what comes next instead. */
const elsewhere = {
  topic: 'content.from.topic',
  scripting: 'content.from.scripting',
  doctor_review: 'content.from.doctor_review',
  compliance_review: 'content.from.compliance_review',
  production: 'content.from.production',
  final_review: 'content.from.final_review',
  ready: 'content.from.ready',
  live: 'content.from.live',
  archived: 'content.from.archived',
  on_hold: 'content.from.on_hold',
  rejected: 'content.from.rejected',
  recalled: 'content.from.recalled',
} as const satisfies Record<Stage, Message['key']>

function wayOf(item: Movable, to: Stage): Way | undefined {
  // The facts are not asked again: an item whose facts fell away meanwhile would have no way out of the
  // hold, and each later step asks them anyway.
  if (item.stage === 'on_hold' && to === item.resumeStage) return { who: holders }
  return line[item.stage][to]
}

function notYourPart(role: Role, { who }: Way): Verdict {
  if (role === 'doctor') return no('content.role.doctor')
  if (who === judges) return no('content.role.judges')
  if (who === holders) return no('content.role.holders')
  if (who === team) return no('content.role.team')
  return no(who.length === 1 ? 'content.role.reviewer' : 'content.role.teamAndReviewer')
}

/** Whether the line and the person's role allow this move at all, before any fact is asked. */
export function mayMove(item: Movable, actor: Pick<Actor, 'role'>, to: Stage): Verdict {
  if (to === item.stage) return no('content.sameStage')
  const way = wayOf(item, to)
  if (!way) {
    if (to === 'live' && item.stage === 'ready') return no('content.liveByItself')
    return no(elsewhere[item.stage])
  }
  return way.who.includes(actor.role) ? yes : notYourPart(actor.role, way)
}

/** Whether this person may take this item to `to` now, by product.md §3; the sentence says what is missing. */
export function stageCan(item: Movable, facts: LineFacts, actor: Mover, to: Stage): Verdict {
  const allowed = mayMove(item, actor, to)
  if (!allowed.ok) return allowed
  return wayOf(item, to)?.needs?.(item, facts, actor) ?? yes
}

/** Moves that send work back or stop it must say why; the reason is kept with the move. */
export const moveNeedsReason = (from: Stage, to: Stage): boolean => line[from][to]?.reason === true

/** Where the line leads from here, whoever asks and whatever is still missing. */
export const waysFrom = (item: Movable): Stage[] => stages.filter((to) => wayOf(item, to))

const forward: Partial<Record<Stage, Stage>> = {
  topic: 'scripting',
  scripting: 'doctor_review',
  doctor_review: 'compliance_review',
  compliance_review: 'production',
  production: 'final_review',
  final_review: 'ready',
  live: 'archived',
  rejected: 'scripting',
  recalled: 'archived',
}
/** The one next step of the item, if a person makes it. */
export const nextStage = ({ stage, resumeStage }: Movable): Stage | null =>
  (stage === 'on_hold' ? resumeStage : forward[stage]) ?? null

/** Stages in which the words are not yet with the doctor. */
const drafting: readonly Stage[] = ['topic', 'scripting']
/** Stages in which a due day no longer presses. */
export const closedStages: readonly Stage[] = ['live', 'archived', 'rejected', 'recalled']

export const contentCan = {
  /** Title, owner, due day, platforms: anything that does not touch what was signed. */
  edit: ({ stage }: Movable): Verdict =>
    stage === 'archived' || stage === 'recalled' ? no('content.closed') : yes,

  /** The order inside a column is the team's agreement on what comes first. */
  place: ({ role }: Pick<Actor, 'role'>): Verdict =>
    teamAndReviewer.includes(role) ? yes : no('content.role.teamAndReviewer'),

  /** A doctor signs only their own scripts (law 2): what a doctor has signed does not change hands. */
  changeDoctor: ({ stage }: Movable): Verdict =>
    [...drafting, 'doctor_review'].includes(stage) ? yes : no('content.doctorFixed'),

  /**
   * The nature decides which rules bind; a check under another nature does not count, so until compliance
   * is passed it may change, and after that what was passed as one must not go out as another.
   */
  changeNature: ({ stage }: Movable): Verdict =>
    [...drafting, 'doctor_review', 'compliance_review'].includes(stage)
      ? yes
      : no('content.natureFixed'),
}

/** Past its day and still on the line. `today` and `dueOn` are `YYYY-MM-DD` in the institution's zone. */
export const isOverdue = (
  item: { readonly stage: Stage; readonly dueOn: string | null },
  today: string,
): boolean => item.dueOn !== null && item.dueOn < today && !closedStages.includes(item.stage)
