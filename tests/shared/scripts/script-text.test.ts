import { emptyScript, type ScriptBody, settleScript } from '@xingbo/shared/scripts/script-body'
import { changedFields, fieldsOf, spokenCharacters } from '@xingbo/shared/scripts/script-text'
import { expect, test } from 'vitest'

const shot = (text: string, heading = '', note = '') => ({ heading, text, note })
const script: ScriptBody = {
  ...emptyScript,
  title: '先别急着按',
  hook: '脖子一僵，先别按。',
  shots: [shot('第一镜。', '正面中景', '慢'), shot('第二镜。'), shot('第三镜。')],
  callToAction: '请就诊。',
  captions: { douyin: { title: '抖音标题', body: '抖音文案', tags: ['颈椎病', '推拿'] } },
  sources: ['指南'],
}

test('the fields compliance checks, in reading order, with the words a viewer meets and no others', () => {
  expect(fieldsOf(script).map(({ field, text }) => [field, text])).toEqual([
    ['title', '先别急着按'],
    ['hook', '脖子一僵，先别按。'],
    ['shots.0.heading', '正面中景'],
    ['shots.0', '第一镜。'],
    ['shots.1.heading', ''],
    ['shots.1', '第二镜。'],
    ['shots.2.heading', ''],
    ['shots.2', '第三镜。'],
    ['callToAction', '请就诊。'],
    ['captions.douyin.title', '抖音标题'],
    ['captions.douyin.body', '抖音文案'],
    ['captions.douyin.tags', '颈椎病 推拿'],
  ])
  const labels = fieldsOf(script).map(({ label }) => label)
  expect(labels[3]).toEqual({ zh: '镜头 1', en: 'Shot 1' })
  expect(labels[10]).toEqual({ zh: '抖音文案', en: 'Douyin caption' })
})

test('nothing changed, nothing listed', () => {
  expect(changedFields(script, structuredClone(script))).toEqual([])
})

test('a changed word is one change, named by its field', () => {
  const now = { ...script, hook: '脖子一僵，别急着按。', sources: ['指南', '共识'] }
  expect(changedFields(script, now)).toMatchObject([
    { field: 'hook', before: '脖子一僵，先别按。', after: '脖子一僵，别急着按。' },
    { field: 'sources', before: '指南', after: '指南\n共识' },
  ])
})

test('a shot put in front is one added shot, not three rewritten ones', () => {
  const now = { ...script, shots: [shot('新的一镜。', '夜景'), ...script.shots] }
  expect(changedFields(script, now)).toMatchObject([
    { field: 'shots.0.heading', before: '', after: '夜景' },
    { field: 'shots.0', before: '', after: '新的一镜。' },
  ])
})

test('a shot taken out is told by the place it had', () => {
  const [first, , third] = script.shots
  if (!first || !third) throw new Error('three shots expected')
  expect(changedFields(script, { ...script, shots: [first, third] })).toMatchObject([
    { field: 'shots.1', before: '第二镜。', after: '' },
  ])
})

test('a rewritten shot between two unchanged ones is compared with what stood there', () => {
  const [first, , third] = script.shots
  if (!first || !third) throw new Error('three shots expected')
  const now = { ...script, shots: [first, shot('第二镜改了。', '近景'), third] }
  expect(changedFields(script, now)).toMatchObject([
    { field: 'shots.1.heading', before: '', after: '近景' },
    { field: 'shots.1', before: '第二镜。', after: '第二镜改了。' },
  ])
})

test('a note is part of what changed, and so is the AI mark', () => {
  const now = {
    ...script,
    aiGenerated: true,
    shots: script.shots.map((one, i) => (i === 0 ? { ...one, note: '快' } : one)),
  }
  expect(changedFields(script, now).map(({ field }) => field)).toEqual([
    'shots.0.note',
    'aiGenerated',
  ])
})

test('a platform’s caption added or dropped is listed in all its parts', () => {
  const now = { ...script, captions: { kuaishou: { title: '', body: '快手文案', tags: [] } } }
  expect(changedFields(script, now).map(({ field, after }) => [field, after])).toEqual([
    ['captions.douyin.title', ''],
    ['captions.douyin.body', ''],
    ['captions.douyin.tags', ''],
    ['captions.kuaishou.body', '快手文案'],
  ])
})

test('settling trims, drops what is empty and does nothing the second time', () => {
  const loose: ScriptBody = {
    ...script,
    title: ' 标题\r\n',
    shots: [shot('  '), shot('一\r\n二 '), shot('', '', ' 备注 ')],
    captions: {
      douyin: { title: ' ', body: '', tags: [' '] },
      weibo: { title: '', body: ' 微博 ', tags: ['', ' 话题 '] },
    },
    sources: [' ', ' 指南 '],
  }
  const settled = settleScript(loose)
  expect(settled).toMatchObject({
    title: '标题',
    shots: [shot('一\n二'), shot('', '', '备注')],
    sources: ['指南'],
  })
  expect(settled.captions).toEqual({ weibo: { title: '', body: '微博', tags: ['话题'] } })
  expect(settleScript(settled)).toEqual(settled)
})

test('spoken characters count hook, shots and call to action without blanks', () => {
  expect(spokenCharacters(script)).toBe('脖子一僵，先别按。第一镜。第二镜。第三镜。请就诊。'.length)
  expect(spokenCharacters({ ...emptyScript, hook: '👨‍⚕️ 好' })).toBe([...'👨‍⚕️好'].length)
})
