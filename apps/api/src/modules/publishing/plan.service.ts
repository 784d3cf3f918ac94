import { bizDate } from '@xingbo/shared/dates'
import { groupBy } from '@xingbo/shared/group-by'
import type { Message } from '@xingbo/shared/messages'
import { renderCaption } from '@xingbo/shared/publishing/caption.rules'
import {
  type Neighbour,
  type Repeat,
  repeatOf,
  timeWarnings,
  wordsKey,
} from '@xingbo/shared/publishing/neighbour.rules'
import {
  dueVerdict,
  gateVerdict,
  publicationCan,
} from '@xingbo/shared/publishing/publication.rules'
import {
  declarationsOf,
  fitVerdict,
  postShapeOf,
  publishRouteOf,
} from '@xingbo/shared/publishing/schedule.rules'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import { no, type Verdict, yes } from '@xingbo/shared/verdict'
import type { Reader } from '../../db/database.ts'
import { found } from '../../http/errors.ts'
import { accountReadinessOf } from '../accounts/account.service.ts'
import { complianceFactsOfAll } from '../compliance/compliance-facts.service.ts'
import { allActiveHolds } from '../content/hold.service.ts'
import { doctorReadinessOf } from '../doctors/doctor.service.ts'
import { assetsForSnapshot } from '../media/media.service.ts'
import { signedWordsOf } from '../scripts/signed-words.service.ts'
import {
  findScheduling,
  listNeighbours,
  listPairs,
  listPlanAccounts,
  listPlanItems,
  type PlanItem,
  type Standing,
} from './plan.repository.ts'
import type { AccountRow } from './publication.repository.ts'

const DAY_MS = 86_400_000

/** A post that stands, or a line of the plan before this one. */
export type Beside = Neighbour & { readonly publicationId: string | null }

/** Everything the gate, the neighbours and the freezing ask about many items on several accounts. */
export type PlanFacts = {
  readonly now: Date
  /** The institution's zone. */
  readonly zone: string
  readonly duplicateDays: number
  readonly items: ReadonlyMap<string, PlanItem>
  readonly accounts: ReadonlyMap<string, AccountRow>
  readonly readiness: ReadonlyMap<string, Verdict>
  readonly doctors: ReadonlyMap<string, Verdict>
  readonly words: Awaited<ReturnType<typeof signedWordsOf>>
  readonly compliance: Awaited<ReturnType<typeof complianceFactsOfAll>>
  readonly assets: Awaited<ReturnType<typeof assetsForSnapshot>>
  readonly holds: Awaited<ReturnType<typeof allActiveHolds>>
  /** Active posts of the items on the accounts, by `pairKey`. */
  readonly pairs: ReadonlyMap<string, Standing>
  /** Posts around the times asked for, by account. */
  readonly beside: ReadonlyMap<string, readonly Beside[]>
}

export const pairKey = (contentId: string, accountId: string) => `${contentId} ${accountId}`

/**
 * Reads them in a number of queries that does not grow with the rows (accounts and doctors are few; each is asked once).
 * @param span first and last time asked for; without an end a year from the first.
 */
export async function planFactsOf(
  db: Reader,
  institutionId: string,
  now: Date,
  asked: {
    contentIds: readonly string[]
    accountIds: readonly string[]
    span: { from: Date; to: Date }
  },
): Promise<PlanFacts> {
  const contentIds = [...new Set(asked.contentIds)]
  const accountIds = [...new Set(asked.accountIds)]
  const { zone, duplicateDays } = found(await findScheduling(db, institutionId))
  const today = bizDate(now)
  const items = await listPlanItems(db, institutionId, contentIds)
  const accounts = await listPlanAccounts(db, institutionId, accountIds)
  const readiness = new Map<string, Verdict>()
  for (const { id } of accounts)
    readiness.set(id, await accountReadinessOf(db, institutionId, id, today))
  const doctors = new Map<string, Verdict>()
  for (const id of new Set(items.flatMap(({ doctorId }) => doctorId ?? [])))
    doctors.set(id, await doctorReadinessOf(db, institutionId, id, today))
  const files = items.flatMap(({ finalAssetId, coverAssetId }) => [
    ...(finalAssetId ? [finalAssetId] : []),
    ...(coverAssetId ? [coverAssetId] : []),
  ])
  const margin = Math.max(duplicateDays, 2) * DAY_MS
  const around = await listNeighbours(
    db,
    institutionId,
    accountIds,
    new Date(asked.span.from.getTime() - margin),
    new Date(asked.span.to.getTime() + margin),
  )
  const pairs = await listPairs(db, institutionId, contentIds, accountIds)
  return {
    now,
    zone,
    duplicateDays,
    items: new Map(items.map((one) => [one.id, one])),
    accounts: new Map(accounts.map((one) => [one.id, one])),
    readiness,
    doctors,
    words: await signedWordsOf(db, institutionId, items),
    compliance: await complianceFactsOfAll(db, institutionId, items),
    assets: await assetsForSnapshot(db, institutionId, files),
    holds: await allActiveHolds(db, institutionId),
    pairs: new Map(pairs.map((one) => [pairKey(one.contentId, one.accountId), one])),
    beside: groupBy(around.map(besideOf), ({ accountId }) => accountId),
  }
}

const besideOf = (one: Standing): Beside & { accountId: string } => ({
  publicationId: one.id,
  accountId: one.accountId,
  contentId: one.contentId,
  contentTitle: one.contentTitle,
  dueAt: one.dueAt,
  words: wordsKey(one.rendered),
  mediaSha256: one.mediaSha256,
})

/** Another doctor's or department's own account: an item speaks in the name it was made in. */
const isForeign = (account: AccountRow, item: PlanItem): boolean =>
  (account.ownerType === 'doctor' && account.doctorId !== item.doctorId) ||
  (account.ownerType === 'department' && account.departmentId !== item.departmentId)

/** Was the item made for this account? An item that names no platforms goes wherever it has words for. */
export function isMeant(facts: PlanFacts, contentId: string, accountId: string): boolean {
  const item = facts.items.get(contentId)
  const account = facts.accounts.get(accountId)
  if (!item || !account || isForeign(account, item)) return false
  if (item.platforms.length > 0) return item.platforms.includes(account.platform)
  return facts.words.get(contentId)?.body.captions[account.platform] !== undefined
}

/** What the gate says of an item on an account, over the facts at hand: the same rule that stands before sending. */
function gateOf(facts: PlanFacts, item: PlanItem, account: AccountRow): Verdict {
  const words = facts.words.get(item.id)
  if (!words) return no('publishing.notSigned')
  const compliance = facts.compliance.get(item.id)
  const subjects: Record<string, string | null> = {
    doctor: item.doctorId,
    account: account.id,
    topic: item.topicId,
    content: item.id,
  }
  return gateVerdict({
    stage: item.stage,
    scriptSha256: words.sha256,
    signedSha256: words.signedSha256,
    passedSha256: compliance?.passedSha256 ?? null,
    openBlocks: compliance?.openBlocks ?? 0,
    mediaReady: item.finalAssetId !== null && facts.assets.has(item.finalAssetId),
    holds: facts.holds.filter(({ kind, subjectId }) => subjects[kind] === subjectId),
    doctor: item.doctorId ? (facts.doctors.get(item.doctorId) ?? yes) : yes,
    account: facts.readiness.get(account.id) ?? yes,
  })
}

/** Freezes what will go out: the signed words for this platform, the chosen cut and cover, the declarations. */
function freeze(
  facts: PlanFacts,
  item: PlanItem,
  account: AccountRow,
): { verdict: Verdict; snapshot: PublishSnapshot | null } {
  const signed = facts.words.get(item.id)
  const written = signed?.body.captions[account.platform]
  const words = written && { ...written, ...postShapeOf(account) }
  const cut = item.finalAssetId ? facts.assets.get(item.finalAssetId) : undefined
  const cover = item.coverAssetId ? facts.assets.get(item.coverAssetId) : undefined
  const verdict = fitVerdict(
    account.platform,
    words,
    cut && { ...cut, durationMs: cut.durationMs ?? 0 },
  )
  if (!verdict.ok || !signed || !words || !cut) return { verdict, snapshot: null }
  const { assetId, sha256, sizeBytes, mimeType, width, height } = cut
  const snapshot: PublishSnapshot = {
    platform: account.platform,
    accountId: account.id,
    contentId: item.id,
    scriptSha256: signed.sha256,
    form: words.form,
    title: words.title,
    body: words.body,
    tags: [...words.tags],
    ...(words.link !== undefined && { link: words.link }),
    rendered: renderCaption(account.platform, words),
    declarations: declarationsOf(account.platform, signed.body).map(({ id }) => id),
    media: {
      assetId,
      sha256,
      sizeBytes,
      mimeType,
      durationMs: cut.durationMs ?? 0,
      width,
      height,
    },
    cover: cover
      ? {
          assetId: cover.assetId,
          sha256: cover.sha256,
          sizeBytes: cover.sizeBytes,
          mimeType: cover.mimeType,
          width: cover.width,
          height: cover.height,
        }
      : null,
  }
  return { verdict, snapshot }
}

export type Line = {
  readonly contentId: string
  readonly accountId: string
  readonly dueAt: string | null
  /** The post that is moved; null: a new one. */
  readonly publicationId?: string | null
}
/** A line with all that speaks for and against it. */
export type Judged = {
  readonly item: PlanItem
  readonly account: AccountRow
  readonly verdict: Verdict
  /** A new post's frozen words; null where it cannot be frozen, or where a post is only moved. */
  readonly snapshot: PublishSnapshot | null
  /** The post that is moved. */
  readonly moves: Standing | null
  readonly warnings: readonly Message[]
  readonly repeat: Repeat | null
}

/** Judges the lines in their order: each sees the posts that stand and the lines before it. */
export function judge(facts: PlanFacts, lines: readonly Line[]): Judged[] {
  const planned = new Map<string, Beside[]>()
  const moved = new Set(lines.flatMap(({ publicationId }) => publicationId ?? []))
  return lines.map((line) => {
    const before = planned.get(line.accountId) ?? []
    const standing = (facts.beside.get(line.accountId) ?? []).filter(
      ({ publicationId }) => publicationId === null || !moved.has(publicationId),
    )
    const judged = judgeOne(facts, line, [...standing, ...before], before)
    const post = judged.snapshot
      ? {
          words: wordsKey(judged.snapshot.rendered),
          mediaSha256: judged.snapshot.media.sha256,
        }
      : judged.moves && {
          words: wordsKey(judged.moves.rendered),
          mediaSha256: judged.moves.mediaSha256,
        }
    if (line.dueAt && post)
      planned.set(line.accountId, [
        ...before,
        {
          publicationId: line.publicationId ?? null,
          contentId: line.contentId,
          contentTitle: judged.item.title,
          dueAt: new Date(line.dueAt),
          ...post,
        },
      ])
    return judged
  })
}

function judgeOne(
  facts: PlanFacts,
  line: Line,
  beside: readonly Beside[],
  planned: readonly Beside[],
): Judged {
  const item = found(facts.items.get(line.contentId))
  const account = found(facts.accounts.get(line.accountId))
  const standing = facts.pairs.get(pairKey(item.id, account.id)) ?? null
  const moves = line.publicationId ? found(standing) : null
  if (moves && moves.id !== line.publicationId) found(null)
  const dueAt = line.dueAt ? new Date(line.dueAt) : null
  const twin = moves === null && (standing || planned.some((one) => one.contentId === item.id))
  const frozen = moves ? { verdict: yes, snapshot: null } : freeze(facts, item, account)
  const verdict = [
    account.archivedAt ? no('row.archived') : yes,
    twin ? no('publishing.alreadyScheduled', { account: account.displayName }) : yes,
    moves ? publicationCan.reschedule(moves) : gateOf(facts, item, account),
    frozen.verdict,
    dueAt ? dueVerdict(dueAt, facts.now) : no('publishing.noTimeFound'),
  ].find(({ ok }) => !ok)
  const words = frozen.snapshot && wordsKey(frozen.snapshot.rendered)
  return {
    item,
    account,
    verdict: verdict ?? yes,
    snapshot: frozen.snapshot,
    moves,
    warnings: dueAt
      ? timeWarnings(
          dueAt,
          facts.now,
          facts.zone,
          { platform: account.platform, byHand: publishRouteOf(account) !== 'api' },
          beside,
        )
      : [],
    repeat:
      dueAt && frozen.snapshot && words !== null
        ? repeatOf(
            {
              contentId: item.id,
              dueAt,
              words,
              mediaSha256: frozen.snapshot.media.sha256,
            },
            beside,
            facts.duplicateDays,
          )
        : null,
  }
}

/** First and last of some times. */
export function spanOf(times: readonly string[]): { from: Date; to: Date } {
  const all = times.map((one) => Date.parse(one))
  return { from: new Date(Math.min(...all)), to: new Date(Math.max(...all)) }
}
