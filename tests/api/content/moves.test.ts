import { moveNeedsReason, stageCan } from '@xingbo/shared/content/content.rules'
import type { ContentItem } from '@xingbo/shared/content/content.schema'
import { stages } from '@xingbo/shared/content/stage'
import { type Role, roles } from '@xingbo/shared/identity/actor'
import { mayCall } from '@xingbo/shared/identity/permissions'
import { say } from '@xingbo/shared/messages'
import { expect, test } from 'vitest'
import { systemActor } from '../../../apps/api/src/modules/audit/audit.ts'
import { lineFactsOf } from '../../../apps/api/src/modules/content/gate.service.ts'
import {
  advanceStage,
  advanceStageIf,
  enterLive,
  reopenForScript,
} from '../../../apps/api/src/modules/content/stage.service.ts'
import { type Behind, everything, lineBench, olderSha, sha } from './line-bench.ts'

test('every stage × every stage × every role over the API, complete and empty', async () => {
  const { item, as, db } = await lineBench()
  const wrong: string[] = []
  const seen = { moved: 0, refused: 0, shut: 0 }
  const askers: [Behind, readonly Role[]][] = [
    [everything, roles],
    // Nothing there yet: who asks makes no difference to what is missing.
    [{}, ['operator', 'reviewer']],
  ]
  for (const [behind, asking] of askers)
    for (const from of stages) {
      let id = await item(from, behind, { resumeStage: from === 'on_hold' ? 'ready' : null })
      for (const to of stages)
        for (const role of asking) {
          const name = `${behind.script ? 'complete' : 'empty'} ${role}: ${from} → ${to}`
          const facts = await lineFactsOf(db.read, 'a', id)
          const movable = {
            stage: from,
            resumeStage: from === 'on_hold' ? ('ready' as const) : null,
            doctorId: 'doc-a',
          }
          const verdict = stageCan(movable, facts, { role, userId: `${role}-a` }, to)
          const answer = await as(role)(`/api/contents/${id}/move`, {
            body: {
              to,
              revision: 1,
              reason: moveNeedsReason(from, to) ? '镜头里的字幕要改' : '',
            },
          })
          if (!mayCall('POST /api/contents/:contentId/move', role)) {
            seen.shut++
            if (answer.status !== 403) wrong.push(`${name}: ${answer.status}`)
          } else if (verdict.ok) {
            seen.moved++
            const body = answer.body as ContentItem
            if (answer.status !== 200 || body.stage !== to) wrong.push(`${name}: ${answer.text}`)
            id = await item(from, behind, { resumeStage: from === 'on_hold' ? 'ready' : null })
          } else {
            seen.refused++
            const { message } = answer.body as { message: string }
            if (answer.status !== 422 || message !== say('zh', verdict.reason))
              wrong.push(`${name}: ${answer.text}`)
          }
        }
    }
  process.stdout.write(
    `moves over the API: ${seen.moved} made, ${seen.refused} refused with the rule’s sentence, ${seen.shut} shut by role\n`,
  )
  expect(wrong).toEqual([])
  expect(seen.moved + seen.refused + seen.shut).toBe(12 * 12 * (7 + 2))
  // 125 ways of the law, less the advisor who has none; empty-handed only those that ask for nothing.
  expect(seen.moved).toBeGreaterThan(125)
}, 120_000)

test('a refused move says why in the reader’s language and leaves no trace', async () => {
  const { item, move, acts, read } = await lineBench()
  const id = await item('doctor_review', { script: true })
  const zh = await move('operator', id, 'compliance_review')
  expect(zh.status).toBe(422)
  expect(zh.body).toMatchObject({ code: 'RULE_VIOLATION', message: '还差医生签发' })
  const en = await move('operator', id, 'compliance_review', {}, 'en')
  expect(en.body).toMatchObject({ message: 'The doctor has not signed it off yet' })
  expect(await acts(id)).toEqual([])
  expect((await read(id)).revision).toBe(1)
})

test('a move back without a reason is refused; with one it is kept on the card and in the log', async () => {
  const { item, move, acts } = await lineBench()
  const id = await item('final_review', everything)
  const silent = await move('reviewer', id, 'doctor_review')
  expect(silent.status).toBe(422)
  expect(silent.body).toMatchObject({ message: '请写明原因' })
  const told = await move('reviewer', id, 'doctor_review', { reason: '  字幕多了一种药名  ' })
  expect(told.body).toMatchObject({ stage: 'doctor_review', stageReason: '字幕多了一种药名' })
  expect(await acts(id)).toEqual([
    {
      action: 'content.moved',
      who: 'reviewer-a',
      detail: { from: 'final_review', to: 'doctor_review', reason: '字幕多了一种药名' },
    },
  ])
})

test('two people who move one card at once: one wins, the other is told who and when', async () => {
  const { item, as, acts, read } = await lineBench()
  const id = await item('topic')
  const body = { to: 'scripting', revision: 1 }
  const answers = await Promise.all([
    as('operator')(`/api/contents/${id}/move`, { body }),
    as('producer')(`/api/contents/${id}/move`, { body }),
    as('manager')(`/api/contents/${id}/move`, {
      body: { ...body, to: 'on_hold', reason: '等排班' },
    }),
  ])
  expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409])
  const winner = ['operator-a', 'producer-a', 'manager-a'][
    answers.findIndex((a) => a.status === 200)
  ]
  for (const late of answers.filter((one) => one.status === 409)) {
    expect((late.body as { message: string }).message).toMatch(
      new RegExp(`^${winner} 在 11/21 10:00 改过了，请刷新后再改$`),
    )
  }
  expect(await acts(id)).toHaveLength(1)
  expect((await read(id)).revision).toBe(2)
})

test('a hold remembers where the item stood and gives it back there', async () => {
  const { item, move } = await lineBench()
  const id = await item('production', everything)
  const paused = await move('manager', id, 'on_hold', { reason: '医生请假' })
  expect(paused.body).toMatchObject({
    stage: 'on_hold',
    resumeStage: 'production',
    stageReason: '医生请假',
  })
  expect((await move('manager', id, 'final_review')).status).toBe(422)
  expect((await move('manager', id, 'production')).body).toMatchObject({
    stage: 'production',
    resumeStage: null,
    stageReason: '',
  })
})

test('another institution’s card is 404, whatever the move', async () => {
  const { item, as } = await lineBench()
  const id = await item('topic')
  const answer = await as('operator', 'b')(`/api/contents/${id}/move`, {
    body: { to: 'scripting', revision: 1 },
  })
  expect(answer.status).toBe(404)
  expect(answer.body).toMatchObject({ message: '没有找到，可能已被删除或不属于本机构' })
})

test('a card lies where it was dropped, and order is nobody’s edit', async () => {
  const { item, move, column, read, acts } = await lineBench()
  const [one, two, three] = [await item('topic'), await item('topic'), await item('topic')]
  const order = async () => (await column('topic')).items.map(({ id }) => id)
  expect(await order()).toEqual([one, two, three])
  await move('operator', three, 'topic', { afterId: null })
  expect(await order()).toEqual([three, one, two])
  await move('producer', three, 'topic', { afterId: one })
  expect(await order()).toEqual([one, three, two])
  expect((await read(three)).revision).toBe(1)
  expect((await acts(three)).map(({ action }) => action)).toEqual([
    'content.placed',
    'content.placed',
  ])
  expect((await move('doctor', three, 'topic', { afterId: null })).status).toBe(422)
  expect((await move('operator', three, 'topic')).body).toMatchObject({ message: '已经在这一步了' })
})

test('eighty drops at one spot keep their order, also when the numbers between run out', async () => {
  const { item, move, column } = await lineBench()
  const ids = [await item('topic'), await item('topic'), await item('topic'), await item('topic')]
  let expected = [...ids]
  for (let n = 0; n < 80; n++) {
    const [first, second, third, last] = expected as [string, string, string, string]
    await move('operator', last, 'topic', { afterId: first })
    expected = [first, last, second, third]
  }
  expect((await column('topic')).items.map(({ id }) => id)).toEqual(expected)
})

test('a moved card comes to lie below the card it was dropped on, or at the bottom', async () => {
  const { item, move, column } = await lineBench()
  const [a, b] = [await item('scripting'), await item('scripting')]
  const [x, y, z] = [await item('topic'), await item('topic'), await item('topic')]
  await move('operator', x, 'scripting', { afterId: a })
  await move('operator', y, 'scripting')
  await move('operator', z, 'scripting', { afterId: null })
  expect((await column('scripting')).items.map(({ id }) => id)).toEqual([z, a, x, b, y])
})

test('advanceStage: wrong place is 409, the other way nothing happens', async () => {
  const { item, deps, db, read } = await lineBench()
  const id = await item('topic')
  const actor = systemActor('a')
  const go = { contentId: id, from: ['scripting'] as const, to: 'doctor_review' as const }
  await expect(db.inTransaction((tx) => advanceStage(deps, tx, actor, go))).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  expect(await db.inTransaction((tx) => advanceStageIf(deps, tx, actor, go))).toBeUndefined()
  await expect(
    db.inTransaction((tx) => advanceStage(deps, tx, systemActor('b'), go)),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await read(id)).stage).toBe('topic')
})

test('a new script takes what rested on the old one back to the doctor', async () => {
  const { item, deps, db, read, acts } = await lineBench()
  const expected = {
    topic: 'topic',
    scripting: 'scripting',
    doctor_review: 'doctor_review',
    compliance_review: 'doctor_review',
    production: 'doctor_review',
    final_review: 'doctor_review',
    ready: 'doctor_review',
    live: 'live',
    archived: 'archived',
    rejected: 'rejected',
    recalled: 'recalled',
  } as const
  for (const [from, to] of Object.entries(expected) as [keyof typeof expected, string][]) {
    const id = await item(from, everything)
    await db.inTransaction((tx) => reopenForScript(deps, tx, systemActor('a'), id, '脚本改为 v2'))
    expect((await read(id)).stage, from).toBe(to)
    if (from !== to)
      expect(await acts(id)).toMatchObject([
        { action: 'content.moved', detail: { from, to, reason: '脚本改为 v2' } },
      ])
  }
  const paused = await item('on_hold', everything, { resumeStage: 'ready' })
  await db.inTransaction((tx) => reopenForScript(deps, tx, systemActor('a'), paused, '脚本改为 v2'))
  expect(await read(paused)).toMatchObject({ stage: 'on_hold', resumeStage: 'doctor_review' })
  const early = await item('on_hold', {}, { resumeStage: 'scripting' })
  await db.inTransaction((tx) => reopenForScript(deps, tx, systemActor('a'), early, '脚本改为 v2'))
  expect(await read(early)).toMatchObject({ stage: 'on_hold', resumeStage: 'scripting' })
})

test('a post that is out makes a ready item live, also behind a hold, and nothing else', async () => {
  const { item, deps, db, read } = await lineBench()
  const goLive = (id: string) => db.inTransaction((tx) => enterLive(deps, tx, systemActor('a'), id))
  const ready = await item('ready', everything)
  await goLive(ready)
  await goLive(ready)
  expect((await read(ready)).stage).toBe('live')
  const paused = await item('on_hold', everything, { resumeStage: 'ready' })
  await goLive(paused)
  expect(await read(paused)).toMatchObject({ stage: 'on_hold', resumeStage: 'live' })
  const redone = await item('scripting', everything)
  await goLive(redone)
  expect((await read(redone)).stage).toBe('scripting')
})

test('the marks on a card say what the facts say', async () => {
  const { item, column } = await lineBench()
  const cases: [string, Behind, string, string][] = [
    ['none', {}, 'none', 'none'],
    ['written', { script: true }, 'waiting', 'none'],
    ['signed', { script: true, signed: sha }, 'signed', 'none'],
    ['edited after', { script: true, signed: olderSha }, 'waiting', 'none'],
    ['checked', { script: true, signed: sha, ran: sha }, 'signed', 'waiting'],
    ['checked before the edit', { script: true, signed: sha, ran: olderSha }, 'signed', 'none'],
    ['blocked', { script: true, signed: sha, ran: sha, blocks: 1 }, 'signed', 'blocked'],
    ['passed', everything, 'signed', 'passed'],
    ['passed before the edit', { ...everything, passed: olderSha }, 'signed', 'waiting'],
  ]
  for (const [name, behind] of cases) await item('doctor_review', behind, { title: name })
  const { items } = await column('doctor_review')
  expect(items.map((card) => [card.title, card.signState, card.complianceState])).toEqual(
    cases.map(([name, , sign, compliance]) => [name, sign, compliance]),
  )
})
