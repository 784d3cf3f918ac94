import { resolve } from '../../../apps/api/src/modules/publishing/hand-off.service.ts'
import { freePort } from '../../support/free-port.ts'
import type { Harness } from '../harness.ts'
import { person, type World } from '../world.ts'
import type { FaultRow } from './row.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const publish = { op: 'kuaishou.publish' }

/** The post came to rest with a person and the platform has nothing of it. */
async function leftToPerson(h: Harness, w: World, id: string, key: string): Promise<void> {
  const row = await w.row(id)
  h.equal(`${key} state`, row.state, 'unconfirmed')
  h.equal(`${key} reason`, row.reasonKey, 'publishing.needsPerson')
  h.equal(`${key} held`, (await w.heldOf(key)).length, 0)
}
/** The post is published as the one the platform holds. */
async function bound(h: Harness, w: World, id: string, key: string): Promise<void> {
  const row = await w.row(id)
  const held = await w.heldOf(key)
  h.equal(`${key} state`, row.state, 'published')
  h.equal(
    `${key} bound`,
    [row.remoteId],
    held.map((post) => post.id),
  )
}

/** `F-50` to `F-63`: what a platform may answer. */
export const platformRows: readonly FaultRow[] = [
  {
    id: 'F-50',
    title: {
      zh: '收下之前 500/502/503/504',
      en: '500, 502, 503 or 504 before the post was taken',
    },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const status = h.random.pick([500, 502, 503, 504])
      await w.fault({ match: publish, mode: 'error_before', status })
      const id = await w.post('p1')
      const other = await w.post('p2', 90_000)
      await w.quiet(2 * HOUR_MS)
      await leftToPerson(h, w, id, 'p1')
      await bound(h, w, other, 'p2')
      // The person looks, finds nothing and sends again: now it goes out, once.
      const { revision } = await w.row(id)
      const reason = '看过账号，没有'
      await resolve(w.deps, person('operator'), id, { choice: 'send_again', revision, reason })
      await w.quiet(10 * MINUTE_MS)
      await bound(h, w, id, 'p1')
      return h.verdict()
    },
  },
  {
    id: 'F-51',
    title: { zh: '收下之后 5xx', en: '5xx after the post was taken' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const status = h.random.pick([500, 502, 503, 504])
      await w.fault({ match: publish, mode: 'error_after', status })
      const id = await w.post('p1')
      await w.quiet(2 * HOUR_MS)
      await bound(h, w, id, 'p1')
      return h.verdict()
    },
  },
  {
    id: 'F-52',
    title: {
      zh: '超时：收下之前、之后、两小时后才收下',
      en: 'timeout before, after, or two hours before the post was taken',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const mode = (['timeout_before', 'timeout_after_accept', 'accepted_late'] as const)[seed % 3]
      await w.fault({ match: publish, mode, delayMs: 2 * HOUR_MS })
      const id = await w.post('p1')
      await w.quiet(90 * MINUTE_MS)
      if (mode !== 'timeout_after_accept') await leftToPerson(h, w, id, 'p1')
      await w.quiet(3 * HOUR_MS)
      if (mode === 'timeout_before') await leftToPerson(h, w, id, 'p1')
      // Late or not, what the platform has in the end is bound, and the task closes itself.
      else await bound(h, w, id, 'p1')
      return h.verdict()
    },
  },
  {
    id: 'F-53',
    title: {
      zh: '中途断线、半截 JSON、非 JSON、200 里是错误、200 没有编号',
      en: 'cut in mid-answer, half a JSON, no JSON, an error in a 200, a 200 without an id',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const modes = ['cut', 'cut_body', 'truncated', 'html', 'no_id', 'error_after'] as const
      const mode = modes[seed % modes.length]
      await w.fault({ match: publish, mode, ...(mode === 'error_after' && { code: 120003 }) })
      const id = await w.post('p1')
      await w.quiet(MINUTE_MS + 2_000)
      const early = await w.row(id)
      h.expect(`${early.state} without an id`, early.state === 'unconfirmed' && !early.remoteId)
      await w.quiet(HOUR_MS)
      await bound(h, w, id, 'p1')
      return h.verdict()
    },
  },
  {
    id: 'F-54',
    title: { zh: '回复每秒一个字节', en: 'an answer of one byte a second' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      await w.fault({ match: publish, mode: 'slow' })
      const id = await w.post('p1', 1_000)
      const began = Date.now()
      await w.quiet(2_000)
      h.equal('state', (await w.row(id)).state, 'unconfirmed')
      h.expect('the deadline was not kept', Date.now() - began < 10_000)
      await w.quiet(HOUR_MS)
      await bound(h, w, id, 'p1')
      return h.verdict()
    },
  },
  {
    id: 'F-55',
    title: {
      zh: '429，Retry-After 为秒数、日期或荒唐的大数',
      en: '429 with Retry-After in seconds, as a date, or absurd',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world({ accounts: 2 })
      const inSeconds = 60 + h.random.below(600)
      const at = (ms: number) => new Date(w.clock.now.getTime() + ms).toUTCString()
      const retryAfter = [String(inSeconds), at(MINUTE_MS + inSeconds * 1000), '1000000000'][
        seed % 3
      ]
      await w.fault({
        match: { ...publish, account: 'kuaishou-a' },
        mode: 'rate_limited',
        retryAfter,
      })
      const first = await w.post('p1')
      const second = await w.post('p2', 2 * MINUTE_MS)
      const elsewhere = await w.post('p3', 2 * MINUTE_MS, 'kuaishou-2')
      await w.quiet(3 * MINUTE_MS)
      await bound(h, w, elsewhere, 'p3')
      const asked = await w.calls('kuaishou.publish', 'kuaishou-a')
      if (seed % 3 === 2 || inSeconds > 120) h.equal('calls while told to wait', asked.length, 1)
      await w.quiet(2 * HOUR_MS)
      const all = await w.calls('kuaishou.publish', 'kuaishou-a')
      const wait = (all[1] ?? Number.POSITIVE_INFINITY) - (all[0] ?? 0)
      if (seed % 3 === 2) {
        // An hour at most, and by then both have missed their time: people see them.
        h.equal('states', await w.states([first, second]), ['expired', 'expired'])
        const later = await w.post('p4')
        await w.quiet(10 * MINUTE_MS)
        await bound(h, w, later, 'p4')
      } else {
        h.expect(`asked again after ${wait} ms`, wait >= (inSeconds - 1) * 1000)
        await bound(h, w, first, 'p1')
        await bound(h, w, second, 'p2')
      }
      return h.verdict()
    },
  },
  {
    id: 'F-56',
    title: { zh: '当日额度用完', en: 'the day’s quota is used up' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world({ accounts: 2 })
      await w.fault({
        match: { ...publish, account: 'kuaishou-a' },
        mode: 'daily_quota',
        times: 0,
        retryAfter: '86400',
      })
      const ids: string[] = []
      for (let i = 0; i < 5; i++)
        ids.push(await w.post(`p${i}`, MINUTE_MS + h.random.below(40 * MINUTE_MS)))
      const other = await w.post('q1', MINUTE_MS, 'kuaishou-2')
      await w.quiet(4 * HOUR_MS)
      const calls = await w.calls('kuaishou.publish', 'kuaishou-a')
      const gaps = calls.slice(1).map((at, i) => at - (calls[i] ?? 0))
      h.expect(
        `asked after ${Math.min(...gaps)} ms`,
        gaps.every((gap) => gap >= 15 * MINUTE_MS),
      )
      for (const state of await w.states(ids))
        h.expect(`${state} under a used-up quota`, state === 'failed' || state === 'expired')
      await bound(h, w, other, 'q1')
      await w.heal()
      await w.quiet(DAY_MS)
      const next = await w.post('p9')
      await w.quiet(10 * MINUTE_MS)
      await bound(h, w, next, 'p9')
      return h.verdict()
    },
  },
  {
    id: 'F-57',
    title: {
      zh: '令牌过期，20 条同时刷新',
      en: 'the token has expired, 20 jobs want a new one at once',
    },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const ids: string[] = []
      const due = 49 * HOUR_MS
      for (let i = 0; i < 20; i++) ids.push(await w.post(`p${String(i).padStart(2, '0')}x`, due))
      // Nothing runs for two days: the token ends while the machine sleeps.
      w.clock.now = new Date(w.clock.now.getTime() + due)
      await w.quiet(20 * MINUTE_MS)
      h.equal('refreshes', (await w.calls('kuaishou.refresh_token')).length, 1)
      h.expect(
        'not all published',
        (await w.states(ids)).every((state) => state === 'published'),
      )
      return h.verdict()
    },
  },
  {
    id: 'F-58',
    title: {
      zh: '刷新令牌被撤销、用过、或刷新的回复丢了',
      en: 'the refresh token is revoked, or the answer to a refresh is lost',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world({ accounts: 2 })
      const match = { op: 'kuaishou.refresh_token', account: undefined }
      const lost = seed % 2 === 0
      const mine = await w.post('p1', 50 * HOUR_MS)
      const held = await w.post('p2', 50 * HOUR_MS + 5 * MINUTE_MS)
      const other = await w.post('p3', 50 * HOUR_MS, 'kuaishou-2')
      if (lost) await w.fault({ match, mode: 'cut', times: 1 })
      else await w.fault({ match, mode: 'error_before', code: 100200113, times: 1 })
      await w.quiet(52 * HOUR_MS)
      const healths = [(await w.account()).health, (await w.account('kuaishou-2')).health]
      const sick = healths.filter((health) => health === 'reauth_needed').length
      h.expect(`${sick} of 2 need reauthorisation`, sick === 1)
      const out = (await w.states([mine, held, other])).filter((s) => s === 'published').length
      h.equal('went out', out, healths[0] === 'reauth_needed' ? 1 : 2)
      return h.verdict()
    },
  },
  {
    id: 'F-59',
    title: {
      zh: '当场拒绝、几小时后拒绝、一周后下架',
      en: 'rejected at once, hours later, or removed after a week',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world({ pendingMs: 6 * HOUR_MS })
      const mode = (['content_rejected', 'rejected_later', 'removed_later'] as const)[seed % 3]
      const message = '含医疗功效宣传'
      const delayMs = mode === 'rejected_later' ? 3 * HOUR_MS : 6 * DAY_MS
      await w.fault({ match: publish, mode, message, delayMs })
      const id = await w.post('p1')
      const fine = await w.post('p2', 2 * MINUTE_MS)
      await w.quiet(9 * HOUR_MS)
      if (mode === 'content_rejected') {
        const row = await w.row(id)
        h.equal('state', row.state, 'failed')
        h.expect('the platform’s words', JSON.stringify(row.reasonValues).includes(message))
      }
      if (mode === 'removed_later') h.equal('state', (await w.row(id)).state, 'published')
      await w.quiet(9 * DAY_MS)
      if (mode !== 'content_rejected') {
        const { state, reasonKey } = await w.row(id)
        h.expect(
          `${state} (${reasonKey}) though it is off`,
          state === 'taken_down' || state === 'failed',
        )
      }
      await bound(h, w, fine, 'p2')
      return h.verdict()
    },
  },
  {
    id: 'F-60',
    title: { zh: '账号被封禁或禁言', en: 'the account is banned or muted' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world({ accounts: 2 })
      await w.fault({
        match: { ...publish, account: 'kuaishou-a' },
        mode: 'account_banned',
        times: 0,
      })
      const ids: string[] = []
      for (let i = 0; i < 4; i++)
        ids.push(await w.post(`p${i}`, MINUTE_MS + i * h.random.below(5 * MINUTE_MS)))
      const other = await w.post('q1', MINUTE_MS, 'kuaishou-2')
      await w.quiet(50 * MINUTE_MS)
      h.equal('calls', (await w.calls('kuaishou.publish', 'kuaishou-a')).length, 1)
      h.expect(
        'an account that is not left alone',
        (await w.states(ids)).every((state) => state === 'failed' || state === 'expired'),
      )
      await bound(h, w, other, 'q1')
      return h.verdict()
    },
  },
  {
    id: 'F-61',
    title: {
      zh: '没记载的错误码；编号超过 2^53',
      en: 'an undocumented code; an id beyond 2^53',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const huge = seed % 2 === 0
      await w.fault({ match: publish, mode: huge ? 'id_as_number' : 'unknown_code' })
      const id = await w.post('p1')
      await w.quiet(2 * HOUR_MS)
      if (huge) await bound(h, w, id, 'p1')
      else await leftToPerson(h, w, id, 'p1')
      return h.verdict()
    },
  },
  {
    id: 'F-62',
    title: {
      zh: '列表乱序、空、滞后 30 分钟、两条一样的文案',
      en: 'a list reordered, empty, 30 minutes stale, or with two identical captions',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world({ accounts: 1 })
      const list = { op: 'kuaishou.list' }
      const mode = (['list_reordered', 'list_empty', 'list_stale', 'twins'] as const)[seed % 4]
      await w.fault({ match: publish, mode: 'cut', times: mode === 'twins' ? 0 : 1 })
      if (mode === 'list_empty') await w.fault({ match: list, mode, times: 3 })
      else if (mode !== 'twins') await w.fault({ match: list, mode, times: 0 })
      const id = await w.post('p1')
      if (mode === 'twins') {
        // The same post by a person's hand on the phone, at the same minute.
        await w.quiet(MINUTE_MS + 1_000)
        await w.heal()
        const [one] = await w.heldOf('p1')
        await w.copy(one?.id ?? '')
        await w.quiet(3 * HOUR_MS)
        const row = await w.row(id)
        h.equal(
          'two alike',
          [row.state, row.reasonKey],
          ['unconfirmed', 'publishing.severalCandidates'],
        )
        const revision = row.revision
        const link = `https://www.kuaishou.com/short-video/${one?.id}`
        await resolve(w.deps, person('operator'), id, { choice: 'bind', revision, link })
        h.equal('bound by a person', (await w.row(id)).remoteId, one?.id)
        return h.verdict({ foreign: 1 })
      }
      await w.post('p2', 3 * MINUTE_MS)
      await w.quiet(4 * HOUR_MS)
      await bound(h, w, id, 'p1')
      return h.verdict()
    },
  },
  {
    id: 'F-63',
    title: {
      zh: '域名解析失败、连不上、代理 407、登录网页',
      en: 'no DNS, nobody listening, a proxy’s 407, a captive portal',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const id = await w.post('p1')
      const kind = seed % 4
      const upload = { op: 'kuaishou.start_upload' }
      if (kind === 0) await w.fault({ match: upload, mode: 'error_before', status: 407, times: 2 })
      if (kind === 1) await w.fault({ match: upload, mode: 'html', times: 2 })
      if (kind === 2) await w.fault({ match: upload, mode: 'cut_before', times: 2 })
      const away = kind === 3
      if (away) w.pointAt(`http://127.0.0.1:${await freePort()}`)
      await w.quiet(MINUTE_MS + 5_000)
      h.equal('waits for another try', (await w.row(id)).state, 'queued')
      if (away) w.pointAt(w.sandbox.url)
      await w.quiet(20 * MINUTE_MS)
      await bound(h, w, id, 'p1')
      return h.verdict()
    },
  },
]
