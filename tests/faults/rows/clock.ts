import { readFileSync } from 'node:fs'
import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import { publishJob } from '../../../apps/api/src/modules/publishing/publication.job.ts'
import { embeddedBackend } from '../../../apps/api/src/queue/backend.ts'
import { openJobQueue, startWorker } from '../../../apps/api/src/queue/bullmq-queue.ts'
import { handle } from '../../../apps/api/src/queue/job.ts'
import { runNode, sourceFiles } from '../processes.ts'
import type { FaultRow } from './row.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const zones = ['UTC', 'America/New_York', 'Asia/Shanghai', 'Asia/Kathmandu', 'Pacific/Apia']

/** `F-30` to `F-36`: clocks that are wrong, zones, long waits and long sleeps. */
export const clockRows: readonly FaultRow[] = [
  {
    id: 'F-30',
    title: { zh: '本机时钟快一小时', en: 'this machine’s clock is an hour fast' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world({ watchClock: true })
      const ids: string[] = []
      for (let i = 0; i < 3; i++)
        ids.push(await w.post(`p${i}`, 80 * MINUTE_MS + h.random.below(10 * MINUTE_MS)))
      w.skewMs = HOUR_MS
      await w.quiet(40 * MINUTE_MS)
      h.equal('sent an hour early', (await w.held()).length, 0)
      h.equal('states', await w.states(ids), ['scheduled', 'scheduled', 'scheduled'])
      // Somebody sets the clock right: they go out at their true time.
      w.skewMs = 0
      await w.quiet(2 * HOUR_MS)
      h.equal('states', await w.states(ids), ['published', 'published', 'published'])
      return h.verdict()
    },
  },
  {
    id: 'F-31',
    title: {
      zh: '时钟慢一小时后校正；对时跳 ±10 分钟',
      en: 'an hour slow, then set right; steps of ten minutes either way',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world({ watchClock: true })
      const ids: string[] = []
      for (let i = 0; i < 6; i++)
        ids.push(await w.post(`p${i}`, 5 * MINUTE_MS + h.random.below(40 * MINUTE_MS)))
      const slow = seed % 3 === 0
      w.skewMs = slow ? -HOUR_MS : 0
      for (let i = 0; i < 6; i++) {
        await w.quiet(8 * MINUTE_MS)
        if (!slow) w.skewMs = h.random.pick([-10 * MINUTE_MS, 0, 10 * MINUTE_MS])
      }
      w.skewMs = 0
      await w.quiet(2 * HOUR_MS)
      for (const [i] of ids.entries()) h.expect('sent twice', (await w.heldOf(`p${i}`)).length <= 1)
      return h.verdict()
    },
  },
  {
    id: 'F-32',
    title: {
      zh: '服务器在 UTC、纽约、上海时区',
      en: 'the server in UTC, New York or Shanghai time',
    },
    kind: 'process',
    async run(seed, h) {
      const day = addDays('2026-11-11', seed * 17)
      const code = `
        const { instantOf, bizDate } = await import('./packages/shared/src/dates.ts')
        const at = instantOf('${day}', '09:00')
        console.log(at.toISOString(), bizDate(at), bizDate(new Date(at.getTime() + 15 * 3600e3 - 1)), bizDate(new Date(at.getTime() + 15 * 3600e3)))`
      const said = await Promise.all(zones.map((zone) => runNode(code, { TZ: zone })))
      h.equal('different instants', new Set(said).size, 1)
      h.equal(
        '09:00 in Beijing',
        said[0],
        [`${day}T01:00:00.000Z`, day, day, addDays(day, 1)].join(' '),
      )
      const zoneless = /new Date\(\s*['"`]\d{4}-\d{2}-\d{2}T[\d:.]+['"`]\s*\)/
      const bad = sourceFiles().filter((file) => zoneless.test(readFileSync(file, 'utf8')))
      h.equal('times without a zone', bad, [])
      return h.verdict()
    },
  },
  {
    id: 'F-33',
    title: {
      zh: '夏令时的缺一小时和多一小时',
      en: 'the missing and the doubled hour of summer time',
    },
    kind: 'quick',
    async run(seed, h) {
      const zone = 'America/New_York'
      // A clock change skips 02:30 on 14 March 2027: read as the hour after it. 01:30 on 1 November 2026 comes twice.
      h.equal(
        'skipped',
        instantOf('2027-03-14', '02:30', zone).toISOString(),
        '2027-03-14T07:30:00.000Z',
      )
      const doubled = instantOf('2026-11-01', '01:30', zone).toISOString()
      h.equal('doubled', doubled, '2026-11-01T05:30:00.000Z')
      for (let i = 0; i < 50; i++) {
        const date = addDays('2026-10-20', h.random.below(200))
        const time = `${String(h.random.below(24)).padStart(2, '0')}:${String(h.random.below(60)).padStart(2, '0')}`
        const at = instantOf(date, time, zone)
        const back = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'short',
        }).format(at)
        const skipped = date === '2027-03-14' && time.startsWith('02')
        if (!skipped) h.equal(`${date} ${time}`, back, `${date} ${time}`)
      }
      const w = await h.world()
      const due = instantOf('2026-11-21', `2${seed % 2}:15`, zone)
      const id = await w.post('p1', due.getTime() - w.clock.now.getTime())
      await w.quiet(due.getTime() - w.clock.now.getTime() - 1_000)
      h.equal('before its time', (await w.row(id)).state, 'scheduled')
      await w.quiet(10 * MINUTE_MS)
      h.equal('after it', (await w.row(id)).state, 'published')
      return h.verdict()
    },
  },
  {
    id: 'F-34',
    title: {
      zh: '北京时间零点、月末、年末、闰日',
      en: 'midnight in Beijing, ends of months and years, 29 February',
    },
    kind: 'quick',
    async run(_seed, h) {
      const eightHours = 8 * HOUR_MS
      const asBeijing = (at: Date) => new Date(at.getTime() + eightHours).toISOString().slice(0, 10)
      for (let i = 0; i < 1_000; i++) {
        const at = new Date(
          Date.UTC(2024, 0, 1) + h.random.below(6 * 365) * DAY_MS + h.random.below(DAY_MS),
        )
        h.equal('day', bizDate(at), asBeijing(at))
      }
      for (const day of ['2027-02-28', '2028-02-29', '2026-12-31', '2026-11-30', '2027-01-01']) {
        const midnight = instantOf(day)
        h.equal('begins', bizDate(midnight), day)
        h.equal('the instant before', bizDate(new Date(midnight.getTime() - 1)), addDays(day, -1))
      }
      // A post at the last instant of the day and one at the first of the next are counted on their own days.
      const w = await h.world({ pendingMs: 0 })
      const midnight = instantOf(addDays(bizDate(w.clock.now), 1)).getTime() - w.clock.now.getTime()
      const last = await w.post('p1', midnight - 60_000)
      const first = await w.post('p2', midnight)
      await w.quiet(midnight + HOUR_MS)
      const days = [await w.row(last), await w.row(first)].map(({ publishedAt }) =>
        bizDate(publishedAt ?? new Date(0)),
      )
      h.equal('days', days, [
        bizDate(new Date(w.clock.now.getTime() - 2 * HOUR_MS)),
        bizDate(w.clock.now),
      ])
      return h.verdict()
    },
  },
  {
    id: 'F-35',
    title: { zh: '排在 60 天以后', en: 'due in 60 days' },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const id = await w.post('p1', 60 * DAY_MS + h.random.below(DAY_MS))
      // A timer above 2^31 ms fires at once: the queue itself must hold a long wait. Once is enough to see it.
      if (seed === 1) {
        const backend = await embeddedBackend()
        const queue = openJobQueue(backend)
        let ran = 0
        const handler = handle(publishJob, async () => {
          ran++
        })
        const worker = startWorker(backend, [handler], w.deps.log, 1)
        const runAt = new Date(Date.now() + 60 * DAY_MS)
        await queue.ring([
          { job: publishJob.name, payload: { publicationId: id }, jobId: 'far', runAt },
        ])
        await new Promise((go) => setTimeout(go, 800))
        h.equal('ran at once', ran, 0)
        await worker.close()
        await queue.close()
        await backend.close()
      }
      await w.quiet(59 * DAY_MS)
      h.equal('a day before', (await w.row(id)).state, 'scheduled')
      await w.quiet(3 * DAY_MS)
      h.equal('after', (await w.row(id)).state, 'published')
      return h.verdict()
    },
  },
  {
    id: 'F-36',
    title: { zh: '睡过 8 小时，50 条到点', en: 'asleep for eight hours while 50 posts fell due' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world({ accounts: 3 })
      const ids: string[] = []
      const accounts = w.accountIds(3)
      for (let i = 0; i < 50; i++) {
        const due = 5 * MINUTE_MS + h.random.below(8 * HOUR_MS - 10 * MINUTE_MS)
        ids.push(await w.post(`p${String(i).padStart(2, '0')}x`, due, h.random.pick(accounts)))
      }
      const wake = w.clock.now.getTime() + 8 * HOUR_MS
      w.clock.now = new Date(wake)
      await w.restart()
      await w.quiet(HOUR_MS)
      const rows = (await w.rows()).filter(({ id }) => ids.includes(id))
      const tooLate = rows.filter(({ dueAt }) => wake - dueAt.getTime() > 31 * MINUTE_MS)
      h.expect(
        'a burst after waking',
        tooLate.every(({ state }) => state === 'expired'),
      )
      const inTime = rows.filter(({ dueAt }) => wake - dueAt.getTime() < 20 * MINUTE_MS)
      h.expect(
        'those still in time',
        inTime.every(({ state }) => state === 'published'),
      )
      return h.verdict()
    },
  },
]
