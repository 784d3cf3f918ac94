import { count, eq } from 'drizzle-orm'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { metricSnapshots } from '../../../apps/api/src/db/schema/metrics.ts'
import { attempts, proofs, publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { ask, funnelFor } from '../../../apps/api/src/modules/funnel/funnel.service.ts'
import { webhookSignature } from '../../../apps/api/src/platforms/douyin/webhook.ts'
import { readyItem } from '../../support/ready-item.ts'
import { person, type World } from '../world.ts'
import type { FaultRow } from './row.ts'

const MINUTE_MS = 60_000

/** A Douyin hand-off whose share link has been opened, so that the platform's event can name it. */
async function shared(w: World, key: string, shareId: string): Promise<string> {
  await readyItem(w.deps, key)
  const id = await w.schedule(key, MINUTE_MS, 'douyin-a')
  await w.quiet(2 * MINUTE_MS)
  const at = w.deps.now()
  await w.db.inTransaction(async (tx) => {
    await tx.insert(attempts).values({
      id: `att-${key}`,
      institutionId: 'a',
      publicationId: id,
      number: 1,
      fence: 1,
      step: 'uploaded',
      uploadId: shareId,
      startedAt: at,
      uploadedAt: at,
    })
  })
  return id
}

const openId = 'douyin-person'
async function knowDouyin(w: World): Promise<void> {
  await w.db.inTransaction(async (tx) => {
    await tx.update(accounts).set({ openId }).where(eq(accounts.id, 'douyin-a'))
  })
}
const event = (w: World, name: string, content: object): string =>
  JSON.stringify({
    event: name,
    from_user_id: openId,
    client_key: w.deps.settings.platforms.douyin.clientKey,
    content,
  })

/** Delivers one event as Douyin does; `spoil` changes what is sent after it was signed. */
async function deliver(
  w: World,
  app: Awaited<ReturnType<World['http']>>['app'],
  body: string,
  {
    messageId = 'm1',
    signature,
    sent = body,
  }: { messageId?: string; signature?: string; sent?: string } = {},
): Promise<number> {
  const { clientSecret } = w.deps.settings.platforms.douyin
  const answer = await app.inject({
    method: 'POST',
    url: '/api/webhooks/douyin',
    headers: {
      'content-type': 'application/json',
      'x-douyin-signature': signature ?? webhookSignature(clientSecret, Buffer.from(body)),
      'msg-id': messageId,
    },
    payload: sent,
  })
  return answer.statusCode
}
async function proofsOf(w: World, id: string): Promise<number> {
  const [row] = await w.db.read
    .select({ n: count() })
    .from(proofs)
    .where(eq(proofs.publicationId, id))
  return row?.n ?? 0
}
const posted = (w: World, shareId: string, item: string) =>
  event(w, 'create_video', { share_id: shareId, item_id: item, video_id: `7${item.length}1` })

/** `F-70` to `F-73`: what comes in from outside. */
export const inboundRows: readonly FaultRow[] = [
  {
    id: 'F-70',
    title: { zh: '同一条回调来几百次，50 个同时', en: 'one webhook hundreds of times, 50 at once' },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { app } = await w.http()
      await knowDouyin(w)
      const id = await shared(w, 'p1', 'share-1')
      const body = posted(w, 'share-1', '@item')
      const statuses = new Set<number>()
      // A thousand once; the other seeds look for what order and chance may change.
      for (let round = 0; round < (seed === 1 ? 20 : 3); round++)
        for (const status of await Promise.all(
          Array.from({ length: 50 }, () => deliver(w, app, body)),
        ))
          statuses.add(status)
      h.equal('answers', [...statuses], [200])
      h.equal('effects', [await proofsOf(w, id), (await w.row(id)).state], [1, 'published'])
      return h.verdict()
    },
  },
  {
    id: 'F-71',
    title: {
      zh: '回调签名错、内容被改、事后重放',
      en: 'a webhook with a bad signature, a changed body, or replayed later',
    },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const { app } = await w.http()
      await knowDouyin(w)
      const id = await shared(w, 'p1', 'share-1')
      const other = await shared(w, 'p2', 'share-2')
      const body = posted(w, 'share-1', '@item')
      const cut = body.length - 2 - h.random.below(10)
      const changed = `${body.slice(0, cut)}x${body.slice(cut + 1)}`
      h.equal('bad signature', await deliver(w, app, body, { signature: 'f'.repeat(40) }), 401)
      h.equal('no signature', await deliver(w, app, body, { signature: '' }), 401)
      h.equal('changed body', await deliver(w, app, body, { sent: changed }), 401)
      h.equal('effects', [await proofsOf(w, id), (await w.row(id)).state], [0, 'awaiting_person'])
      h.equal('the true one', await deliver(w, app, body), 200)
      // Douyin signs no time: what is replayed is known by its message and its post, and changes nothing.
      await w.quiet(6 * MINUTE_MS)
      const before = await w.row(id)
      h.equal('replayed', await deliver(w, app, body), 200)
      h.equal('replayed under another id', await deliver(w, app, body, { messageId: 'm2' }), 200)
      h.equal(
        'untouched',
        [await proofsOf(w, id), (await w.row(id)).revision],
        [1, before.revision],
      )
      h.equal('nobody else’s', (await w.row(other)).state, 'awaiting_person')
      return h.verdict()
    },
  },
  {
    id: 'F-72',
    title: { zh: '四个回调以任意顺序到达', en: 'four webhooks in any order' },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { app } = await w.http()
      await knowDouyin(w)
      const first = await shared(w, 'p1', 'share-1')
      const second = await shared(w, 'p2', 'share-2')
      const events = [
        ['m1', posted(w, 'share-1', '@one')],
        ['m1', posted(w, 'share-1', '@one')],
        ['m2', posted(w, 'share-2', '@two')],
        ['m3', event(w, 'unknown_event', { share_id: 'share-1' })],
      ] as const
      // All 24 orders come up within 24 seeds.
      for (const at of orderOf(seed % 24)) {
        const [messageId, body] = events[at] ?? events[0]
        h.equal('answer', await deliver(w, app, body, { messageId }), 200)
      }
      h.equal('states', await w.states([first, second]), ['published', 'published'])
      h.equal('effects', [await proofsOf(w, first), await proofsOf(w, second)], [1, 1])
      return h.verdict()
    },
  },
  {
    id: 'F-73',
    title: {
      zh: '数据快照乱序、重复、变小、清零',
      en: 'metric snapshots out of order, repeated, falling, reset to 0',
    },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const id = await w.post('p1')
      await w.quiet(10 * MINUTE_MS)
      const from = w.clock.now.getTime() - 5 * MINUTE_MS
      const readings = Array.from({ length: 30 }, (_, i) => ({
        plays: i === 20 ? 0 : h.random.below(1_000 + i * 50),
        asOf: new Date(from + i * 10_000),
      }))
      const shuffled = h.random.shuffled([...readings, ...readings.slice(3, 9)])
      await w.db.inTransaction(async (tx) => {
        for (const [i, { plays, asOf }] of shuffled.entries())
          await tx
            .insert(metricSnapshots)
            .values({
              id: `snap-${i}`,
              institutionId: 'a',
              publicationId: id,
              source: 'api',
              asOf,
              plays,
            })
            .onConflictDoNothing()
      })
      const asked = await ask(w.deps, person('manager'), {
        breakdown: 'platform',
        attribution: 'last',
      })
      const told = funnelFor(asked, null).figures.find(({ stage }) => stage === 'play')?.value
      h.equal('plays', told, readings.at(-1)?.plays)
      const [row] = await w.db.read
        .select({ n: count() })
        .from(publications)
        .where(eq(publications.state, 'published'))
      h.equal('published', row?.n, 1)
      return h.verdict()
    },
  },
]

/** The `n`th order of four. */
function orderOf(n: number): number[] {
  const left = [0, 1, 2, 3]
  const order: number[] = []
  for (const size of [6, 2, 1, 1]) {
    const [taken] = left.splice(Math.floor(n / size) % left.length, 1)
    if (taken !== undefined) order.push(taken)
  }
  return order
}
