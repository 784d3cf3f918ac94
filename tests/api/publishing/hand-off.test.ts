import type { Notice } from '@xingbo/shared/inbox/notice.schema'
import type { HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import type { Publication, PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { sessions } from '../../../apps/api/src/db/schema/identity.ts'
import { reminders } from '../../../apps/api/src/db/schema/publishing.ts'
import { jobsOf } from '../../../apps/api/src/jobs.ts'
import { checkProofsAgainstWorks } from '../../../apps/api/src/modules/publishing/proof-check.service.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp, testNow } from '../../support/test-app.ts'

const minute = 60_000
const hour = 60 * minute
const declared = (detail: PublicationDetail) => detail.snapshot.declarations

/** The product without a queue: `sweep` rings for whatever the rows say is due, once. */
async function desk() {
  const t = await testApp()
  const jobs = jobsOf(t.deps)
  const handlers = new Map(jobs.handlers.map((one) => [one.job.name, one]))
  const sweep = async () => {
    for (const read of jobs.dueReaders)
      for (const { job, payload } of await read(t.clock.now))
        await handlers.get(job)?.run(payload as never)
  }
  const operator = t.as('operator')
  const items = async (person = operator) =>
    ((await person('/api/inbox')).body as { items: Notice[] }).items
  return {
    ...t,
    operator,
    sweep,
    /** Moves the clock to `ms` after the start and sweeps. */
    async go(ms: number) {
      t.clock.now = new Date(testNow.getTime() + ms)
      // Nobody's session ends while they are being reminded.
      await t.db.inTransaction(async (tx) => {
        await tx.update(sessions).set({ lastSeenAt: t.clock.now })
      })
      await sweep()
    },
    schedule: async (contentId: string, accountIds: string[], inMs: number) => {
      await readyItem(t.deps, contentId)
      const dueAt = new Date(testNow.getTime() + inMs).toISOString()
      const answer = await operator(`/api/contents/${contentId}/publications`, {
        body: { items: accountIds.map((accountId) => ({ accountId, dueAt })) },
      })
      expect(answer.status, answer.text).toBe(200)
      return (answer.body as { items: Publication[] }).items.map(({ id }) => id)
    },
    keys: async (person = operator) => (await items(person)).map(({ message }) => message.key),
    items,
    detail: async (id: string) =>
      (await operator(`/api/publications/${id}`)).body as PublicationDetail,
    list: async () => ((await operator('/api/hand-offs')).body as { items: HandOffItem[] }).items,
    owner: (accountId: string, ownerUserId: string) =>
      t.db.inTransaction(async (tx) => {
        await tx.update(accounts).set({ ownerUserId }).where(eq(accounts.id, accountId))
      }),
  }
}

describe('reminders', () => {
  test('before, at and after its time, then the managers, then expired: each once', async () => {
    const t = await desk()
    const [id = ''] = await t.schedule('c1', ['xiaohongshu-a'], 45 * minute)
    const manager = t.as('manager')
    await t.go(14 * minute)
    expect(await t.keys()).toEqual([])
    await t.go(15 * minute)
    expect(await t.keys()).toEqual(['publishing.remind.before'])
    await t.sweep()
    await t.sweep()
    expect(await t.keys()).toHaveLength(1)
    // The newer one takes the place of the older one.
    await t.go(40 * minute)
    expect(await t.keys()).toEqual(['publishing.remind.before'])
    await t.go(45 * minute)
    await t.sweep()
    expect(await t.keys()).toEqual(['publishing.remind.due'])
    await t.go(75 * minute)
    expect(await t.keys()).toEqual(['publishing.remind.late'])
    expect(await t.keys(manager)).toEqual([])
    await t.go(105 * minute)
    expect(await t.keys()).toEqual(['publishing.remind.escalated'])
    const [escalated] = await t.items(manager)
    expect(escalated).toMatchObject({ severity: 'urgent', subject: { id } })
    expect(escalated?.message.values).toMatchObject({ minutes: 60 })
    await t.go(45 * minute + 23 * hour)
    expect(await t.keys()).toEqual(['publishing.remind.lastCall'])
    await t.go(45 * minute + 24 * hour)
    await t.sweep()
    expect((await t.detail(id)).state).toBe('expired')
    expect(await t.keys()).toEqual(['publishing.tell.expired'])
    expect(await t.keys(manager)).toEqual(['publishing.tell.expired'])
    await t.go(45 * minute + 48 * hour)
    expect(await t.keys()).toHaveLength(1)
  })

  test('after a standstill one sentence is said, not four', async () => {
    const t = await desk()
    const [id = ''] = await t.schedule('c1', ['xiaohongshu-a'], 10 * minute)
    t.clock.now = new Date(testNow.getTime() + 10 * minute)
    await t.sweep()
    // The house stood still for an hour; then a sweep of another process, with nothing but the rows.
    await t.go(80 * minute)
    expect(await t.keys()).toEqual(['publishing.remind.escalated'])
    const given = await t.db.read.select().from(reminders).where(eq(reminders.publicationId, id))
    expect(given.filter(({ told }) => told).map(({ step }) => step)).not.toContain('late')
    expect(new Set(given.map(({ step }) => step)).size).toBe(given.length)
  })

  test('what was posted, canceled or moved is not reminded of', async () => {
    const t = await desk()
    const [id = ''] = await t.schedule('c1', ['xiaohongshu-a'], 20 * minute)
    await t.go(0)
    expect(await t.keys()).toEqual(['publishing.remind.before'])
    const { revision } = await t.detail(id)
    const dueAt = new Date(testNow.getTime() + 3 * hour).toISOString()
    await t.operator(`/api/publications/${id}/reschedule`, { body: { revision, dueAt } })
    await t.go(25 * minute)
    await t.go(150 * minute)
    // The new time is reminded of anew.
    expect(await t.keys()).toEqual(['publishing.remind.before'])
    const [moved] = await t.items()
    expect(moved?.at).toBe(new Date(testNow.getTime() + 150 * minute).toISOString())
    const latest = await t.detail(id)
    await t.operator(`/api/publications/${id}/cancel`, {
      body: { revision: latest.revision, reason: '换选题' },
    })
    expect(await t.keys()).toEqual([])
    await t.go(4 * hour)
    expect(await t.keys()).toEqual([])
  })

  test('the account’s owner is told, not the others', async () => {
    const t = await desk()
    await t.owner('xiaohongshu-a', 'producer-a')
    await t.schedule('c1', ['xiaohongshu-a'], 20 * minute)
    await t.go(0)
    expect(await t.keys()).toEqual([])
    expect(await t.keys(t.as('producer'))).toEqual(['publishing.remind.before'])
  })
})

describe('whose post it is', () => {
  test('the owner’s, until somebody takes it over or gets it', async () => {
    const t = await desk()
    await t.owner('xiaohongshu-a', 'operator-a')
    const [id = ''] = await t.schedule('c1', ['xiaohongshu-a'], 20 * minute)
    expect(await t.list()).toMatchObject([
      { who: { userId: 'operator-a' }, takenOver: false, accountId: 'xiaohongshu-a' },
    ])
    const path = `/api/hand-offs/${id}/take-over`
    const producer = t.as('producer')
    expect((await producer(path, { body: { userId: 'producer-a' } })).status).toBe(200)
    expect(await t.list()).toMatchObject([{ who: { userId: 'producer-a' }, takenOver: true }])
    await t.go(0)
    expect(await t.keys()).toEqual([])
    expect(await t.keys(producer)).toEqual(['publishing.remind.before'])
    // Handed on by the operator: the new person hears of it, the old one's reminder is settled.
    await t.operator(path, { body: { userId: 'doctor-a' } })
    expect(await t.keys(producer)).toEqual([])
    expect(await t.keys(t.as('doctor'))).toEqual(['publishing.tell.handedOver'])
    await t.operator(path, { body: { userId: null } })
    expect(await t.list()).toMatchObject([{ who: { userId: 'operator-a' }, takenOver: false }])
  })

  test('only to somebody who can, only while it waits, producers only to themselves', async () => {
    const t = await desk()
    const [id = ''] = await t.schedule('c1', ['xiaohongshu-a'], 20 * minute)
    const path = `/api/hand-offs/${id}/take-over`
    const advisor = await t.operator(path, { body: { userId: 'advisor-a' } })
    expect(advisor.status).toBe(422)
    expect(advisor.text).toContain('advisor-a')
    const stranger = await t.operator(path, { body: { userId: 'operator-b' } })
    expect(stranger.status).toBe(422)
    expect(stranger.text).not.toContain('operator-b')
    expect((await t.as('producer')(path, { body: { userId: 'operator-a' } })).status).toBe(422)
    expect((await t.as('operator', 'b')(path, { body: { userId: 'operator-b' } })).status).toBe(404)
    expect((await t.as('advisor')(path, { body: { userId: 'advisor-a' } })).status).toBe(403)
    const { revision } = await t.detail(id)
    await t.operator(`/api/publications/${id}/cancel`, { body: { revision, reason: '不发了' } })
    expect((await t.operator(path, { body: { userId: 'operator-a' } })).status).toBe(422)
  })

  test('an account is given to a person by an operator, with the act in the log', async () => {
    const t = await desk()
    const path = '/api/accounts/xiaohongshu-a/owner'
    const given = await t.operator(path, { body: { userId: 'producer-a' } })
    expect(given.body).toMatchObject({ ownerUserId: 'producer-a' })
    expect((await t.operator(path, { body: { userId: 'producer-b' } })).status).toBe(422)
    expect((await t.as('producer')(path, { body: { userId: null } })).status).toBe(403)
    expect((await t.as('operator', 'b')(path, { body: { userId: null } })).status).toBe(404)
    const log = await t.as('admin')('/api/audit?action=account.owner_changed')
    expect(log.text).toContain('account.owner_changed')
  })
})

describe('proofs', () => {
  const note = (account: string, id: string) =>
    `https://www.xiaohongshu.com/user/profile/${account}/${id}`
  const ids = ['64b0c0ffee00000000000001', '64b0c0ffee00000000000002', '64b0c0ffee00000000000003']

  test('a link of an account that is another of ours is doubtful, and people are told', async () => {
    const t = await desk()
    await t.db.inTransaction(async (tx) => {
      const [row] = await tx.select().from(accounts).where(eq(accounts.id, 'xiaohongshu-a'))
      if (row) await tx.insert(accounts).values({ ...row, id: 'red-2', displayName: '第二个号' })
    })
    const posts = [
      ...(await t.schedule('c1', ['xiaohongshu-a', 'red-2'], minute)),
      ...(await t.schedule('c2', ['xiaohongshu-a'], minute)),
    ]
    await t.go(minute)
    const prove = async (n: number, account: string) => {
      const id = posts[n] ?? ''
      const answer = await t.operator(`/api/hand-offs/${id}/proof`, {
        body: { link: note(account, ids[n] ?? ''), declared: declared(await t.detail(id)) },
      })
      expect(answer.status, answer.text).toBe(200)
      return (await t.detail(id)).proofs[0]
    }
    const mine = '5f0000000000000000000001'
    expect(await prove(0, mine)).toMatchObject({ standing: 'unchecked', doubts: [] })
    expect(await prove(1, mine)).toMatchObject({
      standing: 'doubtful',
      doubts: [{ key: 'publishing.doubt.otherAccount' }],
    })
    expect(await prove(2, mine)).toMatchObject({ standing: 'confirmed', doubts: [] })
    const doubts = (await t.items()).filter(({ kind }) => kind === 'proof_doubt')
    expect(doubts).toMatchObject([{ subject: { id: posts[1] } }])
  })

  test('the platform’s own list settles it: its title and time, or that it is not there', async () => {
    const t = await desk()
    const posts = await t.schedule('c1', ['xiaohongshu-a'], minute)
    const [id = ''] = posts
    await t.go(minute)
    await t.operator(`/api/hand-offs/${id}/proof`, {
      body: {
        link: `https://www.xiaohongshu.com/explore/${ids[0]}`,
        declared: declared(await t.detail(id)),
      },
    })
    const postedAt = t.clock.now
    const check = async (works: { title: string; publishedAt: Date; of: string | null }[]) => {
      await t.db.inTransaction((tx) =>
        checkProofsAgainstWorks(
          tx,
          t.clock.now,
          {
            institutionId: 'a',
            accountId: 'xiaohongshu-a',
            asOf: new Date(postedAt.getTime() + 3 * 24 * hour),
          },
          works.map(({ title, publishedAt }) => ({ key: title, title, publishedAt })),
          new Map(
            works.map(({ title, of }) => [
              title,
              of
                ? { outcome: 'matched', publicationId: of, how: 'settled' }
                : { outcome: 'unmatched', reason: { key: 'metrics.match.none' } },
            ]),
          ),
          new Map([[id, '颈肩不适怎么办']]),
        ),
      )
      return (await t.detail(id)).proofs[0]
    }
    const day = (n: number) => new Date(postedAt.getTime() + n * 24 * hour)
    const around = [
      { title: '之前的', publishedAt: day(-2), of: null },
      { title: '之后的', publishedAt: day(2), of: null },
    ]
    // A list that does not reach this far says nothing.
    expect(await check(around.slice(0, 1))).toMatchObject({ standing: 'unchecked' })
    expect(await check(around)).toMatchObject({
      standing: 'doubtful',
      doubts: [{ key: 'publishing.doubt.notListed' }],
    })
    expect(
      await check([...around, { title: '红烧肉的家常做法', publishedAt: day(4), of: id }]),
    ).toMatchObject({
      standing: 'doubtful',
      doubts: [{ key: 'publishing.doubt.title' }, { key: 'publishing.doubt.time' }],
    })
    expect(
      await check([...around, { title: '颈肩不适怎么办？', publishedAt: postedAt, of: id }]),
    ).toMatchObject({ standing: 'confirmed', doubts: [] })
    // What is settled is not asked of anybody any more.
    expect((await t.items()).filter(({ kind }) => kind === 'proof_doubt')).toEqual([])
  })

  test('a proof without every declaration is refused', async () => {
    const t = await desk()
    const [id = ''] = await t.schedule('c1', ['xiaohongshu-a'], minute)
    await t.go(minute)
    const wanted = declared(await t.detail(id))
    const link = `https://www.xiaohongshu.com/explore/${ids[0]}`
    if (wanted.length > 0) {
      const bare = await t.operator(`/api/hand-offs/${id}/proof`, { body: { link, declared: [] } })
      expect(bare.status).toBe(422)
    }
    const full = await t.operator(`/api/hand-offs/${id}/proof`, {
      body: { link, declared: wanted },
    })
    expect(full.status).toBe(200)
  })
})

test('a code is drawn for whoever is signed in, and for nobody else', async () => {
  const t = await testApp()
  const text = encodeURIComponent('snssdk1128://openplatform/share?a=1')
  const drawn = await t.as('operator')(`/api/qr?text=${text}`)
  expect(drawn.status).toBe(200)
  expect(drawn.headers['content-type']).toContain('image/svg+xml')
  expect(drawn.text).toMatch(/^<svg[\s\S]*<\/svg>$/)
  expect((await t.as(null)(`/api/qr?text=${text}`)).status).toBe(401)
  expect((await t.as('operator')('/api/qr?text=')).status).toBe(400)
})
