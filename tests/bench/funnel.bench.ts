import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { stdout } from 'node:process'
import { isDeepStrictEqual } from 'node:util'
import { readTold } from '@xingbo/shared/funnel/self-reported.rules'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Statement } from 'better-sqlite3'
import { type Database, openDatabase } from '../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../apps/api/src/db/migrate.ts'
import {
  ask,
  funnelFor,
  groupFunnels,
  kpisOf,
} from '../../apps/api/src/modules/funnel/funnel.service.ts'
import { seededRandom } from '../support/random.ts'

const size = { posts: 2_000, snapshots: 5, touches: 200_000, leads: 20_000, visits: 20_000 }
const day = 86_400_000
/** Noon in Shanghai on the last day. */
const now = Date.UTC(2026, 10, 21, 4)
const daysBack = 360
const dayText = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A year of one busy institution, the same in every run. */
function fill({ writer }: Database): void {
  const random = seededRandom(41)
  const insert = (table: string, columns: readonly string[]): Statement =>
    writer.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    )
  const platforms = ['douyin', 'xiaohongshu', 'kuaishou', 'channels', 'wechat_oa', 'bilibili']
  const accounts = Array.from({ length: 18 }, (_, i) => ({
    id: `account-${i}`,
    platform: platforms[i % platforms.length],
  }))
  const someTime = () => now - Math.floor(random.next() * daysBack * day)
  writer.transaction(() => {
    insert('institutions', [
      'id',
      'name',
      'short_name',
      'data_key',
      'created_at',
      'updated_at',
    ]).run('a', 'A', 'A', 'k', 0, 0)
    const account = insert('accounts', [
      ...['id', 'institution_id', 'platform', 'display_name', 'owner_type'],
      ...['certification_status', 'publish_route', 'operated_by', 'created_at', 'updated_at'],
    ])
    for (const { id, platform } of accounts)
      account.run(id, 'a', platform, id, 'institution', 'certified', 'manual', 'team', 0, 0)
    const item = insert('content_items', [
      ...['id', 'institution_id', 'title', 'stage', 'stage_entered_at'],
      ...['doctor_id', 'specialty_line_id', 'position', 'created_at', 'updated_at'],
    ])
    const post = insert('publications', [
      ...['id', 'institution_id', 'content_id', 'account_id', 'platform', 'route', 'state'],
      ...['state_entered_at', 'due_at', 'published_at', 'time_zone', 'snapshot'],
      ...['snapshot_sha256', 'script_sha256', 'created_by', 'created_at', 'updated_at'],
    ])
    const snapshot = insert('metric_snapshots', [
      ...['id', 'institution_id', 'publication_id', 'source', 'as_of'],
      ...['impressions', 'plays', 'likes', 'comments', 'profile_visits'],
    ])
    const token = insert('touch_tokens', [
      ...['token', 'institution_id', 'publication_id', 'account_id'],
      ...['label', 'created_by', 'created_at'],
    ])
    const codes: { token: string; post: string | null; account: string }[] = []
    for (let n = 0; n < size.posts; n += 1) {
      const [id, at, on] = [`post-${n}`, someTime(), random.pick(accounts)]
      item.run(`item-${n}`, 'a', id, 'live', at, `doctor-${n % 7}`, `line-${n % 3}`, n, at, at)
      post.run(
        ...[id, 'a', `item-${n}`, on.id, on.platform, 'manual', 'published', at, at, at],
        ...['Asia/Shanghai', '{}', 'x', 'x', 'u', at, at],
      )
      for (let s = 0; s < size.snapshots; s += 1)
        snapshot.run(
          ...[`${id}-${s}`, 'a', id, 'import', at + (s + 1) * day],
          random.chance(0.3) ? null : random.below(90_000),
          ...[random.below(9_000), random.below(300), random.below(50)],
          random.chance(0.3) ? null : random.below(200),
        )
      if (n % 2 > 0) continue
      token.run(`code-${n}`, 'a', id, on.id, id, 'u', at)
      codes.push({ token: `code-${n}`, post: id, account: on.id })
    }
    const touch = insert('touches', ['id', 'institution_id', 'token', 'at', 'visitor_hash', 'bot'])
    for (let n = 0; n < size.touches; n += 1)
      touch.run(`t${n}`, 'a', random.pick(codes).token, someTime(), `v${n}`, n % 20 === 0 ? 1 : 0)
    const lead = insert('leads', [
      ...['id', 'institution_id', 'touch_token', 'publication_id', 'account_id', 'phone_index'],
      ...['consent_purpose', 'consent_version', 'consent_at', 'status', 'created_at'],
    ])
    const byPhone = new Map<string, string>()
    for (let n = 0; n < size.leads; n += 1) {
      const [at, from, phone] = [someTime(), random.pick(codes), `phone-${random.below(15_000)}`]
      lead.run(
        ...[`lead-${n}`, 'a', from.token, from.post, from.account, phone],
        ...['p', 'v', at, 'new', at],
      )
      byPhone.set(phone, `lead-${n}`)
    }
    const words = [
      '抖音',
      '小红书',
      '老患者',
      '',
      '朋友介绍',
      '视频号，家人转的',
      '抖音/快手',
      '不详',
    ]
    const visit = insert('visits', [
      ...['id', 'institution_id', 'import_id', 'lead_id', 'visit_on', 'phone_index', 'name_index'],
      ...['fee_fen', 'refund_fen', 'pay_status', 'source_note', 'row_hash'],
    ])
    for (let n = 0; n < size.visits; n += 1) {
      const phone = `phone-${random.below(40_000)}`
      visit.run(
        ...[`visit-${n}`, 'a', 'i', byPhone.get(phone) ?? null, dayText(someTime()), phone, 'n'],
        ...[2_500, 0, 'paid', random.pick(words), `h${n}`],
      )
    }
    insert('imports', [
      ...['id', 'institution_id', 'kind', 'file_name', 'file_sha256'],
      ...['as_of', 'counts', 'created_by', 'created_at'],
    ]).run('i', 'a', 'visits', 'f', 's', now, '{}', 'u', now)
  })()
}

const counted = ['impression', 'play', 'contact', 'lead', 'visit'] as const
type Totals = {
  /** Counts by platform and stage. */
  groups: Record<string, Partial<Record<(typeof counted)[number], number>>>
  visits: number
  visitsBefore: number
}
type Range = { from: string; to: string }

/** What the product answers: nine stages in all and by platform, and the visits of the period before. */
async function product(db: Database, range: Range): Promise<Totals> {
  const deps = { db, now: () => new Date(now) }
  const query = { ...range, breakdown: 'platform', attribution: 'last' } as const
  const asked = await ask(deps, { institutionId: 'a' } as Actor, query)
  const total = funnelFor(asked, null)
  const kpis = await kpisOf(deps, asked, total)
  const totals: Totals = {
    groups: {},
    visits: kpis.visits.value ?? 0,
    visitsBefore: asked.gathered.before.visits.reduce((sum, { times }) => sum + times, 0),
  }
  for (const { key, figures } of groupFunnels(asked)) {
    if (key.startsWith('~')) continue
    totals.groups[key] = Object.fromEntries(
      counted.flatMap((stage) => {
        const value = figures.find((figure) => figure.stage === stage)?.value
        return value ? [[stage, Math.round(value)]] : []
      }),
    )
  }
  return totals
}

/** The same by asking about each post, code, lead and visit in turn, with statements prepared once. */
function naive({ writer }: Database, range: Range): Totals {
  const midnight = (on: string) => Date.parse(`${on}T00:00:00+08:00`)
  const [from, until] = [midnight(range.from), midnight(range.to) + day]
  const totals: Totals = { groups: {}, visits: 0, visitsBefore: 0 }
  const add = (platform: unknown, stage: (typeof counted)[number], n: unknown) => {
    if (typeof platform !== 'string' || typeof n !== 'number' || n === 0) return
    const group = totals.groups[platform] ?? {}
    totals.groups[platform] = group
    group[stage] = (group[stage] ?? 0) + n
  }
  const value = (sql: string) => writer.prepare(sql).pluck()
  const latest = (column: string) =>
    value(
      `select ${column} from metric_snapshots where publication_id = ? and ${column} is not null order by as_of desc limit 1`,
    )
  const [impressions, plays, likes, visited] = [
    latest('impressions'),
    latest('plays'),
    latest('likes'),
    latest('profile_visits'),
  ]
  const platformOf = value('select platform from publications where id = ?')
  for (const id of value(
    `select id from publications where institution_id = 'a' and published_at >= ? and published_at < ?`,
  ).all(from, until)) {
    const platform = platformOf.get(id)
    add(platform, 'impression', impressions.get(id))
    add(platform, 'play', plays.get(id))
    likes.get(id)
    visited.get(id)
  }
  const opened = value(
    'select count(*) from touches where token = ? and bot = 0 and at >= ? and at < ?',
  )
  const postOf = value('select publication_id from touch_tokens where token = ?')
  for (const token of value(`select token from touch_tokens where institution_id = 'a'`).all())
    add(platformOf.get(postOf.get(token)), 'contact', opened.get(token, from, until))
  for (const id of value(
    `select publication_id from leads where institution_id = 'a' and created_at >= ? and created_at < ?`,
  ).all(from, until))
    add(platformOf.get(id), 'lead', 1)
  // The plus keeps SQLite from walking all leads back in time instead of looking the phone up.
  const lastTouch = value(
    `select publication_id from leads where institution_id = 'a' and phone_index = ? and +created_at < ? order by +created_at desc limit 1`,
  )
  const before = dayText(midnight(range.from) - (until - from) + day / 2)
  for (const visit of writer
    .prepare(
      `select visit_on, phone_index, source_note from visits where institution_id = 'a' and visit_on >= ? and visit_on <= ?`,
    )
    .all(before, range.to) as { visit_on: string; phone_index: string; source_note: string }[]) {
    const post = lastTouch.get(visit.phone_index, midnight(visit.visit_on) + day)
    const told = readTold(visit.source_note)
    if (visit.visit_on < range.from) {
      totals.visitsBefore += 1
      continue
    }
    totals.visits += 1
    if (post) add(platformOf.get(post), 'visit', 1)
    else if (told.kind === 'platforms')
      for (const platform of told.platforms) add(platform, 'visit', 1 / told.platforms.length)
  }
  for (const group of Object.values(totals.groups))
    for (const stage of counted)
      if (group[stage] !== undefined) group[stage] = Math.round(group[stage])
  return totals
}

/** The quickest of several runs, which is the one least disturbed by whatever else the machine does. */
async function quickest(times: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < times; run += 1) {
    const start = performance.now()
    await work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

const line = (text: string) => stdout.write(`${text}\n`)

export async function run(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-bench-'))
  const db = openDatabase(join(dir, 'bench.db'))
  try {
    migrateDatabase(db)
    fill(db)
    line(
      `${size.posts} posts × ${size.snapshots} snapshots, ${size.touches} touches, ${size.leads} leads, ${size.visits} visits over ${daysBack} days`,
    )
    const to = dayText(now)
    for (const days of [daysBack, 30]) {
      const range = { from: dayText(now - (days - 1) * day), to }
      const [ours, theirs] = [await product(db, range), naive(db, range)]
      if (!isDeepStrictEqual(ours, theirs))
        throw new Error(`counted ${JSON.stringify(ours)}, expected ${JSON.stringify(theirs)}`)
      const blocked = monitorEventLoopDelay({ resolution: 1 })
      blocked.enable()
      const fast = await quickest(20, () => product(db, range))
      blocked.disable()
      const slow = await quickest(20, () => naive(db, range))
      line(
        `${String(days).padStart(3)} days: ${fast.toFixed(1)} ms, one by one ${slow.toFixed(1)} ms, ratio ${(fast / slow).toFixed(2)}; longest turn of the loop ${(blocked.max / 1e6).toFixed(0)} ms`,
      )
    }
  } finally {
    db.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
