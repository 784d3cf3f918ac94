import { canonicalJson } from '@xingbo/shared/canonical-json'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Message } from '@xingbo/shared/messages'
import type {
  checkPlan,
  PlannedRow,
  PlanRow,
  SpreadAnswer,
  saveBatch,
  spreadPlan,
  UndoAnswer,
} from '@xingbo/shared/publishing/batch.schema'
import { repeatVerdict } from '@xingbo/shared/publishing/neighbour.rules'
import { dueVerdict, publicationCan } from '@xingbo/shared/publishing/publication.rules'
import { spread } from '@xingbo/shared/publishing/spread.rules'
import type { z } from 'zod'
import type { Reader, Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { sha256Hex } from '../../security/tokens.ts'
import { recordAudit } from '../audit/audit.ts'
import {
  type BatchView,
  findBatch,
  findBatchByKey,
  insertBatch,
  listBatchPosts,
  listPostsById,
  markUndone,
} from './batch.repository.ts'
import {
  isMeant,
  type Judged,
  judge,
  type Line,
  type PlanFacts,
  pairKey,
  planFactsOf,
  spanOf,
} from './plan.service.ts'
import { moveTo, place } from './schedule.service.ts'
import { listSlotsOf } from './slot.repository.ts'
import { transition } from './transition.service.ts'

const YEAR_MS = 366 * 86_400_000

const message = (reason: Message) => ({ key: reason.key, values: { ...reason.values } })

const withoutSlots = (account: string): Message => ({
  key: 'publishing.noSlots',
  values: { account },
})

const present = (
  facts: PlanFacts,
  line: Line & { slotId?: string | null; slotName?: string | null },
  { item, account, verdict, warnings, repeat }: Judged,
): PlannedRow => {
  const repeats = repeatVerdict(repeat, '', facts.zone)
  return {
    contentId: item.id,
    contentTitle: item.title,
    accountId: account.id,
    dueAt: line.dueAt,
    slotId: line.slotId ?? null,
    slotName: line.slotName ?? null,
    publicationId: line.publicationId ?? null,
    refusal: verdict.ok ? null : message(verdict.reason),
    warnings: warnings.map(message),
    repeat: repeats.ok ? null : message(repeats.reason),
  }
}

/** Proposes a line for every item on every account it was made for and does not stand on yet; saves nothing. */
export async function propose(
  db: Reader,
  institutionId: string,
  now: Date,
  input: z.output<typeof spreadPlan.body>,
): Promise<SpreadAnswer> {
  const contentIds = [...new Set(input.contentIds)]
  const accountIds = [...new Set(input.accountIds)]
  const from = new Date(input.way.start)
  const facts = await planFactsOf(db, institutionId, now, {
    contentIds,
    accountIds,
    span: { from, to: new Date(from.getTime() + YEAR_MS) },
  })
  for (const id of contentIds) found(facts.items.get(id))
  const slots = await listSlotsOf(db, institutionId, accountIds)
  const isPlaced = (contentId: string, accountId: string) =>
    facts.pairs.has(pairKey(contentId, accountId))
  const lines = spread({
    contentIds,
    sharing: input.sharing,
    way: input.way,
    zone: input.timeZone,
    accounts: accountIds.map((id) => ({
      id,
      platform: found(facts.accounts.get(id)).platform,
      slots: slots.filter(({ accountId }) => accountId === id),
      taken: (facts.beside.get(id) ?? []).map(({ dueAt }) => dueAt.getTime()),
    })),
    suits: (contentId, accountId) =>
      !isPlaced(contentId, accountId) && isMeant(facts, contentId, accountId),
  })
  const all = contentIds.flatMap((contentId) =>
    accountIds.map((accountId) => ({ contentId, accountId })),
  )
  const placed = all.filter((one) => isPlaced(one.contentId, one.accountId)).length
  const meant = all.filter((one) => isMeant(facts, one.contentId, one.accountId)).length
  const withLine = new Set(lines.map(({ contentId }) => contentId))
  return {
    rows: judge(facts, lines).map((one, index) => {
      const row = present(facts, found(lines[index]), one)
      const slotless =
        input.way.by === 'slots' && !slots.some(({ accountId }) => accountId === one.account.id)
      return slotless && row.refusal?.key === 'publishing.noTimeFound'
        ? { ...row, refusal: message(withoutSlots(one.account.displayName)) }
        : row
    }),
    placed,
    notMeant: all.length - meant,
    without: contentIds
      .filter((id) => !withLine.has(id))
      .map((id) => ({ contentId: id, contentTitle: facts.items.get(id)?.title ?? '' })),
  }
}

const factsOf = (db: Reader, institutionId: string, now: Date, rows: readonly PlanRow[]) =>
  planFactsOf(db, institutionId, now, {
    contentIds: rows.map(({ contentId }) => contentId),
    accountIds: rows.map(({ accountId }) => accountId),
    span: spanOf(rows.map(({ dueAt }) => dueAt)),
  })

/** Says of each line what speaks for and against it; saves nothing. */
export async function check(
  db: Reader,
  institutionId: string,
  now: Date,
  { rows }: Pick<z.output<typeof checkPlan.body>, 'rows'>,
): Promise<PlannedRow[]> {
  const facts = await factsOf(db, institutionId, now, rows)
  return judge(facts, rows).map((one, index) => present(facts, found(rows[index]), one))
}

/** Saves all lines or none. Of two savings with one key the second finds the first one's posts. */
export async function save(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof saveBatch.body>,
): Promise<BatchView> {
  const { institutionId } = actor
  const rowsSha256 = sha256Hex(canonicalJson({ zone: input.timeZone, rows: input.rows }))
  return deps.db.inTransaction(async (tx) => {
    const before = await findBatchByKey(tx, institutionId, input.key)
    if (before) {
      if (before.rowsSha256 !== rowsSha256)
        throw new DomainError('CONFLICT', { key: 'publishing.batchKeyReused' })
      return found(await findBatch(tx, institutionId, before.id))
    }
    const at = deps.now()
    const facts = await factsOf(tx, institutionId, at, input.rows)
    const judged = judge(facts, input.rows)
    refuseAny(facts, judged, input.rows)
    const batchId = newId('bat', at.getTime())
    const moves = await writeRows(tx, actor, at, judged, input, batchId)
    await insertBatch(tx, {
      id: batchId,
      institutionId,
      key: input.key,
      rowsSha256,
      moves,
      createdBy: actor.userId,
      createdAt: at,
    })
    await recordAudit(tx, actor, at, {
      action: 'schedule.batch_saved',
      subjectType: 'schedule',
      subjectId: batchId,
      detail: { made: judged.length - moves.length, moved: moves.length },
    })
    return found(await findBatch(tx, institutionId, batchId))
  })
}

/** Every line that cannot be saved is named, not only the first. */
function refuseAny(facts: PlanFacts, judged: readonly Judged[], rows: readonly PlanRow[]): void {
  const issues = judged.flatMap(({ verdict, repeat }, index) => {
    const reason = rows[index]?.repeatReason ?? ''
    const no = [verdict, repeatVerdict(repeat, reason, facts.zone)].find(({ ok }) => !ok)
    return no && !no.ok ? [{ path: `rows.${index}`, reason: no.reason }] : []
  })
  if (issues.length > 0)
    throw new DomainError(
      'RULE_VIOLATION',
      { key: 'publishing.batchRefused', values: { count: issues.length } },
      issues,
    )
}

async function writeRows(
  tx: Tx,
  actor: Actor,
  at: Date,
  judged: readonly Judged[],
  { rows, timeZone }: z.output<typeof saveBatch.body>,
  batchId: string,
) {
  const ids = rows.flatMap(({ publicationId }) => publicationId ?? [])
  const posts = new Map(
    (await listPostsById(tx, actor.institutionId, ids)).map((post) => [post.id, post]),
  )
  const moves: { publicationId: string; from: string; to: string }[] = []
  for (const [index, row] of rows.entries()) {
    const line = found(judged[index])
    if (!line.moves) {
      await place(tx, actor, at, line, { ...row, timeZone, batchId })
      continue
    }
    const post = found(posts.get(line.moves.id))
    await moveTo(tx, actor, at, post, new Date(row.dueAt), post.revision)
    moves.push({ publicationId: post.id, from: post.dueAt.toISOString(), to: row.dueAt })
  }
  return moves
}

/**
 * Takes back exactly what has not left the house: new posts are canceled, moved ones go back to their time where that
 * has not passed. What has gone out, or was settled or moved by somebody since, stays.
 */
export async function undo(deps: Deps, actor: Actor, batchId: string): Promise<UndoAnswer> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: batch, made } = found(await findBatch(tx, institutionId, batchId))
    const at = deps.now()
    let canceled = 0
    for (const post of await listBatchPosts(tx, institutionId, batchId)) {
      if (!publicationCan.cancel(post).ok) continue
      if (await transition(tx, at, post, 'canceled', { actor, set: { nextCheckAt: null } }))
        canceled += 1
    }
    const movedBack = await moveBack(tx, actor, at, batch.moves)
    await markUndone(tx, batchId, actor.userId, at)
    const answer = { canceled, movedBack, left: made + batch.moves.length - canceled - movedBack }
    await recordAudit(tx, actor, at, {
      action: 'schedule.batch_undone',
      subjectType: 'schedule',
      subjectId: batchId,
      detail: answer,
    })
    return answer
  })
}

async function moveBack(
  tx: Tx,
  actor: Actor,
  at: Date,
  moves: readonly { publicationId: string; from: string; to: string }[],
): Promise<number> {
  const ids = moves.map(({ publicationId }) => publicationId)
  const posts = await listPostsById(tx, actor.institutionId, ids)
  let count = 0
  for (const { publicationId, from, to } of moves) {
    const post = posts.find(({ id }) => id === publicationId)
    const untouched = post?.dueAt.getTime() === Date.parse(to)
    if (!post || !untouched || !publicationCan.reschedule(post).ok) continue
    if (!dueVerdict(new Date(from), at).ok) continue
    await moveTo(tx, actor, at, post, new Date(from), post.revision)
    count += 1
  }
  return count
}
