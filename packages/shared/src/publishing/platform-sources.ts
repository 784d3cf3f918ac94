/**
 * How well a fact is proved: A official page or SDK · B mirror of one · C another product's source code ·
 * D single or old report · ? nothing found, our own cautious choice.
 */
export type FactGrade = 'A' | 'B' | 'C' | 'D' | '?'
export type Fact = {
  readonly source: string
  /** The source's name in English, where it has a Chinese one. */
  readonly sourceEn?: string
  readonly factDate: string
  readonly grade: FactGrade
}

const official = (source: string, factDate: string, sourceEn = source): Fact => ({
  source,
  factDate,
  grade: 'A',
  sourceEn,
})
const mirrored = (source: string, factDate: string, sourceEn = source): Fact => ({
  source,
  factDate,
  grade: 'B',
  sourceEn,
})
export const aitoearn: Fact = {
  source: 'AiToEarn 产品默认值',
  sourceEn: 'AiToEarn product defaults',
  factDate: '2026-06-26',
  grade: 'C',
}
export const yixiaoer: Fact = {
  source: '蚁小二字段表',
  sourceEn: 'Yixiaoer field list',
  factDate: '2026-06-26',
  grade: 'C',
}
export const sau: Fact = {
  source: 'social-auto-upload 源码',
  sourceEn: 'social-auto-upload source code',
  factDate: '2026-06-26',
  grade: 'C',
}
export const unknown: Fact = {
  source: '未查到公开资料',
  sourceEn: 'nothing public found',
  factDate: '2026-11-20',
  grade: '?',
}
export const schemes: Fact = {
  source: '公开整理的 URL Scheme 列表',
  sourceEn: 'public list of URL schemes',
  factDate: '2026-11-20',
  grade: 'D',
}
export const douyinShare = official('open.douyin.com dop/develop/sdk/web-app/h5', '2026-06-26')
export const douyinUpload = official(
  'open.douyin.com 上传视频',
  '2026-06-26',
  'open.douyin.com, upload video',
)
export const kuaishouCreate = official('mp.kuaishou.com createAVideo', '2024-09-26')
export const draftAdd = official('developers.weixin.qq.com api_draft_add', '2026-06-26')
export const material = official('developers.weixin.qq.com api_addmaterial', '2026-06-26')
export const channelsOpen = official(
  'developers.weixin.qq.com 视频号能力列表',
  '2026-06-26',
  'developers.weixin.qq.com, Channels capabilities',
)
export const biliContract = mirrored(
  'open.bilibili.com 文档的第三方冻结件',
  '2026-07-23',
  'third party’s frozen copy of open.bilibili.com',
)
export const douyinFaq = official('open.douyin.com 常见问题', '2026-06-26', 'open.douyin.com, FAQ')
export const weiboShare = official('open.weibo.com wiki 2/statuses/share', '2026-11-20')
export const weiboWiki = official('open.weibo.com wiki Video/api', '2016-06-08')
/** 标识办法 §10: whoever posts AI-made content declares it with the platform's own function. */
export const labelling = official(
  '《人工智能生成合成内容标识办法》§10',
  '2025-09-01',
  'AI labelling measures, Art. 10',
)

export const weiboLimits = mirrored(
  '微博开放平台接口频次说明的转载',
  '2021-11-07',
  'a reprint of Weibo’s note on call limits',
)
export const easydouyin: Fact = {
  source: 'easydouyin 文档',
  sourceEn: 'easydouyin documentation',
  factDate: '2020-12-31',
  grade: 'C',
}
export const houseRule: Fact = {
  source: '本机构发布规范',
  sourceEn: 'house rule',
  factDate: '2026-11-20',
  grade: '?',
}
