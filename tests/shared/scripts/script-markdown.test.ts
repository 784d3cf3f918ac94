import { parseScriptMarkdown } from '@xingbo/shared/scripts/script-markdown'
import { expect, test } from 'vitest'

const file = `---
title: 夜里醒来，先别急着看时间
doctor: 程砚宁
format: 口播
platforms: [douyin, xiaohongshu]
sources:
  - 《中国成人失眠诊断与治疗指南（2023版）》，中华神经科杂志，2024年
  - 《失眠症中医临床实践指南（WHO/WPO）》
---

【开场｜夜灯下的床头】
凌晨三点醒了，你是不是先摸手机看时间？看完开始算，越算越清醒。

【主体一｜三步字幕】
第一步，不看时间。
第二步，先起来坐一会儿。

【结尾】
如果持续三个月以上，请到正规医院评估。有伤害自己的念头时，请拨打12356心理援助热线。

【字幕】本内容为健康科普，不能代替面诊。
`

test('reads front matter and blocks, every word once', () => {
  const { body, front } = parseScriptMarkdown(file) ?? {}
  expect(body).toEqual({
    title: '夜里醒来，先别急着看时间',
    hook: '凌晨三点醒了，你是不是先摸手机看时间？',
    shots: [
      { heading: '开场｜夜灯下的床头', text: '看完开始算，越算越清醒。', note: '' },
      {
        heading: '主体一｜三步字幕',
        text: '第一步，不看时间。\n第二步，先起来坐一会儿。',
        note: '',
      },
      { heading: '结尾', text: '如果持续三个月以上，请到正规医院评估。', note: '' },
      { heading: '字幕', text: '本内容为健康科普，不能代替面诊。', note: '' },
    ],
    callToAction: '有伤害自己的念头时，请拨打12356心理援助热线。',
    captions: {},
    sources: [
      '《中国成人失眠诊断与治疗指南（2023版）》，中华神经科杂志，2024年',
      '《失眠症中医临床实践指南（WHO/WPO）》',
    ],
    aiGenerated: false,
  })
  expect(front).toMatchObject({ doctor: '程砚宁', platforms: ['douyin', 'xiaohongshu'] })
})

test('Windows line ends, a byte order mark and quotes change nothing', () => {
  const dressed = `\uFEFF${file.replace('title: 夜', 'title: "夜').replace('看时间\n', '看时间"\n')}`
  expect(parseScriptMarkdown(dressed.replaceAll('\n', '\r\n'))).toEqual(parseScriptMarkdown(file))
})

test('an avatar’s script is marked as made with AI', () => {
  const avatar = file.replace('format: 口播', 'format: 数字人口播')
  expect(parseScriptMarkdown(avatar)?.body.aiGenerated).toBe(true)
})

test('plain text without front matter is a shot; a markdown heading is its title', () => {
  expect(parseScriptMarkdown('# 一个标题\n\n第一句。\n第二句。')?.body).toMatchObject({
    title: '一个标题',
    hook: '',
    shots: [{ heading: '', text: '第一句。\n第二句。', note: '' }],
  })
})

test('an opening of one sentence keeps its scene', () => {
  expect(parseScriptMarkdown('【开场｜夜景】先别急着按！')?.body).toMatchObject({
    hook: '先别急着按！',
    shots: [{ heading: '开场｜夜景', text: '', note: '' }],
  })
})

test('nothing readable, or more than a script holds, is null', () => {
  expect(parseScriptMarkdown('')).toBe(null)
  expect(parseScriptMarkdown('---\ndoctor: 某\n---\n')).toBe(null)
  expect(parseScriptMarkdown(`【主体】${'长'.repeat(2001)}`)).toBe(null)
  expect(parseScriptMarkdown('【镜】字\n'.repeat(41))).toBe(null)
})
