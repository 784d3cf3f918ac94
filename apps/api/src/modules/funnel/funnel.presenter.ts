import { type Platform, platforms } from '@xingbo/shared/accounts/platform'
import type { Figure, Funnel } from '@xingbo/shared/funnel/figure.rules'
import type { Rate } from '@xingbo/shared/funnel/funnel.rules'
import type {
  FunnelDetail,
  FunnelFigure,
  FunnelGroup,
  FunnelPost,
  FunnelRate,
  FunnelSource,
  FunnelView,
} from '@xingbo/shared/funnel/funnel.schema'
import { funnelDefinitions } from '@xingbo/shared/funnel/funnel-stage'
import { elsewhereGroup, unknownGroup } from '@xingbo/shared/funnel/origin'
import type { Known } from '@xingbo/shared/funnel/tally.rules'
import type { Message } from '@xingbo/shared/messages'
import type { Behind, SourceCount } from './detail.service.ts'
import type { Asked, GroupFunnel, Kpis, standings } from './funnel.service.ts'

const reasonOf = (message: Message | null): FunnelRate['why'] =>
  message && { key: message.key, values: { ...message.values } }
const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

const presentRate = (rate: Rate): FunnelRate => ({ ...rate, why: reasonOf(rate.why) })

const presentFigure = (figure: Figure): FunnelFigure => ({
  ...figure,
  sources: [...figure.sources],
  asOf: isoOf(figure.asOf),
  oldestAsOf: isoOf(figure.oldestAsOf),
  gap: reasonOf(figure.gap),
  step: presentRate(figure.step),
  overall: presentRate(figure.overall),
})

const presentFunnel = ({ base, figures }: Funnel) => ({
  base,
  figures: figures.map(presentFigure),
})

/** Platforms and the two groups without an id are named in the reader's own words, by key and kind. */
function nameOf(
  { scope, breakdown }: Asked,
  key: string,
): { name: string; platform: Platform | null } {
  if (breakdown === 'platform')
    return { name: '', platform: platforms.find((one) => one === key) ?? null }
  if (breakdown === 'account') {
    const account = scope.accounts.find(({ id }) => id === key)
    return { name: account?.name ?? '', platform: account?.platform ?? null }
  }
  const named = (breakdown === 'doctor' ? scope.doctors : scope.lines).find(({ id }) => id === key)
  return { name: named?.name ?? '', platform: null }
}

const presentGroup = (asked: Asked, { key, ...funnel }: GroupFunnel): FunnelGroup => ({
  ...presentFunnel(funnel),
  ...nameOf(asked, key),
  key,
  kind: key === elsewhereGroup ? 'elsewhere' : key === unknownGroup ? 'unknown' : 'one',
})

const answered = ({ range, previous, zone, at, attribution }: Asked) => ({
  range: { ...range, zone },
  previous,
  at: at.toISOString(),
  attribution,
})

export const presentView = (
  asked: Asked,
  parts: {
    total: Funnel
    groups: readonly GroupFunnel[]
    kpis: Kpis
    standing: ReturnType<typeof standings>
  },
): FunnelView => ({
  ...answered(asked),
  definitions: funnelDefinitions,
  kpis: { ...parts.kpis, costGap: reasonOf(parts.kpis.costGap) },
  standing: parts.standing,
  total: presentFunnel(parts.total),
  groups: parts.groups.map((group) => presentGroup(asked, group)),
})

const presentKnown = (known: Known | null): FunnelPost['figures']['play'] =>
  known && { value: known.value, asOf: new Date(known.asOf).toISOString(), source: known.source }

type PostBehind = NonNullable<Behind['posts']>['rows'][number]

const presentPost = ({ facts, title }: PostBehind): FunnelPost => ({
  publicationId: facts.id,
  contentId: title.contentId,
  title: title.title,
  accountName: title.accountName,
  platform: title.platform,
  publishedAt: new Date(title.publishedAt).toISOString(),
  figures: {
    impression: presentKnown(facts.figures.impression),
    play: presentKnown(facts.figures.play),
    engagement: presentKnown(facts.figures.engagement),
    profile_visit: presentKnown(facts.figures.profile_visit),
  },
})

const nameless = { name: '', platform: null } as const

/** Names where events came from: by the code they came through, else the post, the account, the platform. */
function sourceNames({ asked, titles }: Behind) {
  const labels = new Map(asked.gathered.tokens.map(({ token, label }) => [token, label]))
  const accounts = new Map(asked.scope.accounts.map(({ id, name }) => [id, name]))
  const labelOf = (token: string | null) =>
    token === null ? undefined : (labels.get(token) ?? token)
  return ({ origin, by, value }: SourceCount): FunnelSource => {
    if (origin.kind === 'unknown') return { kind: 'unknown', ...nameless, by, value }
    const label = labelOf(origin.token)
    if (origin.kind === 'elsewhere')
      return label
        ? { kind: 'token', name: label, platform: null, by, value }
        : { kind: 'elsewhere', ...nameless, by, value }
    const { platform, accountId, publicationId } = origin.place
    if (label) return { kind: 'token', name: label, platform, by, value }
    const title = titles.get(publicationId ?? '')?.title
    if (title) return { kind: 'publication', name: title, platform, by, value }
    const account = accounts.get(accountId ?? '')
    if (account) return { kind: 'account', name: account, platform, by, value }
    return { kind: 'platform', name: '', platform, by, value }
  }
}

/** As many lines as anybody reads; the rest is counted. */
const SOURCES_SHOWN = 100

export const presentBehind = (behind: Behind): FunnelDetail => ({
  ...answered(behind.asked),
  figure: presentFigure(behind.figure),
  posts: behind.posts && {
    items: behind.posts.rows.map(presentPost),
    total: behind.posts.total,
  },
  days: behind.counts && [...behind.counts.days],
  sources: behind.counts && {
    items: behind.counts.sources.slice(0, SOURCES_SHOWN).map(sourceNames(behind)),
    total: behind.counts.sources.length,
  },
})
