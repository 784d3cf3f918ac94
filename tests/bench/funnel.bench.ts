import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { stdout } from 'node:process'
import { readTold } from '@xingbo/shared/funnel/self-reported.rules'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Statement } from 'better-sqlite3'
import { type Database, openDatabase } from '../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../apps/api/src/db/migrate.ts'
import { ask, funnelFor, groupFunnels } from '../../apps/api/src/modules/funnel/funnel.service.ts'
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

type Totals = {
  impressions: number
  plays: number
  contacts: number
  leads: number
  byPlatform: number
}

/** What the product answers: nine stages in all and by platform. */
async function product(db: Database, range: { from: string; to: string }): Promise<Totals> {
  const actor = { institutionId: 'a' } as Actor
  const query = { ...range, breakdown: 'platform', attribution: 'last' } as const
  const asked = await ask({ db, now: () => new Date(now) }, actor, query)
  const groups = groupFunnels(asked)
  const of = (stage: string, from = funnelFor(asked, null)) =>
    from.figures.find((figure) => figure.stage === stage)?.value ?? 0
  return {
    impressions: of('impression'),
    plays: of('play'),
    contacts: of('contact'),
    leads: of('lead'),
    byPlatform: groups
      .filter(({ key }) => !key.startsWith('~'))
      .reduce((sum, group) => sum + of('visit', group), 0),
  }
}

/** The same by asking about each post, each code and each visit in turn, with statements prepared once. */
function naive({ writer }: Database, range: { from: string; to: string }): Totals {
  const from = Date.parse(`${range.from}T00:00:00+08:00`)
  const until = Date.parse(`${range.to}T00:00:00+08:00`) + day
  const latest = (column: string) =>
    writer
      .prepare(
        `select ${column} from metric_snapshots where publication_id = ? and ${column} is not null order by as_of desc limit 1`,
      )
      .pluck()
  const [impressions, plays, likes, profile] = [
    latest('impressions'),
    latest('plays'),
    latest('likes'),
    latest('profile_visits'),
  ]
  const totals: Totals = { impressions: 0, plays: 0, contacts: 0, leads: 0, byPlatform: 0 }
  const posts = writer
    .prepare(`select id from publications where published_at >= ? and published_at < ?`)
    .pluck()
    .all(from, until) as string[]
  for (const id of posts) {
    totals.impressions += (impressions?.get(id) as number | undefined) ?? 0
    totals.plays += (plays?.get(id) as number | undefined) ?? 0
    likes?.get(id)
    profile?.get(id)
  }
  const contacts = writer
    .prepare(`select count(*) from touches where token = ? and bot = 0 and at >= ? and at < ?`)
    .pluck()
  const tokens = writer.prepare(`select token from touch_tokens`).pluck().all() as string[]
  for (const token of tokens) totals.contacts += contacts.get(token, from, until) as number
  totals.leads = writer
    .prepare(
      `select count(*) from leads where institution_id = 'a' and created_at >= ? and created_at < ?`,
    )
    .pluck()
    .get(from, until) as number
  const visits = writer
    .prepare(
      `select visit_on, phone_index, source_note from visits where visit_on >= ? and visit_on <= ?`,
    )
    .all(range.from, range.to) as { visit_on: string; phone_index: string; source_note: string }[]
  const lastLead = writer
    .prepare(
      // The plus keeps SQLite from walking all leads back in time instead of looking the phone up.
      `select p.platform from leads l join publications p on p.id = l.publication_id where l.institution_id = 'a' and l.phone_index = ? and +l.created_at < ? order by +l.created_at desc limit 1`,
    )
    .pluck()
  for (const visit of visits) {
    const over = Date.parse(`${visit.visit_on}T00:00:00+08:00`) + day
    const touched = lastLead.get(visit.phone_index, over)
    if (touched || readTold(visit.source_note).kind === 'platforms') totals.byPlatform += 1
  }
  return totals
}

const median = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0

async function timed(times: number, work: () => unknown): Promise<number> {
  const took: number[] = []
  for (let run = 0; run <= times; run += 1) {
    const start = performance.now()
    await work()
    if (run > 0) took.push(performance.now() - start)
  }
  return median(took)
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
      if (JSON.stringify(ours) !== JSON.stringify(theirs))
        throw new Error(`counted ${JSON.stringify(ours)}, expected ${JSON.stringify(theirs)}`)
      const blocked = monitorEventLoopDelay({ resolution: 1 })
      blocked.enable()
      const fast = await timed(15, () => product(db, range))
      blocked.disable()
      const slow = await timed(5, () => naive(db, range))
      line(
        `${String(days).padStart(3)} days: ${fast.toFixed(1)} ms, one by one ${slow.toFixed(1)} ms, ratio ${(fast / slow).toFixed(2)}; longest turn of the loop ${(blocked.max / 1e6).toFixed(0)} ms`,
      )
    }
  } finally {
    db.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
