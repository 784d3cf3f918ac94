import { mayBecome } from '@xingbo/shared/publishing/publication.rules'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import { asc, eq } from 'drizzle-orm'
import type { Reader } from '../../apps/api/src/db/database.ts'
import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { auditEntries } from '../../apps/api/src/db/schema/audit.ts'
import { publications } from '../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { verifyChain } from '../../apps/api/src/modules/audit/audit.service.ts'
import { recount } from './recount.ts'
import type { RowResult } from './rows/row.ts'

/** A post as the sandbox holds it (`GET /__sandbox/posts`). */
export type HeldPost = {
  readonly id: string
  readonly platform: string
  readonly openId: string
  readonly title: string
  readonly caption: string
  readonly acceptedAt: number
  readonly videoSha256: string | null
  readonly coverSha256: string | null
  readonly deletedAt: number | null
}

/** After this long past its time a post must be out, refused, or with a person (reliability §2, I2). */
const QUIET_MS = 10 * 60_000
/** The platform's clock may be this far from ours (I4). */
const EARLY_MS = 2_000

type Row = typeof publications.$inferSelect
const snapshotOf = (row: Row) => row.snapshot as PublishSnapshot

export type Allowed = {
  /** Posts somebody else put on the account beside ours. */
  readonly foreign?: number
  /** Posts that may wait past their time. */
  readonly heldBack?: (row: Row) => boolean
}

/** Nothing more happens to these by itself, and a person sees them. */
const withPerson = (row: Row): boolean =>
  row.state === 'awaiting_person' ||
  row.state === 'failed' ||
  row.state === 'expired' ||
  row.state === 'unconfirmed'
const settled: readonly PublicationState[] = ['published', 'canceled', 'taken_down', 'accepted']

/**
 * Holds the database against what the platform really accepted: the invariants I1 to I7 of the fault matrix.
 * The clock of `deps` is the true time.
 */
export async function judge(
  deps: Deps,
  held: readonly HeldPost[],
  allowed: Allowed = {},
): Promise<RowResult> {
  const db = deps.db.read
  const rows = await db.select().from(publications)
  const openIds = new Map(
    (await db.select().from(accounts)).map(({ id, openId }) => [id, openId] as const),
  )
  const now = deps.now().getTime()
  const problems: string[] = []
  const tally = { duplicates: 0, lost: 0, wrongContent: 0, early: 0, toPerson: 0 }

  const lines = await linesOf(db)
  const keyOf = (openId: string | null | undefined, caption: string) => `${openId} ${caption}`
  const asked = new Map<string, Row[]>()
  for (const row of rows.filter(({ route }) => route === 'api')) {
    const key = keyOf(openIds.get(row.accountId), snapshotOf(row).rendered.caption)
    asked.set(key, [...(asked.get(key) ?? []), row])
  }
  const accepted = new Map<string, HeldPost[]>()
  for (const post of held) {
    const key = keyOf(post.openId, post.caption)
    const wanted = asked.get(key)
    if (!wanted) {
      tally.wrongContent++
      problems.push(`I3 the platform holds words nobody froze for that account: ${post.caption}`)
      continue
    }
    accepted.set(key, [...(accepted.get(key) ?? []), post])
    if (!wanted.some((row) => isSame(snapshotOf(row), post))) {
      tally.wrongContent++
      problems.push(`I3 ${post.id} is not the file or title that was frozen`)
    }
    const due = Math.min(...wanted.map((row) => dueThen(lines.get(row.id), post.acceptedAt)))
    if (post.acceptedAt < due - EARLY_MS) {
      tally.early++
      problems.push(`I4 ${post.id} came ${due - post.acceptedAt} ms early`)
    }
  }
  let foreign = allowed.foreign ?? 0
  for (const [key, wanted] of asked) {
    const there = accepted.get(key) ?? []
    const surplus = Math.max(0, there.length - wanted.length)
    const theirs = Math.min(foreign, surplus)
    foreign -= theirs
    const more = surplus - theirs
    if (more > 0) {
      tally.duplicates += more
      problems.push(`I1 ${there.length} posts for ${wanted.length} asked: ${key}`)
    }
    const sure = wanted.filter((row) => row.state === 'published' || row.state === 'accepted')
    for (const row of sure)
      if (row.remoteId && !there.some(({ id }) => id === row.remoteId)) {
        tally.lost++
        problems.push(
          `I5 ${row.id} is ${row.state} as ${row.remoteId}, which the platform never had`,
        )
      } else if (!row.remoteId && there.length === 0) {
        tally.lost++
        problems.push(`I5 ${row.id} is ${row.state}, but the platform has nothing`)
      }
    const bound = new Set(wanted.map(({ remoteId }) => remoteId))
    const stray = there.filter(({ id }) => !bound.has(id)).length - theirs
    const unsure = wanted.filter(({ state }) => state === 'unconfirmed' || state === 'submitting')
    if (stray > unsure.length) {
      const told = wanted.map(({ state }) => state).join(', ')
      problems.push(`I5 the platform has ${stray} more than the screen says (${told}): ${key}`)
      tally.lost += stray - unsure.length
    }
  }
  for (const row of rows) {
    const overdue = row.dueAt.getTime() + QUIET_MS < now
    if (withPerson(row)) tally.toPerson++
    if (row.state === 'unconfirmed' && !row.reasonKey) problems.push(`${row.id} has no reason`)
    if (overdue && !withPerson(row) && !settled.includes(row.state) && !allowed.heldBack?.(row)) {
      tally.lost++
      problems.push(`I2 ${row.id} is still ${row.state} (${row.reasonKey ?? 'no reason'})`)
    }
  }
  problems.push(...(await auditProblems(deps, rows, lines)), ...(await recount(deps, rows)))
  return { posts: rows.length, ...tally, problems }
}

const isSame = ({ rendered, media, cover }: PublishSnapshot, post: HeldPost): boolean =>
  (post.title === '' || post.title === rendered.title) &&
  (!post.videoSha256 || post.videoSha256 === media.sha256) &&
  (!cover || !post.coverSha256 || post.coverSha256 === cover.sha256)

type Line = {
  readonly at: number
  readonly from?: string
  readonly to?: string
  readonly dueAt?: string | string[]
}

/** Every audit line about publications, by publication, oldest first. */
async function linesOf(db: Reader): Promise<Map<string, Line[]>> {
  const entries = await db
    .select({ id: auditEntries.subjectId, at: auditEntries.at, detail: auditEntries.detail })
    .from(auditEntries)
    .where(eq(auditEntries.subjectType, 'publication'))
    .orderBy(asc(auditEntries.seq))
  const lines = new Map<string, Line[]>()
  for (const { id, at, detail } of entries) {
    const mine = lines.get(id) ?? []
    mine.push({ ...(detail as object), at: at.getTime() })
    lines.set(id, mine)
  }
  return lines
}

/** The time a post stood scheduled for at an instant. */
function dueThen(lines: readonly Line[] = [], at: number): number {
  let due = 0
  for (const line of lines) {
    const set = Array.isArray(line.dueAt) ? line.dueAt[1] : line.dueAt
    if (set && line.at <= at) due = Date.parse(set)
  }
  return due
}

/** I6: the chain is whole, and each post's lines lead step by step to where it stands. */
async function auditProblems(
  deps: Deps,
  rows: readonly Row[],
  lines: ReadonlyMap<string, readonly Line[]>,
): Promise<string[]> {
  const chain = await verifyChain(deps)
  const whole = chain.result === 'ok' || chain.result === 'headMissing'
  const problems = whole ? [] : [`I6 the audit chain is ${chain.result} at ${chain.badSeq}`]
  for (const row of rows) {
    let at: PublicationState = 'draft'
    for (const { from, to } of lines.get(row.id) ?? []) {
      if (from === undefined || to === undefined) continue
      const step = [from, to] as readonly string[] as readonly [PublicationState, PublicationState]
      if (step[0] !== at || (step[0] !== step[1] && !mayBecome(...step)))
        problems.push(`I6 ${row.id}: a line from ${from} to ${to}, though it stood at ${at}`)
      at = step[1]
    }
    if (at !== row.state) problems.push(`I6 ${row.id} is ${row.state}, its story ends at ${at}`)
  }
  return problems
}
