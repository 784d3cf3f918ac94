import type { Texts } from '../text.ts'

export const funnelMessages = {
  'funnel.range.order': {
    zh: '开始日期要在结束日期之前',
    en: 'The first day must come before the last',
  },
  'funnel.range.long': {
    zh: '一次最多看 {n} 天',
    en: 'At most {n} days can be shown at once',
  },
  'funnel.gap.noPublications': {
    zh: '这段时间没有发布',
    en: 'Nothing was published in this period',
  },
  'funnel.gap.noFigures': {
    zh: '{total} 条发布都没有这项数据',
    en: 'None of the {total} posts has this figure',
  },
  'funnel.gap.noPlatform': {
    zh: '不是平台内容，没有平台数据',
    en: 'Not a platform post; platforms have no figures for it',
  },
  'funnel.gap.noTokens': {
    zh: '这里没有触点码，数不到',
    en: 'There is no touch token here to count by',
  },
  'funnel.gap.noVisits': {
    zh: '还没有导入这段时间的就诊记录',
    en: 'No list of visits has been imported for this period',
  },
  'funnel.gap.noOrders': {
    zh: '还没有导入这段时间的订单',
    en: 'No list of orders has been imported for this period',
  },
  'funnel.gap.noEvidence': {
    zh: '还没有线索能归到这里：没有触点码，病人自述也说不到这么细',
    en: 'Nothing could lead here yet: there is no touch token, and patients do not say so much',
  },
  'funnel.rate.noBase': { zh: '前一步没有数据', en: 'The step before has no figure' },
  'funnel.rate.noPairs': {
    zh: '没有一条发布两项都有数据',
    en: 'No post has both figures',
  },
  'funnel.rate.partial': {
    zh: '分母只有 {known}/{total} 条发布有数据，不足八成，不算比率',
    en: 'Only {known} of {total} posts have the denominator, fewer than four in five; no rate is given',
  },
  'funnel.rate.otherDays': {
    zh: '两步的数据时间对不上：一边 {less} 天，一边 {more} 天',
    en: 'The two steps are known for different times: {less} days and {more} days',
  },
  'funnel.rate.notFromPosts': {
    zh: '不是内容带来的，不算转化率',
    en: 'Not brought by content, so there is no conversion',
  },
  'funnel.rate.zero': { zh: '分母是 0', en: 'The denominator is 0' },
  'funnel.rate.above': {
    zh: '比前一步还多，有人没有经过前一步，不是转化率',
    en: 'More than in the step before: some did not pass through it, so this is no conversion',
  },
  'funnel.cost.missing': {
    zh: '{months} 还没有导入费用',
    en: 'No costs have been imported for {months}',
  },
  'funnel.cost.byDoctor': { zh: '费用不按医生记', en: 'Costs are not recorded by doctor' },
  'funnel.cost.noVisits': { zh: '没有到诊数可除', en: 'There are no visits to divide by' },
} as const satisfies Texts
