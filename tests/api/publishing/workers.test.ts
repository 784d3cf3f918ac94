import { permissions, type RouteKey } from '@xingbo/shared/identity/permissions'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import {
  accountPaces,
  attempts,
  publications,
  workers,
} from '../../../apps/api/src/db/schema/publishing.ts'
import {
  claim,
  recoverAllOrphans,
  recoverOrphan,
} from '../../../apps/api/src/modules/publishing/ledger.service.ts'
import { listLineHeads } from '../../../apps/api/src/modules/publishing/line.repository.ts'
import { listDue } from '../../../apps/api/src/modules/publishing/publication.repository.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp } from '../../support/test-app.ts'

const internal = (Object.keys(permissions) as RouteKey[]).filter((key) =>
  key.includes(' /internal/'),
)

/** Two machines of institution `a`, a post that is due, and the ways to speak for them. */
async function fleet() {
  const t = await testApp({ XINGBO_WORKER: '0' })
  // A token that holds for the whole test needs no platform.
  const make = async (name: string, role: 'admin' = 'admin', institution = 'a') => {
    const { status, body } = await t.as(role, institution)('/api/workers', { body: { name } })
    expect(status).toBe(200)
    return body as { worker: { id: string }; token: string }
  }
  const ask = (token: string, step: string, body: object) =>
    t.app
      .inject({
        method: 'POST',
        url: `/internal/worker/${step}`,
        headers: { authorization: `Bearer ${token}` },
        payload: body,
      })
      .then((res) => ({ status: res.statusCode, body: res.json() as never }))
  const due = async (key: string, accountId = 'kuaishou-a') => {
    await readyItem(t.deps, key)
    const { status, body } = await t.as('operator')(`/api/contents/${key}/publications`, {
      body: {
        timeZone: 'Asia/Shanghai',
        items: [{ accountId, dueAt: new Date(t.clock.now.getTime() + 60_000).toISOString() }],
      },
    })
    expect(status, JSON.stringify(body)).toBe(200)
    return (body as { items: { id: string }[] }).items[0]?.id ?? ''
  }
  const pass = (ms: number) => {
    t.clock.now = new Date(t.clock.now.getTime() + ms)
  }
  const row = async (id: string) => {
    const [found] = await t.db.read.select().from(publications).where(eq(publications.id, id))
    if (!found) throw new Error('gone')
    return found
  }
  const take = (token: string, publicationId: string, claimKey = crypto.randomUUID()) =>
    ask(token, 'claim', { publicationId, claimKey, platforms: ['kuaishou', 'bilibili'] })
  return { ...t, make, ask, due, pass, row, take }
}
type Claimed = { kind: string; fence: number; token: unknown; files: { media: string } }

test('worker routes take a worker’s credential and nothing else; its token is kept as a hash', async () => {
  const t = await fleet()
  const { token, worker } = await t.make('机房一')
  expect(internal).toHaveLength(8)
  for (const key of internal) {
    const url = key.slice(key.indexOf(' ') + 1)
    const asked = (headers: Record<string, string>) =>
      t.app.inject({ method: 'POST', url, headers, payload: {} }).then((res) => res.statusCode)
    expect(await asked({}), url).toBe(401)
    expect(await asked({ authorization: 'Bearer guessed' }), url).toBe(401)
    expect(await asked({ cookie: 'xingbo=token-admin-a' }), url).toBe(403)
    const both = { cookie: 'xingbo=token-admin-a', authorization: `Bearer ${token}` }
    expect(await asked(both), url).toBe(403)
    expect(await asked({ authorization: `Bearer ${token}` }), url).toBe(400)
  }
  const [kept] = await t.db.read.select().from(workers)
  expect(JSON.stringify(kept)).not.toContain(token)
  // And opens no page of people.
  const me = await t.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } })
  expect(me.statusCode).toBe(401)
  const hello = { version: '9.9', host: 'node-1', skewMs: 40 }
  expect(await t.ask(token, 'hello', hello)).toMatchObject({ status: 200 })
  const seen = (await t.as('admin')('/api/workers')).body as { items: object[] }
  expect(seen.items).toMatchObject([{ id: worker.id, name: '机房一', ...hello, inFlight: [] }])
  expect((await t.as('admin', 'b')('/api/workers')).body).toMatchObject({ items: [] })
  expect((await t.as('operator')('/api/workers')).status).toBe(403)
})

test('a worker claims, proves and settles; what it may not send it does not get', async () => {
  const t = await fleet()
  const mine = await t.make('a')
  const foreign = await t.make('b', 'admin', 'b')
  const id = await t.due('w1')
  expect((await t.take(mine.token, id)).body).toEqual({ kind: 'nothing' })
  t.pass(61_000)
  expect((await t.take(foreign.token, id)).body).toEqual({ kind: 'nothing' })
  expect((await t.row(id)).state).toBe('scheduled')

  const key = crypto.randomUUID()
  const first = (await t.take(mine.token, id, key)).body as Claimed
  expect(first).toMatchObject({ kind: 'claimed', fence: 1, token: { kind: 'ok' } })
  // The answer got lost: asked again it is the same claim, for another it is none.
  expect((await t.take(mine.token, id, key)).body).toMatchObject({ kind: 'claimed', fence: 1 })
  expect((await t.take(mine.token, id)).body).toEqual({ kind: 'nothing' })
  expect(await t.db.read.select().from(attempts)).toHaveLength(1)
  const file = await t.app.inject({ url: first.files.media })
  expect(file.statusCode).toBe(200)
  expect((await t.app.inject({ url: `${first.files.media}x` })).statusCode).toBe(403)

  const held = { publicationId: id, fence: 1 }
  const upload = { ...held, uploadId: 'u1', done: true }
  // A credential of several institutions is as good as the one.
  const both = `${foreign.token},${mine.token}`
  expect((await t.ask(foreign.token, 'upload', upload)).body).toEqual({ held: false })
  expect((await t.ask(both, 'upload', upload)).body).toEqual({ held: true })
  expect((await t.ask(mine.token, 'begin', { ...held, fence: 2 })).body).toEqual({ held: false })
  expect((await t.ask(mine.token, 'begin', held)).body).toEqual({ held: true })
  const listed = (await t.as('admin')('/api/workers')).body as { items: object[] }
  expect(listed.items).toMatchObject([{ inFlight: [{ publicationId: id, sending: true }] }])
  const answer = { kind: 'accepted', remoteId: 'r1', remoteUrl: null }
  for (let times = 0; times < 2; times++)
    expect((await t.ask(mine.token, 'settle', { ...held, answer, token: null })).body).toEqual({
      held: true,
    })
  expect(await t.row(id)).toMatchObject({ state: 'accepted', remoteId: 'r1' })
})

test('a worker that slept can neither write nor send, but a late yes still counts', async () => {
  const t = await fleet()
  const [one, two] = [await t.make('one'), await t.make('two')]
  const id = await t.due('s1')
  t.pass(61_000)
  await t.take(one.token, id)
  t.pass(t.deps.settings.leaseMs)
  // The next ring, wherever it arrives, takes the claim back; the one after it gives it to another.
  await t.take(two.token, id)
  expect((await t.take(two.token, id)).body).toMatchObject({ kind: 'claimed', fence: 3 })
  for (const step of ['renew', 'begin', 'release'])
    expect((await t.ask(one.token, step, { publicationId: id, fence: 1 })).body).toEqual({
      held: false,
    })
  expect((await t.ask(two.token, 'begin', { publicationId: id, fence: 3 })).body).toEqual({
    held: true,
  })
  t.pass(t.deps.settings.leaseMs)
  await recoverOrphan(t.deps, id)
  expect((await t.row(id)).state).toBe('unconfirmed')
  const late = {
    publicationId: id,
    fence: 3,
    answer: { kind: 'accepted', remoteId: 'r9', remoteUrl: null },
    token: null,
  }
  await t.ask(two.token, 'settle', late)
  expect(await t.row(id)).toMatchObject({ state: 'accepted', remoteId: 'r9' })
})

test('a stopping worker gives back what is unsent, and it counts for no attempt', async () => {
  const t = await fleet()
  const { token } = await t.make('one')
  const id = await t.due('g1')
  t.pass(61_000)
  for (let round = 0; round < 4; round++) {
    const { fence } = (await t.take(token, id)).body as Claimed
    const held = { publicationId: id, fence }
    expect((await t.ask(token, 'release', held)).body).toEqual({ held: true })
    expect((await t.row(id)).state).toBe('scheduled')
  }
})

test('taken back, a credential opens nothing, and what it held is freed or looked up', async () => {
  const t = await fleet()
  const { token, worker } = await t.make('one')
  const ids = [await t.due('r1'), await t.due('r2')]
  await t.db.inTransaction(async (tx) => {
    const [first] = await tx.select().from(accounts).where(eq(accounts.id, 'kuaishou-a'))
    if (first) await tx.insert(accounts).values({ ...first, id: 'kuaishou-2' })
    await tx
      .update(publications)
      .set({ accountId: 'kuaishou-2' })
      .where(eq(publications.id, ids[1] ?? ''))
  })
  t.pass(61_000)
  const first = (await t.take(token, ids[0] ?? '')).body as Claimed
  await t.ask(token, 'begin', { publicationId: ids[0], fence: first.fence })
  const revoked = await t.as('admin')(`/api/workers/${worker.id}/revoke`, { body: {} })
  expect(revoked).toMatchObject({ status: 200, body: { inFlight: [] } })
  expect((await t.row(ids[0] ?? '')).state).toBe('unconfirmed')
  expect((await t.take(token, ids[1] ?? '')).status).toBe(401)
  expect((await t.as('admin')(`/api/workers/${worker.id}/revoke`, { body: {} })).status).toBe(404)
  const other = await t.make('two')
  expect(
    (await t.as('admin', 'b')(`/api/workers/${other.worker.id}/revoke`, { body: {} })).status,
  ).toBe(404)
})

test('a restarted server leaves a living machine its claim, and takes its own back', async () => {
  const t = await fleet()
  const { token } = await t.make('one')
  const id = await t.due('b1')
  t.pass(61_000)
  await t.take(token, id)
  expect(await recoverAllOrphans(t.deps)).toBe(0)
  expect((await t.row(id)).state).toBe('submitting')
  t.pass(t.deps.settings.leaseMs)
  expect(await recoverAllOrphans(t.deps)).toBe(1)
  t.pass(1)
  await claim(t.deps, id)
  expect(await recoverAllOrphans(t.deps)).toBe(1)
})

test('an account’s posts go one after the other, earliest first, with the platform’s pause, whoever asks', async () => {
  const t = await fleet()
  const [one, two] = [await t.make('one'), await t.make('two')]
  const ids = [await t.due('o1'), await t.due('o2'), await t.due('o3')]
  const [first = '', second = '', third = ''] = ids
  // Bilibili asks for 30 s between two posts of an account.
  await t.db.inTransaction(async (tx) => {
    await tx.update(publications).set({ platform: 'bilibili' })
  })
  const snapshots = await t.db.read.select().from(publications)
  const { sha256Hex } = await import('../../../apps/api/src/security/tokens.ts')
  const { snapshotText, publishSnapshot } = await import(
    '@xingbo/shared/publishing/snapshot.schema'
  )
  await t.db.inTransaction(async (tx) => {
    for (const row of snapshots) {
      const snapshot = publishSnapshot.parse({ ...(row.snapshot as object), platform: 'bilibili' })
      await tx
        .update(publications)
        .set({ snapshot, snapshotSha256: sha256Hex(snapshotText(snapshot)) })
        .where(eq(publications.id, row.id))
    }
  })
  t.pass(61_000)
  // The later ones ask first: they line up behind, without a time to be looked at again.
  for (const id of [third, second])
    expect((await t.take(two.token, id)).body).toEqual({ kind: 'nothing' })
  expect(await t.row(third)).toMatchObject({
    state: 'queued',
    reasonKey: 'publishing.accountBusy',
    nextCheckAt: null,
  })
  const waiting = await t.row(third)
  await t.take(two.token, third)
  expect((await t.row(third)).revision).toBe(waiting.revision)
  expect((await listDue(t.db.read, t.clock.now, 10)).map(({ id }) => id)).toEqual([first])

  const { fence } = (await t.take(one.token, first)).body as Claimed
  const held = { publicationId: first, fence }
  await t.ask(one.token, 'begin', held)
  t.pass(4_000)
  const answer = { kind: 'accepted', remoteId: 'x1', remoteUrl: null }
  await t.ask(one.token, 'settle', { ...held, answer, token: null })
  // The next is woken for the end of the pause, counted from the answer; the one after it stays behind.
  const free = new Date(t.clock.now.getTime() + 30_000)
  expect(await t.row(second)).toMatchObject({ nextCheckAt: free })
  expect(await t.row(third)).toMatchObject({ nextCheckAt: null })
  t.pass(29_999)
  expect((await t.take(two.token, second)).body).toEqual({ kind: 'nothing' })
  t.pass(1)
  expect((await t.take(two.token, second)).body).toMatchObject({ kind: 'claimed' })
  expect(await t.db.read.select().from(accountPaces)).toHaveLength(1)
  // A front that leaves without a word: the sweeper finds the line.
  expect(await listLineHeads(t.db.read, 10)).toEqual([])
  await t.db.inTransaction(async (tx) => {
    await tx.update(publications).set({ state: 'canceled' }).where(eq(publications.id, second))
  })
  expect((await listLineHeads(t.db.read, 10)).map(({ id }) => id)).toEqual([third])
})

test('thousands of calls a minute are a worker’s daily work, not an attack', async () => {
  const t = await fleet()
  const { token } = await t.make('busy')
  for (let i = 0; i < 3_100; i++) {
    const { status } = await t.ask(token, 'renew', { publicationId: 'none', fence: 1 })
    if (status !== 200) expect(status).toBe(200)
  }
})
