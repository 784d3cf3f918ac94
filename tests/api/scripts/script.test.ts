import { createHash } from 'node:crypto'
import { canonicalJson } from '@xingbo/shared/canonical-json'
import type { ScriptView } from '@xingbo/shared/scripts/script.schema'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { otherWords, scriptBench, words } from './script-bench.ts'

const messageOf = (answer: { body: never }) => (answer.body as { message: string }).message

test('a first save makes the draft, the next ones carry it on', async () => {
  const { draft, read, clock } = await scriptBench()
  expect((await read()).draft).toBe(null)
  const first = await draft({ ...words, hook: '' }, null, null)
  expect(first.status).toBe(200)
  expect(first.body).toEqual({ revision: 1, updatedAt: clock.now.toISOString(), ahead: true })
  clock.now = new Date(clock.now.getTime() + 60_000)
  expect((await draft(words, null, 1)).body).toMatchObject({ revision: 2 })
  const { draft: stored, draftAhead, newest } = await read()
  expect(stored).toMatchObject({
    body: words,
    basedOn: null,
    revision: 2,
    updatedBy: { id: 'producer-a', displayName: 'producer-a' },
    updatedAt: clock.now.toISOString(),
  })
  expect(draftAhead).toBe(true)
  expect(newest).toBe(null)
})

test('autosaves of one person leave one audit row, another person’s leave a second', async () => {
  const { draft, db } = await scriptBench()
  await draft(words, null, null)
  await draft(otherWords, null, 1)
  await draft(words, null, 2, 'operator')
  const rows = await db.read
    .select({ action: auditEntries.action, who: auditEntries.actorId })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectType, 'script'), eq(auditEntries.subjectId, 'item-a')))
  expect(rows).toEqual([
    { action: 'script.draft_started', who: 'producer-a' },
    { action: 'script.draft_continued', who: 'operator-a' },
  ])
})

test('two people writing at once: the second is told who wrote, and overwrites nothing', async () => {
  const { draft, read } = await scriptBench()
  await draft(words, null, null)
  const answers = await Promise.all([
    draft(otherWords, null, 1, 'operator'),
    draft({ ...words, hook: '另一句' }, null, 1),
  ])
  expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
  const winner = answers[0]?.status === 200 ? 'operator-a' : 'producer-a'
  const lost = answers.find((one) => one.status === 409)
  expect(lost && messageOf(lost)).toBe(
    `${winner} 在 11/21 10:00 改过这份草稿，您的改动还在本页，没有覆盖对方`,
  )
  expect((await read()).draft).toMatchObject({ revision: 2, updatedBy: { id: winner } })
})

test('a draft that rests on an older revision is refused with who saved the newer one', async () => {
  const { draft, save, as } = await scriptBench()
  await save(words, null)
  const late = await draft(otherWords, null, null, 'operator')
  expect(late.status).toBe(409)
  expect(messageOf(late)).toBe('producer-a 在 11/21 10:00 保存了 v1，请看过新版本再继续')
  const english = await as('operator')('/api/contents/item-a/script/draft', {
    method: 'PUT',
    body: { body: otherWords, basedOn: null, revision: null },
    language: 'en',
  })
  expect(messageOf(english)).toBe('producer-a saved v1 at 11/21 10:00; look at it before going on')
})

test('a revision is numbered, named by the SHA-256 of its canonical JSON, and ends the draft', async () => {
  const { draft, save, read } = await scriptBench()
  await draft(words, null, null)
  const saved = await save({ ...words, title: `  ${words.title}\r\n` }, null, 1)
  expect(saved.status).toBe(200)
  const { newest, draft: rest, draftAhead, revisions } = saved.body as ScriptView
  expect(newest?.sha256).toBe(createHash('sha256').update(canonicalJson(words)).digest('hex'))
  expect(newest).toMatchObject({ number: 1, body: words, author: { id: 'producer-a' } })
  expect(rest).toBe(null)
  expect(draftAhead).toBe(false)
  expect(revisions.map((one) => one.number)).toEqual([1])
  await save(otherWords, 1)
  expect((await read()).revisions.map((one) => one.number)).toEqual([2, 1])
})

test('the same words are no new revision, and a draft back at them is not ahead', async () => {
  const { draft, save, read } = await scriptBench()
  await save(words, null)
  const again = await save({ ...words, hook: `${words.hook}\n` }, 1)
  expect(again.status).toBe(422)
  expect(messageOf(again)).toBe('和 v1 一字不差，不需要保存新版本')
  expect((await draft(otherWords, 1, null)).body).toMatchObject({ ahead: true })
  expect((await draft(words, 1, 1)).body).toMatchObject({ ahead: false })
  expect((await read()).draftAhead).toBe(false)
})

test('a revision needs a title and something to say', async () => {
  const { save } = await scriptBench()
  expect(messageOf(await save({ ...words, title: ' ' }, null))).toBe('先写上标题，再保存版本')
  const silent = { ...words, hook: '', callToAction: '', shots: [] }
  expect(messageOf(await save(silent, null))).toBe('正文还是空的，写好要说的话再保存版本')
})

test('two saves at once make one revision', async () => {
  const { save, read } = await scriptBench()
  const answers = await Promise.all([save(words, null), save(otherWords, null)])
  expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
  expect((await read()).revisions).toHaveLength(1)
})

test.each(['compliance_review', 'production', 'final_review', 'ready'] as const)(
  'an edit at %s sends the item back to the doctor, with the reason on the card',
  async (stage) => {
    const { save, put, read, db } = await scriptBench()
    await save(words, null)
    await put(stage)
    const saved = await save(otherWords, 1)
    expect((saved.body as ScriptView).stage).toBe('doctor_review')
    expect((await read()).stage).toBe('doctor_review')
    const [moved] = await db.read
      .select({ detail: auditEntries.detail, who: auditEntries.actorId })
      .from(auditEntries)
      .where(eq(auditEntries.action, 'content.moved'))
    expect(moved).toEqual({
      who: 'producer-a',
      detail: { from: stage, to: 'doctor_review', reason: '脚本改为 v2，需医生重新签发' },
    })
  },
)

test.each(['topic', 'scripting', 'doctor_review'] as const)(
  'an edit at %s leaves the item where it is',
  async (stage) => {
    const { save, put } = await scriptBench()
    await put(stage)
    expect((await save(words, null)).body).toMatchObject({ stage })
  },
)

test.each(['live', 'archived', 'recalled', 'rejected'] as const)(
  'at %s the script is closed',
  async (stage) => {
    const { draft, save, put } = await scriptBench()
    await put(stage)
    expect((await draft(words, null, null)).status).toBe(422)
    const refused = await save(words, null)
    expect(refused.status).toBe(422)
    expect(messageOf(refused)).toBe(
      stage === 'rejected'
        ? '这条内容已否决，退回脚本后才能改'
        : '这条内容已离开制作线，脚本不能再改；要改请另建一条内容',
    )
  },
)

test('an edit of a paused item makes it resume at the doctor', async () => {
  const { save, db } = await scriptBench({ stage: 'on_hold', resumeStage: 'ready' })
  expect((await save(words, null)).body).toMatchObject({ stage: 'on_hold' })
  const [item] = await db.read.select({ next: contentItems.resumeStage }).from(contentItems)
  expect(item?.next).toBe('doctor_review')
})

test('reads any revision by its number', async () => {
  const { save, as } = await scriptBench()
  await save(words, null)
  await save(otherWords, 1)
  const one = (number: number | string) =>
    as('reviewer')(`/api/contents/item-a/script/revisions/${number}`)
  expect((await one(1)).body).toMatchObject({ number: 1, body: words })
  expect((await one(2)).body).toMatchObject({ number: 2, body: otherWords })
  expect((await one(3)).status).toBe(404)
  expect((await one('x')).status).toBe(400)
})

test('another institution finds nothing, and readers may not write', async () => {
  const { as, save, read } = await scriptBench()
  await save(words, null)
  const body = { body: otherWords, basedOn: 1, revision: null }
  const frozen = { body: otherWords, note: '', basedOn: 1, draftRevision: null }
  for (const [url, call] of [
    ['/api/contents/item-a/script', {}],
    ['/api/contents/item-a/script/revisions/1', {}],
    ['/api/contents/item-a/script/draft', { method: 'PUT', body }],
    ['/api/contents/item-a/script/revisions', { body: frozen }],
    ['/api/contents/item-a/sign-off-links', { method: 'POST' }],
  ] as const)
    expect((await as('operator', 'b')(url, call)).status, url).toBe(404)
  for (const role of ['doctor', 'reviewer', 'manager', 'advisor'] as const)
    expect(
      (await as(role)('/api/contents/item-a/script/draft', { method: 'PUT', body })).status,
    ).toBe(403)
  expect((await as('advisor')('/api/contents/item-a/script')).status).toBe(403)
  expect((await read()).revisions).toHaveLength(1)
})

test('a body with unknown or oversized parts is 400 and names the place', async () => {
  const { save } = await scriptBench()
  const extra = await save({ ...words, secret: 1 } as never, null)
  expect(extra.status).toBe(400)
  const long = await save({ ...words, hook: '长'.repeat(501) }, null)
  expect(long.status).toBe(400)
  expect(long.body).toMatchObject({ issues: [{ path: '/body/hook' }] })
})
