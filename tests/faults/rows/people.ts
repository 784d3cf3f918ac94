import { count, eq } from 'drizzle-orm'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { credentials } from '../../../apps/api/src/db/schema/doctors.ts'
import { assets } from '../../../apps/api/src/db/schema/media.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { scriptRevisions, signOffs } from '../../../apps/api/src/db/schema/scripts.ts'
import { bodyOf, readyItem } from '../../support/ready-item.ts'
import { testNow } from '../../support/test-app.ts'
import type { World } from '../world.ts'
import type { FaultRow } from './row.ts'

const MINUTE_MS = 60_000
type Http = Awaited<ReturnType<World['http']>>
type As = ReturnType<Http['as']>

const scheduleUrl = (contentId: string) => `/api/contents/${contentId}/publications`
const scheduleBody = (accountId: string, at: Date) => ({
  items: [{ accountId, dueAt: new Date(at.getTime() + 10 * MINUTE_MS).toISOString() }],
})
const idOf = (text: string): string =>
  (JSON.parse(text) as { items: { id: string }[] }).items[0]?.id ?? ''

async function countOf(w: World, contentId: string): Promise<number> {
  const [row] = await w.db.read
    .select({ n: count() })
    .from(publications)
    .where(eq(publications.contentId, contentId))
  return row?.n ?? 0
}

/** An item whose first script revision waits for its doctor. */
async function waitingScript(w: World, producer: As, id: string): Promise<void> {
  await w.db.inTransaction(async (tx) => {
    await tx.insert(contentItems).values({
      id,
      institutionId: 'a',
      title: id,
      stage: 'scripting',
      stageEnteredAt: testNow,
      doctorId: 'doc-a',
      departmentId: 'dep-a',
      platforms: ['kuaishou'],
      position: 1,
      createdAt: testNow,
      updatedAt: testNow,
    })
  })
  await producer(`/api/contents/${id}/script/revisions`, revision(id, '', null))
  await w.db.inTransaction(async (tx) => {
    await tx.update(contentItems).set({ stage: 'doctor_review' }).where(eq(contentItems.id, id))
  })
}
const revision = (id: string, hook: string, basedOn: number | null) => ({
  body: { ...bodyOf(id), ...(hook && { hook }) },
  note: '',
  basedOn,
  draftRevision: null,
})

async function approval(w: World, id: string, number: number): Promise<object> {
  const rows = await w.db.read
    .select()
    .from(scriptRevisions)
    .where(eq(scriptRevisions.contentId, id))
  const wanted = rows.find((row) => row.number === number)
  return {
    revisionNumber: number,
    sha256: wanted?.sha256,
    decision: 'approved',
    confirmedName: '陆闻溪',
  }
}
/** What stands signed, and the newest words. */
async function signedOf(w: World, id: string) {
  const signs = await w.db.read.select().from(signOffs).where(eq(signOffs.contentId, id))
  const revisions = await w.db.read
    .select()
    .from(scriptRevisions)
    .where(eq(scriptRevisions.contentId, id))
  const newest = revisions.sort((a, b) => b.number - a.number)[0]
  const standing = signs.filter((sign) => sign.voidedAt === null && sign.decision === 'approved')
  return { signs, standing, newest }
}

/** `F-80` to `F-89`: what people do at the same time, twice, too late, or from a stale page. */
export const peopleRows: readonly FaultRow[] = [
  {
    id: 'F-80',
    title: { zh: '双击；20 个同样的请求同时到', en: 'a double click; 20 equal requests at once' },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      await readyItem(w.deps, 'p1')
      const headers = { 'idempotency-key': `key-${seed}` }
      const body = scheduleBody('kuaishou-a', w.clock.now)
      const operator = as('operator')
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => operator(scheduleUrl('p1'), body, headers)),
      )
      h.equal('rows', await countOf(w, 'p1'), 1)
      h.equal('different answers', new Set(answers.map(({ text }) => text)).size, 1)
      h.equal('statuses', [...new Set(answers.map(({ status }) => status))], [200])
      await w.quiet(30 * MINUTE_MS)
      h.equal('posts', (await w.heldOf('p1')).length, 1)
      return h.verdict()
    },
  },
  {
    id: 'F-81',
    title: { zh: '两个人同时签发同一版脚本', en: 'one script approved twice at the same moment' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      for (let i = 0; i < 5; i++) {
        const id = `s${i}`
        await waitingScript(w, as('producer'), id)
        const body = await approval(w, id, 1)
        const answers = await Promise.all(
          Array.from({ length: 4 }, () => as('doctor')(`/api/sign-offs/${id}/decide`, body)),
        )
        const statuses = answers.map(({ status }) => status).sort()
        h.equal('approvals', (await signedOf(w, id)).signs.length, 1)
        h.equal('accepted', statuses.filter((status) => status === 200).length, 1)
        h.expect(
          `refusals ${statuses}`,
          statuses.slice(1).every((s) => s === 409 || s === 422),
        )
      }
      return h.verdict()
    },
  },
  {
    id: 'F-82',
    title: { zh: '一人签发、一人同时改稿', en: 'approved and edited at the same moment' },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      for (let i = 0; i < 5; i++) {
        const id = `s${i}`
        await waitingScript(w, as('producer'), id)
        const approve = await approval(w, id, 1)
        const both = [
          () => as('doctor')(`/api/sign-offs/${id}/decide`, approve),
          () =>
            as('producer')(`/api/contents/${id}/script/revisions`, revision(id, `新稿 ${seed}`, 1)),
        ]
        await Promise.all((h.random.chance(0.5) ? both : both.reverse()).map((one) => one()))
        const { standing, newest } = await signedOf(w, id)
        const untrue = standing.filter((sign) => sign.sha256 !== newest?.sha256)
        h.equal('approved words that are not the newest', untrue.length, 0)
      }
      return h.verdict()
    },
  },
  {
    id: 'F-83',
    title: { zh: '在旧页面上签发旧版本', en: 'an old version approved from a stale page' },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      await waitingScript(w, as('producer'), 's1')
      const stale = await approval(w, 's1', 1)
      await as('producer')('/api/contents/s1/script/revisions', revision('s1', `新 ${seed}`, 1))
      const answer = await as('doctor')('/api/sign-offs/s1/decide', stale)
      h.expect(`answered ${answer.status}`, answer.status === 409 || answer.status === 422)
      h.equal('approvals', (await signedOf(w, 's1')).standing.length, 0)
      return h.verdict()
    },
  },
  {
    id: 'F-84',
    title: {
      zh: '签发后脚本或视频被换掉',
      en: 'the script or the video is replaced after approval',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      const id = await w.post('p1')
      if (seed % 2 === 0)
        await as('producer')('/api/contents/p1/script/revisions', revision('p1', '换过的话', 1))
      else
        await w.db.inTransaction(async (tx) => {
          const sha256 = 'f'.repeat(64)
          await tx.update(assets).set({ sha256 }).where(eq(assets.id, 'ast_p1'))
        })
      await w.quiet(60 * MINUTE_MS)
      h.equal('posts', (await w.held()).length, 0)
      h.equal('state', (await w.row(id)).state, 'expired')
      if (seed % 2 === 0) h.equal('signed', (await signedOf(w, 'p1')).standing.length, 0)
      return h.verdict()
    },
  },
  {
    id: 'F-85',
    title: {
      zh: '签发后医生资质到期或医生停用',
      en: 'the doctor’s licence ends, or a hold comes, before the time',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      const id = await w.post('p1', 26 * 60 * MINUTE_MS)
      if (seed % 2 === 0)
        await w.db.inTransaction(async (tx) => {
          await tx.update(credentials).set({ expiresOn: '2026-11-21' })
        })
      else
        await as('manager')('/api/holds', {
          kind: 'doctor',
          subjectId: 'doc-a',
          reason: '执业注册正在变更',
        })
      await w.quiet(28 * 60 * MINUTE_MS)
      h.equal('posts', (await w.held()).length, 0)
      h.equal('state', (await w.row(id)).state, 'expired')
      return h.verdict()
    },
  },
  {
    id: 'F-86',
    title: {
      zh: '到点那一刻取消或改期',
      en: 'canceled or moved in the very second it is due',
    },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      const moves = h.random.chance(0.5)
      const ids: string[] = []
      for (let i = 0; i < 3; i++) ids.push(await w.post(`p${i}`, MINUTE_MS))
      w.clock.now = new Date(w.clock.now.getTime() + MINUTE_MS)
      const later = new Date(w.clock.now.getTime() + 20 * MINUTE_MS).toISOString()
      const act = async (id: string) => {
        await new Promise((go) => setTimeout(go, h.random.below(25)))
        const { revision } = await w.row(id)
        return moves
          ? as('operator')(`/api/publications/${id}/reschedule`, { revision, dueAt: later })
          : as('operator')(`/api/publications/${id}/cancel`, { revision, reason: '临时撤下' })
      }
      const [, ...answers] = await Promise.all([w.runDue(), ...ids.map(act)])
      await w.quiet(60 * MINUTE_MS)
      for (const [i, id] of ids.entries()) {
        const held = (await w.heldOf(`p${i}`)).length
        const said = answers[i]?.status
        const { state } = await w.row(id)
        if (said === 200 && !moves)
          h.equal('canceled, on the platform', [held, state], [0, 'canceled'])
        else if (said === 200) h.equal('moved', [held, state], [1, 'published'])
        else h.equal(`told ${said}`, [held, state], [1, 'published'])
      }
      return h.verdict()
    },
  },
  {
    id: 'F-87',
    title: { zh: '上传途中撤回签发', en: 'the approval is withdrawn during the upload' },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      const id = await w.post('p1')
      await w.restart(async (step) => {
        if (step !== 'uploaded') return
        const url = '/api/contents/p1/script/revisions'
        if (seed % 2 === 0) await as('producer')(url, revision('p1', '撤回重写', 1))
        else
          await as('reviewer')('/api/holds', {
            kind: 'content',
            subjectId: 'p1',
            reason: '收到投诉，先停',
          })
      })
      await w.quiet(60 * MINUTE_MS)
      h.equal('posts', (await w.held()).length, 0)
      h.equal('calls', (await w.calls('kuaishou.publish')).length, 0)
      h.equal('state', (await w.row(id)).state, 'expired')
      return h.verdict()
    },
  },
  {
    id: 'F-88',
    title: { zh: '两个机构的标签页混用', en: 'tabs of two institutions, mixed up' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      const id = await w.post('p1', 30 * MINUTE_MS)
      const { revision: before } = await w.row(id)
      const stranger = as('operator', 'b')
      const other = { 'x-institution-id': 'a' }
      const answers = await Promise.all([
        stranger(`/api/publications/${id}/cancel`, { revision: before, reason: 'x' }),
        stranger(`/api/publications/${id}/cancel`, { revision: before, reason: 'x' }, other),
        stranger(scheduleUrl('p1'), scheduleBody('kuaishou-a', w.clock.now), other),
        stranger(scheduleUrl('p1'), scheduleBody('kuaishou-b', w.clock.now)),
        stranger(`/api/publications/${id}`),
      ])
      const told = answers.map(({ status }) => status)
      h.expect(
        `told ${told}`,
        told.every((status) => status >= 401 && status <= 404),
      )
      h.equal('rows', await countOf(w, 'p1'), 1)
      h.equal('untouched', (await w.row(id)).revision, before)
      await w.quiet(60 * MINUTE_MS)
      h.equal('posts', (await w.heldOf('p1')).length, 1)
      return h.verdict()
    },
  },
  {
    id: 'F-89',
    title: {
      zh: '后退、刷新、断网后重发同一份表单',
      en: 'back, refresh, or the same form sent again after being offline',
    },
    kind: 'quick',
    async run(seed, h) {
      const w = await h.world()
      const { as } = await w.http()
      await readyItem(w.deps, 'p1')
      const operator = as('operator')
      const headers = { 'idempotency-key': `form-${seed}` }
      const body = scheduleBody('kuaishou-a', w.clock.now)
      const first = await operator(scheduleUrl('p1'), body, headers)
      await w.quiet(h.random.below(8) * MINUTE_MS)
      const again = await operator(scheduleUrl('p1'), body, headers)
      h.equal('the same answer', [again.status, again.text], [first.status, first.text])
      // Another form under the same key is not taken for the first one.
      const moved = { items: [{ ...body.items[0], accountId: 'douyin-a' }] }
      h.equal('another body', (await operator(scheduleUrl('p1'), moved, headers)).status, 422)
      h.equal('rows', await countOf(w, 'p1'), 1)
      const { revision: now } = await w.row(idOf(first.text))
      const cancel = { revision: now, reason: '不发了' }
      const key = { 'idempotency-key': `cancel-${seed}` }
      const url = `/api/publications/${idOf(first.text)}/cancel`
      const canceled = [await operator(url, cancel, key), await operator(url, cancel, key)]
      h.equal(
        'canceled',
        canceled.map(({ status }) => status),
        [200, 200],
      )
      await w.quiet(60 * MINUTE_MS)
      h.equal('posts', (await w.held()).length, 0)
      return h.verdict()
    },
  },
]
