import type { ComplianceState } from '@xingbo/shared/compliance/compliance.schema'
import { emptyScript, type ScriptBody } from '@xingbo/shared/scripts/script-body'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { complianceRuns } from '../../../apps/api/src/db/schema/compliance.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { signOffs } from '../../../apps/api/src/db/schema/scripts.ts'
import { testApp, testNow } from '../../support/test-app.ts'

const lawful: ScriptBody = {
  ...emptyScript,
  title: '换季打喷嚏，是感冒还是鼻炎',
  hook: '一到换季就打喷嚏，先看三点。',
  shots: [
    {
      heading: '开场',
      text: '鼻痒、清水样鼻涕，多半和过敏有关；发热、全身酸痛，更像感冒。',
      note: '',
    },
  ],
  callToAction: '症状反复，请到正规医院耳鼻喉科就诊。',
  sources: ['《中国变应性鼻炎诊断和治疗指南（2022年，修订版）》'],
}
const forbidden: ScriptBody = {
  ...lawful,
  shots: [{ heading: '开场', text: '祖传秘方，保证根治鼻炎，无效退款，加微信领取。', note: '' }],
}

/** An item in compliance review with `body` as its signed revision, written by the operator. */
async function underReview(body: ScriptBody) {
  const t = await testApp()
  await t.db.inTransaction(async (tx) => {
    await tx.insert(contentItems).values({
      id: 'c1',
      institutionId: 'a',
      title: body.title,
      stage: 'scripting',
      stageEnteredAt: testNow,
      doctorId: 'doc-a',
      position: 1,
      createdAt: testNow,
      updatedAt: testNow,
    })
  })
  const saved = await t.as('operator')('/api/contents/c1/script/revisions', {
    body: { body, basedOn: null, draftRevision: null, note: '' },
  })
  expect(saved.status, saved.text).toBe(200)
  const state = async () =>
    (await t.as('reviewer')('/api/contents/c1/compliance')).body as ComplianceState
  const { run } = await state()
  await t.db.inTransaction(async (tx) => {
    await tx
      .update(contentItems)
      .set({ stage: 'compliance_review' })
      .where(eq(contentItems.id, 'c1'))
    await tx.insert(signOffs).values({
      id: 's1',
      institutionId: 'a',
      contentId: 'c1',
      revisionId: 'any',
      revisionNumber: 1,
      sha256: run?.sha256 ?? '',
      doctorId: 'doc-a',
      userId: 'doctor-a',
      decision: 'approved',
      via: 'password',
      decidedAt: testNow,
    })
  })
  const decide = async (decision: 'passed' | 'returned', reason = '', sha256 = run?.sha256 ?? '') =>
    t.as('reviewer')('/api/contents/c1/compliance/decide', { body: { decision, sha256, reason } })
  const stage = async () => {
    const [row] = await t.db.read.select().from(contentItems).where(eq(contentItems.id, 'c1'))
    return row?.stage
  }
  return { ...t, state, decide, stage }
}

test('a lawful script passes and goes on to production, bound to its very words', async () => {
  const t = await underReview(lawful)
  const state = await t.state()
  expect(state.run?.current).toBe(true)
  expect(state.openBlocks).toBe(0)
  const passed = await t.decide('passed', '来源已核对')
  expect(passed.status, passed.text).toBe(200)
  expect(await t.stage()).toBe('production')
  expect((passed.body as ComplianceState).decisions[0]).toMatchObject({
    decision: 'passed',
    current: true,
    sha256: state.run?.sha256,
  })
})

test('a forbidden script is stopped, each finding with its span, its law and a rewrite', async () => {
  const t = await underReview(forbidden)
  const state = await t.state()
  expect(state.openBlocks).toBeGreaterThan(1)
  for (const finding of state.findings.filter((f) => f.severity === 'block')) {
    expect(finding.law.zh).not.toBe('')
    expect(finding.rewrite.zh).not.toBe('')
    if (finding.field === 'shots.0')
      expect(forbidden.shots[0]?.text.slice(finding.start, finding.end)).toBe(finding.text)
  }
  const passed = await t.decide('passed', '我觉得可以')
  expect(passed.status).toBe(422)
  expect((passed.body as { message: string }).message).toContain(`${state.openBlocks} 条阻断`)
  expect(await t.stage()).toBe('compliance_review')
  expect((await t.decide('returned', '')).status).toBe(422)
  expect((await t.decide('returned', '请删掉疗效保证')).status).toBe(200)
  expect(await t.stage()).toBe('scripting')
})

test('waivers need a reason, once; legal absolutes cannot be waived; all waived, it may pass', async () => {
  const t = await underReview(forbidden)
  const { findings } = await t.state()
  const waive = (findingId: string, reason: string) =>
    t.as('reviewer')(`/api/findings/${findingId}/waive`, { body: { reason } })
  const [first] = findings.filter((f) => f.waivable && f.severity === 'block')
  if (!first) throw new Error('nothing to waive')
  expect((await waive(first.id, '短')).status).toBe(400)
  expect(
    (await t.as('operator')(`/api/findings/${first.id}/waive`, { body: { reason: '可以的吧' } }))
      .status,
  ).toBe(403)
  const both = await Promise.all([waive(first.id, '引述他人说法'), waive(first.id, '引述他人说法')])
  expect(both.map((r) => r.status).sort()).not.toEqual([200, 200])
  for (const one of findings.filter((f) => !f.waivable))
    expect((await waive(one.id, '无论如何都想过')).status).toBe(422)
  const after = await t.state()
  expect(after.findings.find((f) => f.id === first.id)?.waiver).toMatchObject({ by: 'reviewer-a' })
  // Running again on the same words keeps what was decided about them.
  await t.as('reviewer')('/api/contents/c1/compliance/check', { method: 'POST' })
  expect((await t.state()).openBlocks).toBe(after.openBlocks)
})

test('another nature, or another revision, needs another run and another decision', async () => {
  const t = await underReview(lawful)
  await t.db.inTransaction(async (tx) => {
    await tx.update(contentItems).set({ nature: 'medical_ad' }).where(eq(contentItems.id, 'c1'))
  })
  expect((await t.state()).run?.current).toBe(false)
  expect((await t.decide('passed', '照旧通过')).status).toBe(422)
  await t.as('reviewer')('/api/contents/c1/compliance/check', { method: 'POST' })
  // Disease names are lawful in health education and forbidden in an advertisement.
  expect((await t.state()).openBlocks).toBeGreaterThan(0)
  expect((await t.decide('passed', '过期的页面', 'not-these-words')).status).toBe(409)
})

test('what is typed is checked before it is saved, and nothing of it is kept', async () => {
  const t = await testApp()
  const res = await t.as('operator')('/api/compliance/preview', {
    body: { nature: 'science', platforms: ['douyin'], body: forbidden },
  })
  expect(res.status).toBe(200)
  expect((res.body as { findings: unknown[] }).findings.length).toBeGreaterThan(1)
  expect(await t.db.read.select().from(complianceRuns)).toEqual([])
})

test('another institution’s findings are not there', async () => {
  const t = await underReview(forbidden)
  const [finding] = (await t.state()).findings
  const foreign = t.as('reviewer', 'b')
  expect((await foreign('/api/contents/c1/compliance')).status).toBe(404)
  expect(
    (await foreign(`/api/findings/${finding?.id}/waive`, { body: { reason: '别家机构' } })).status,
  ).toBe(404)
})
