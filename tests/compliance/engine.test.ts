import { engineFinding } from '@xingbo/shared/compliance/finding.schema'
import { expect, test } from 'vitest'
import { check, engine, stops } from './support.ts'

test.each([
  ['最近天气转凉，第一次发作要记录时间。'],
  ['首先排除过敏，第一时间拨打120。'],
  ['一级预防是在发病前控制危险因素，二级医院就能做。'],
  ['老人扣扣子变慢，可能是帕金森病的信号。'],
  ['“根治”这个词在广告里不能用。'],
  ['正在吃安眠药的朋友，不要自己突然停药。'],
  ['日常饮食要增加微量元素。'],
  ['心理援助热线12356，卫生热线12320。'],
  ['他在解放军总医院进修过。'],
  ['精神药品须凭处方使用，精神医学不是玄学。'],
  ['长按识别陌生二维码要小心。'],
])('lawful: %s', (sentence) => {
  expect(stops(sentence)).toEqual([])
})

test.each([
  ['全*国*第*一', '全*国*第*一'],
  ['我们医院是 最 佳 选择', '最 佳'],
  ['根\u200b治鼻炎', '根\u200b治'],
  ['國家級名醫坐診', '國家級'],
  ['gen治颈椎病', 'gen治'],
  ['jia wei xin', 'jia wei xin'],
  ['加➕薇领食谱', '➕薇'],
  ['药，到，病，除', '药，到，病，除'],
  ['电话1九9零000一二3四', '1九9零000一二3四'],
  ['1.3.8-0013-8000', '1.3.8-0013-8000'],
  ['Ⓥ信同号', 'Ⓥ信'],
])('seen through: %s', (sentence, words) => {
  const found = stops(sentence).find(({ text }) => text.includes(words))
  expect(found, JSON.stringify(stops(sentence).map(({ text }) => text))).toBeDefined()
})

test('a disguise is told from two ordinary words that meet', () => {
  expect(check('跟治疗方案有关的问题可以问医生')).toEqual([])
  expect(check('诊断根据症状和检查')).toEqual([])
  expect(stops('跟治颈椎病')[0]).toMatchObject({ text: '跟治', kind: 'disguised' })
})

test('the same word is lawful in one nature and forbidden in another', () => {
  const disease = '糖尿病患者运动前要查血糖。'
  expect(check(disease, 'science')).toEqual([])
  expect(check(disease, 'institution_info')).toEqual([])
  expect(check(disease, 'medical_ad').find(({ text }) => text === '糖尿病')).toMatchObject({
    ruleId: 'R30',
    severity: 'block',
  })
  expect(check(disease, 'commerce').find(({ text }) => text === '糖尿病')?.ruleId).toBe('R35')

  const drug = '二甲双胍请遵医嘱服用。'
  expect(stops(drug, 'science')).toEqual([])
  expect(stops(drug, 'medical_ad').map(({ text }) => text)).toContain('二甲双胍')

  const phone = '联系电话：0571-88880000'
  expect(stops(phone, 'science').map(({ ruleId }) => ruleId)).toEqual(['R22'])
  expect(stops(phone, 'science')[0]?.natureNote?.zh).toContain('变相医疗广告')
  expect(stops(phone, 'institution_info')).toEqual([])
})

test('legal absolutes cannot be waived, the rest can', () => {
  const waivable = (text: string, nature?: 'medical_ad') =>
    Object.fromEntries(stops(text, nature).map((finding) => [finding.ruleId, finding.waivable]))
  expect(waivable('司美格鲁肽现货包邮，不用处方')).toMatchObject({ R25: false })
  expect(waivable('右佐匹克隆私聊可发')).toMatchObject({ R26: false })
  expect(waivable('可以鉴定胎儿性别')).toMatchObject({ R32: false })
  expect(waivable('包治百病')).toMatchObject({ R03: false })
  expect(waivable('名称：某某医院', 'medical_ad')).toMatchObject({ R24: false })
  expect(waivable('加微信领资料')).toMatchObject({ R19: true })
  expect(waivable('再不看就晚了')).toMatchObject({ R16: true })
})

test('an institution with its certificate of review may advertise', () => {
  const input = {
    nature: 'medical_ad' as const,
    platforms: ['wechat_oa' as const],
    fields: [{ field: 'title', text: '某某医院，床位三百张，接诊时间八点至十七点' }],
  }
  const ids = (facts: Parameters<typeof engine.check>[0]['facts']) =>
    engine.check({ ...input, facts }).findings.map(({ ruleId }) => ruleId)
  expect(ids({})).toEqual(['R24'])
  expect(ids({ publisher: 'mcn', adReviewNumber: '医广〔2026〕第01-01-001号' })).toEqual(['R24'])
  expect(ids({ publisher: 'institution', adReviewNumber: '医广〔2026〕第01-01-001号' })).toEqual([])
})

test('words split across two fields are read as one', () => {
  const fields = [
    { field: 'title', text: '想了解更多就加' },
    { field: 'captions.douyin.body', text: '微信，回复颈椎' },
  ]
  const joined = engine
    .check({ nature: 'science', platforms: ['douyin'], fields })
    .findings.find(({ kind }) => kind === 'joined')
  expect(joined).toMatchObject({ ruleId: 'R19', field: 'title', text: '加', start: 6, end: 7 })
  expect(joined?.also).toEqual([{ field: 'captions.douyin.body', start: 0, end: 2, text: '微信' }])

  const captions = fields.map(({ text }, i) => ({ field: `captions.${i}.body`, text }))
  const apart = engine.check({ nature: 'science', platforms: [], fields: captions }).findings
  expect(apart.filter(({ kind }) => kind === 'joined')).toEqual([])
})

test('what the words cannot tell comes from the facts', () => {
  const ids = (
    facts: Parameters<typeof engine.check>[0]['facts'],
    platform: 'channels' | 'douyin',
  ) =>
    engine
      .check({
        nature: 'science',
        platforms: [platform],
        fields: [{ field: 'title', text: '过敏性鼻炎和感冒怎么分' }],
        facts,
      })
      .findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`)
  expect(ids({}, 'douyin')).toEqual([])
  expect(ids({ aiGenerated: true }, 'douyin')).toEqual(['R43 block'])
  expect(ids({ aiGenerated: true, aiLabelled: true }, 'douyin')).toEqual([])
  expect(ids({ operatedByMcn: true }, 'channels')).toEqual(['R47 block'])
  expect(ids({ operatedByMcn: true }, 'douyin')).toEqual(['R47 review'])
  expect(ids({ accountCertified: false }, 'douyin')).toEqual(['R46 block'])
  expect(ids({ doctorDepartment: '鼻科' }, 'douyin')).toEqual([])
  expect(ids({ doctorDepartment: '口腔科' }, 'douyin')).toEqual(['R45 review'])
})

test('a number with its source is a citation, without it a claim', () => {
  expect(stops('有效率98%')[0]?.ruleId).toBe('R04')
  const cited = check('来源：《某病诊治指南（2022年版）》，研究中有效率98%')
  expect(new Set(cited.map(({ ruleId, severity }) => `${ruleId} ${severity}`))).toEqual(
    new Set(['R44 hint']),
  )
  const advertised = stops('来源：《某病诊治指南（2022年版）》，研究中有效率98%', 'medical_ad')
  expect(advertised.map(({ ruleId }) => ruleId)).toContain('R04')
})

test('a script about an emergency is asked for first aid', () => {
  const body = '胸痛不一定都是心脏的问题，也可能来自胃、肺或肌肉。'.repeat(6)
  const ids = (text: string) =>
    engine
      .check({ nature: 'science', platforms: ['douyin'], fields: [{ field: 'shots.0', text }] })
      .findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`)
  expect(ids(body)).toEqual(['R50 hint'])
  expect(ids(`${body}突发胸痛请立即拨打120。`)).toEqual([])
})

test('a claim in words nobody listed is pointed out, and said to be only a likeness', () => {
  const [found] = stops('这一套练完，老腰跟二十岁小伙子一个样')
  expect(found).toMatchObject({ kind: 'likeness', severity: 'review', waivable: true })
  expect(found?.why.zh).toContain('请人工判断')
  // A stage direction is not said; a question claims nothing.
  expect(stops('【老腰练完跟二十岁小伙子一个样】')).toEqual([])
  expect(stops('这一套练完，老腰跟二十岁小伙子一个样？')).toEqual([])
})

test('a lone word in a sentence that reads as lawful comes down one grade, a legal absolute never', () => {
  const [softened] = check('老人信偏方，子女要多沟通。')
  expect(softened).toMatchObject({ ruleId: 'R14', text: '偏方', severity: 'hint' })
  expect(stops('老人信偏方，子女要加微信多沟通。').map(({ ruleId }) => ruleId)).toEqual([
    'R14',
    'R19',
  ])
  expect(stops('任何体质都可以用')[0]).toMatchObject({ ruleId: 'R07', severity: 'review' })
  expect(stops('可以鉴定胎儿性别')[0]).toMatchObject({ severity: 'block', waivable: false })
})

test('every finding says which rule, by what law, why, and what to write instead, in both languages', () => {
  const findings = [
    ...check('国家级名医，三天根治，无效退款，加VX领资料，地址中山路12号'),
    ...check('糖尿病', 'medical_ad'),
  ]
  expect(findings.length).toBeGreaterThan(5)
  for (const finding of findings) {
    expect(engineFinding.parse(finding)).toEqual(finding)
    for (const part of [finding.ruleTitle, finding.law, finding.why, finding.rewrite]) {
      expect(part.zh).toMatch(/\p{Script=Han}/u)
      expect(part.en).toMatch(/[A-Za-z]/)
      expect(part.en).not.toMatch(/\p{Script=Han}/u)
    }
  }
  expect(stops('解放军专用止痛膏')[0]?.law.zh).toContain('医疗广告管理办法')
})

test('the nature is guessed from the words', () => {
  const guess = (text: string) => engine.guessNature([{ field: 'title', text }])
  expect(guess('高血压患者怎样在家量血压')).toBe('science')
  expect(guess('接诊时间：8:00-17:00，诊疗科目：内科、儿科，床位60张，地址：见院内公告')).toBe(
    'institution_info',
  )
  expect(guess('本院独家技术三天根治颈椎病，无效退款，欢迎来我院，加微信预约')).toBe('medical_ad')
  expect(guess('小黄车下单包邮，原价198，今天到手价99，规格30袋')).toBe('commerce')
})

test('the version names code and data', () => {
  expect(engine.version).toMatch(/^\d+-[0-9a-f]{12}$/)
  expect(engine.rules).toHaveLength(50)
})
