import type { LineFacts } from '@xingbo/shared/content/line-facts'
import type { SignOff, SignOffCase, WaitingSignOff } from '@xingbo/shared/scripts/script.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { doctors } from '../../../apps/api/src/db/schema/doctors.ts'
import { memberships } from '../../../apps/api/src/db/schema/identity.ts'
import { scriptRevisions, signOffs } from '../../../apps/api/src/db/schema/scripts.ts'
import { scriptFactsOf } from '../../../apps/api/src/modules/scripts/script-facts.service.ts'
import { otherWords, scriptBench, words } from './script-bench.ts'

const messageOf = (answer: { body: never }) => (answer.body as { message: string }).message
type Decided = { signOff: SignOff; stage: string }

test('an approval binds to the SHA-256 on screen, moves the item on, and is in the log', async () => {
  const { waiting, approve, read, db, clock } = await scriptBench()
  await waiting()
  const answer = await approve()
  expect(answer.status).toBe(200)
  const { signOff, stage } = answer.body as Decided
  const { newest, standing } = await read()
  expect(stage).toBe('compliance_review')
  expect(signOff).toMatchObject({
    decision: 'approved',
    revisionNumber: 1,
    sha256: newest?.sha256,
    doctorName: '陆闻溪',
    signer: { id: 'doctor-a' },
    confirmedName: '陆闻溪',
    via: 'password',
    decidedAt: clock.now.toISOString(),
    voided: null,
  })
  expect(standing?.id).toBe(signOff.id)
  const facts: Partial<LineFacts> = await scriptFactsOf(db.read, 'a', 'item-a')
  expect(facts).toEqual({
    script: { number: 1, sha256: newest?.sha256, authorId: 'producer-a' },
    draftAhead: false,
    signedSha256: newest?.sha256,
  })
  const log = await db.read
    .select({ action: auditEntries.action, detail: auditEntries.detail })
    .from(auditEntries)
    .where(eq(auditEntries.actorId, 'doctor-a'))
  expect(log).toEqual([
    {
      action: 'sign_off.approved',
      detail: { contentId: 'item-a', number: 1, sha256: newest?.sha256, via: 'password' },
    },
    { action: 'content.moved', detail: { from: 'doctor_review', to: 'compliance_review' } },
  ])
})

test('an edit voids it, everybody sees by whom, and the item is back with the doctor', async () => {
  const { waiting, approve, save, read, db, clock, as } = await scriptBench()
  await waiting()
  await approve()
  expect((await scriptFactsOf(db.read, 'a', 'item-a')).signedSha256).not.toBe(null)
  clock.now = new Date(clock.now.getTime() + 3_600_000)
  await save(otherWords, 1)
  const view = await read()
  expect(view.stage).toBe('doctor_review')
  expect(view.standing).toBe(null)
  expect(view.signOffs).toMatchObject([
    {
      revisionNumber: 1,
      voided: { at: clock.now.toISOString(), by: { id: 'producer-a' }, reason: 'edited' },
    },
  ])
  expect((await scriptFactsOf(db.read, 'a', 'item-a')).signedSha256).toBe(null)
  const voided = await db.read
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(eq(auditEntries.action, 'sign_off.voided'))
  expect(voided).toEqual([{ detail: { contentId: 'item-a', revisionNumber: 1, reason: 'edited' } }])
  const list = (await as('doctor')('/api/sign-offs')).body as { items: WaitingSignOff[] }
  expect(list.items).toMatchObject([
    { contentId: 'item-a', revisionNumber: 2, seenNumber: 1, last: { revisionNumber: 1 } },
  ])
})

test('a sign-off does not count over words that were put back, nor for another doctor', async () => {
  const { waiting, approve, save, db } = await scriptBench()
  await waiting()
  await approve()
  await save(otherWords, 1)
  await save(words, 2)
  expect((await scriptFactsOf(db.read, 'a', 'item-a')).signedSha256).toBe(null)
  await approve()
  expect((await scriptFactsOf(db.read, 'a', 'item-a')).signedSha256).not.toBe(null)
  await db.inTransaction(async (tx) => {
    await tx.update(contentItems).set({ doctorId: 'doc-else' }).where(eq(contentItems.id, 'item-a'))
  })
  expect((await scriptFactsOf(db.read, 'a', 'item-a')).signedSha256).toBe(null)
})

test('sending back needs a reason, keeps it, and puts it on the card', async () => {
  const { waiting, approve, read, put, as, db } = await scriptBench()
  await waiting()
  const bare = await approve({ decision: 'returned', confirmedName: '' })
  expect(bare.status).toBe(422)
  expect(messageOf(bare)).toBe('请选一个退回原因，或写一句话')
  const vague = await approve({ decision: 'returned', reasons: ['other'], confirmedName: '' })
  expect(messageOf(vague)).toBe('选了「其他」，请写一句话说明')
  const sent = await approve({
    decision: 'returned',
    reasons: ['overclaim', 'missing_caution'],
    comment: ' 抗凝药那句要单独说 ',
    confirmedName: '',
  })
  expect(sent.status).toBe(200)
  expect(sent.body).toMatchObject({
    stage: 'scripting',
    signOff: {
      decision: 'returned',
      reasons: ['overclaim', 'missing_caution'],
      comment: '抗凝药那句要单独说',
    },
  })
  expect((await read()).standing).toBe(null)
  const [item] = await db.read.select({ reason: contentItems.stageReason }).from(contentItems)
  expect(item?.reason).toBe('疗效说得太满、缺少禁忌或就医提示；抗凝药那句要单独说')
  await put('doctor_review')
  expect((await as('doctor')('/api/sign-offs')).body).toMatchObject({
    items: [
      {
        revisionNumber: 1,
        last: { decision: 'returned', reasons: ['overclaim', 'missing_caution'] },
      },
    ],
  })
})

test('the signature is the doctor’s own name, whatever blanks stand in it', async () => {
  const { waiting, approve } = await scriptBench()
  await waiting()
  expect(messageOf(await approve({ confirmedName: '' }))).toBe('请输入您的姓名确认')
  expect(messageOf(await approve({ confirmedName: '路闻溪' }))).toBe('姓名对不上，请输入「陆闻溪」')
  expect((await approve({ confirmedName: ' 陆 闻溪 ' })).status).toBe(200)
})

test('only the item’s own doctor decides', async () => {
  const { waiting, caseFor, as, db } = await scriptBench()
  await waiting()
  const { newest } = await caseFor()
  await db.inTransaction(async (tx) => {
    await tx.insert(doctors).values({
      id: 'doc-else',
      institutionId: 'a',
      departmentId: 'dep-a',
      name: '程砚宁',
      createdAt: new Date(0),
      updatedAt: new Date(0),
    })
    await tx.update(contentItems).set({ doctorId: 'doc-else' }).where(eq(contentItems.id, 'item-a'))
  })
  const body = {
    revisionNumber: 1,
    sha256: newest.sha256,
    decision: 'approved',
    confirmedName: '程砚宁',
  }
  const wrong = await as('doctor')('/api/sign-offs/item-a/decide', { body })
  expect(wrong.status).toBe(422)
  expect(messageOf(wrong)).toBe('这条脚本由程砚宁签发，别人不能代签')
  const english = await as('doctor')('/api/sign-offs/item-a/decide', { body, language: 'en' })
  expect(messageOf(english)).toBe('Only 程砚宁 can sign this script')
  const seen = await as('doctor')('/api/sign-offs/item-a/seen', { body: { revisionNumber: 1 } })
  expect(seen.status).toBe(422)
  expect((await as('doctor')('/api/sign-offs')).body).toEqual({ items: [] })
  for (const role of ['operator', 'producer', 'reviewer', 'manager', 'admin', 'advisor'] as const)
    expect((await as(role)('/api/sign-offs/item-a/decide', { body })).status, role).toBe(403)
  expect((await as('doctor', 'b')('/api/sign-offs/item-a/decide', { body })).status).toBe(404)
  expect((await as('doctor', 'b')('/api/sign-offs/item-a')).status).toBe(404)
  expect(await db.read.select().from(signOffs)).toEqual([])
})

test('nobody signs what they wrote, but may send it back', async () => {
  const { waiting, approve, db } = await scriptBench()
  await waiting()
  await db.inTransaction(async (tx) => {
    await tx.update(scriptRevisions).set({ authorId: 'doctor-a' })
  })
  const own = await approve()
  expect(own.status).toBe(422)
  expect(messageOf(own)).toBe('这一版是您自己写的，需要请同事另存一版后再签发')
  expect((await approve({ decision: 'returned', reasons: ['source'] })).status).toBe(200)
})

test('a script somebody is changing waits for its next revision', async () => {
  const { waiting, draft, caseFor, approve } = await scriptBench()
  await waiting()
  await draft(otherWords, 1, null, 'operator')
  expect((await caseFor()).draftAhead).toMatchObject({ by: { id: 'operator-a' } })
  const early = await approve()
  expect(early.status).toBe(422)
  expect(messageOf(early)).toBe('同事正在改这条脚本，等新版本保存后再签发')
  await draft(words, 1, 1, 'operator')
  expect((await caseFor()).draftAhead).toBe(null)
  expect((await approve()).status).toBe(200)
})

test('an old revision or other words cannot be signed', async () => {
  const { waiting, save, approve, caseFor } = await scriptBench()
  await waiting()
  const { newest: first } = await caseFor()
  await save(otherWords, 1)
  const old = await approve({ revisionNumber: 1, sha256: first.sha256 })
  expect(old.status).toBe(409)
  expect(messageOf(old)).toBe('producer-a 在 11/21 10:00 保存了 v2，请看过新版本再继续')
  expect((await approve({ sha256: first.sha256 })).status).toBe(409)
  expect((await approve({ sha256: 'x' })).status).toBe(400)
  expect((await approve()).status).toBe(200)
})

test('outside doctor review there is nothing to decide', async () => {
  const { save, approve, put } = await scriptBench()
  await save(words, null)
  const early = await approve()
  expect(early.status).toBe(422)
  expect(messageOf(early)).toBe('现在不在医生审核阶段，不需要签发')
  await put('on_hold')
  expect((await approve()).status).toBe(422)
})

test('of two thumbs at once exactly one decides; the other is told who and when', async () => {
  const { waiting, approve, db, as, caseFor } = await scriptBench()
  await waiting()
  const { newest } = await caseFor()
  const body = { revisionNumber: 1, sha256: newest.sha256 }
  const thumbs = () => [
    as('doctor')('/api/sign-offs/item-a/decide', {
      body: { ...body, decision: 'approved', confirmedName: '陆闻溪' },
    }),
    as('doctor')('/api/sign-offs/item-a/decide', {
      body: { ...body, decision: 'returned', reasons: ['source'] },
    }),
  ]
  const answers = await Promise.all(thumbs())
  expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
  expect(await db.read.select().from(signOffs)).toHaveLength(1)
  const won = answers.find((one) => one.status === 200)?.body as unknown as Decided
  const lost = answers.find((one) => one.status === 409)
  expect(lost && messageOf(lost)).toBe(
    won.signOff.decision === 'approved'
      ? 'doctor-a 已在 11/21 10:00 签发了 v1，这次没有重复提交'
      : 'doctor-a 已在 11/21 10:00 把 v1 退回修改，这次没有提交',
  )
  expect((await approve()).status).toBe(409)
})

test('a decision and an edit at once: whichever comes second knows of the first', async () => {
  const { waiting, approve, save, read, db } = await scriptBench()
  await waiting()
  const [signed, saved] = await Promise.all([approve(), save(otherWords, 1)])
  expect(saved.status).toBe(200)
  const { newest, standing, stage } = await read()
  expect(newest?.number).toBe(2)
  expect(standing).toBe(null)
  expect(stage).toBe('doctor_review')
  const rows = await db.read.select().from(signOffs)
  if (signed.status === 200) expect(rows).toMatchObject([{ voidReason: 'edited' }])
  else expect([signed.status, rows]).toEqual([409, []])
})

test('deciding anew replaces the approval that stood', async () => {
  const { waiting, approve, put, read } = await scriptBench()
  await waiting()
  await approve()
  await put('doctor_review')
  const back = await approve({ decision: 'returned', reasons: ['inaccurate'] })
  expect(back.status).toBe(200)
  const { signOffs: all, standing } = await read()
  expect(standing).toBe(null)
  expect(all.map((one) => [one.decision, one.voided?.reason]).sort()).toEqual([
    ['approved', 'decided_anew'],
    ['returned', undefined],
  ])
})

test('what changed is told against the revision read last', async () => {
  const { waiting, save, caseFor, as, db } = await scriptBench()
  await waiting()
  const seen = (revisionNumber: number) =>
    as('doctor')('/api/sign-offs/item-a/seen', { body: { revisionNumber } })
  expect(await caseFor()).toMatchObject({ seen: null, seenNumber: null })
  expect((await seen(1)).body).toEqual({ seenNumber: 1 })
  expect(await caseFor()).toMatchObject({ seen: null, seenNumber: 1 })
  await save(otherWords, 1)
  await save({ ...otherWords, aiGenerated: true }, 2)
  const now: SignOffCase = await caseFor()
  expect(now.newest.number).toBe(3)
  expect(now.seen).toMatchObject({ number: 1, body: words })
  await seen(3)
  expect((await seen(2)).body).toEqual({ seenNumber: 3 })
  expect((await seen(9)).status).toBe(404)
  const reads = await db.read
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(eq(auditEntries.action, 'script.read'))
  expect(reads).toEqual([{ detail: { number: 1 } }, { detail: { number: 3 } }])
})

test('the list is most urgent first: due day, then who has waited longest', async () => {
  const { addItem, as, db } = await scriptBench({ stage: 'doctor_review' })
  const day = 86_400_000
  for (const [id, dueOn, waitedDays] of [
    ['none-long', null, 9],
    ['late', '2026-11-25', 1],
    ['soon', '2026-11-21', 1],
    ['soon-long', '2026-11-21', 3],
  ] as const)
    await addItem({
      id,
      dueOn,
      stage: 'doctor_review',
      stageEnteredAt: new Date(Date.parse('2026-11-21T02:00:00Z') - waitedDays * day),
    })
  await addItem({ id: 'not-mine', doctorId: 'doc-b', stage: 'doctor_review' })
  await addItem({ id: 'not-waiting', stage: 'scripting' })
  await addItem({ id: 'other-house', institutionId: 'b', stage: 'doctor_review' })
  await db.inTransaction(async (tx) => {
    for (const contentId of [
      'item-a',
      'none-long',
      'late',
      'soon',
      'soon-long',
      'not-mine',
      'not-waiting',
    ])
      await tx.insert(scriptRevisions).values({
        id: `rev-${contentId}`,
        institutionId: 'a',
        contentId,
        number: 1,
        body: words,
        sha256: '0'.repeat(64),
        authorId: 'producer-a',
        createdAt: new Date(),
      })
  })
  const { items } = (await as('doctor')('/api/sign-offs')).body as { items: WaitingSignOff[] }
  expect(items.map((one) => one.contentId)).toEqual([
    'soon-long',
    'soon',
    'late',
    'none-long',
    'item-a',
  ])
  expect(items[0]?.characters).toBe(
    `${words.hook}${words.shots.map((shot) => shot.text).join('')}${words.callToAction}`.length,
  )
})

test('a person who is no doctor any more signs nothing', async () => {
  const { waiting, approve, as, caseFor, db } = await scriptBench()
  await waiting()
  const { newest } = await caseFor()
  await db.inTransaction(async (tx) => {
    await tx.update(memberships).set({ doctorId: null }).where(eq(memberships.userId, 'doctor-a'))
  })
  const answer = await as('doctor')('/api/sign-offs/item-a/decide', {
    body: {
      revisionNumber: 1,
      sha256: newest.sha256,
      decision: 'approved',
      confirmedName: '陆闻溪',
    },
  })
  expect(answer.status).toBe(422)
  expect((await approve()).status).toBe(422)
})
