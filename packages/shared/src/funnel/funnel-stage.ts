import type { Bilingual } from '../text.ts'

/** From exposure to purchase. The first four are platform counts, from `contact` on they are people's events. */
export const platformStages = ['impression', 'play', 'engagement', 'profile_visit'] as const
export type PlatformStage = (typeof platformStages)[number]

export const funnelStages = [
  ...platformStages,
  'contact',
  'lead',
  'consultation',
  'visit',
  'purchase',
] as const
export type FunnelStage = (typeof funnelStages)[number]

const platformStageSet: ReadonlySet<string> = new Set(platformStages)
export const isPlatformStage = (stage: FunnelStage): stage is PlatformStage =>
  platformStageSet.has(stage)

export const funnelStageLabels = {
  impression: { zh: '曝光', en: 'Impressions' },
  play: { zh: '播放', en: 'Plays' },
  engagement: { zh: '互动', en: 'Engagement' },
  profile_visit: { zh: '主页访问', en: 'Profile visits' },
  contact: { zh: '触达', en: 'Contacts' },
  lead: { zh: '留资', en: 'Leads' },
  consultation: { zh: '问诊', en: 'Consultations' },
  visit: { zh: '到诊', en: 'Visits' },
  purchase: { zh: '服务包成交', en: 'Package purchases' },
} as const satisfies Record<FunnelStage, Bilingual>

/** 口径: what exactly each figure counts. */
export const funnelDefinitions = {
  impression: {
    zh: '期间发布的内容，从发布到最近一次快照的累计曝光；没有快照的不计',
    en: 'Impressions of the posts published in the period, from publishing to the latest snapshot; posts without one are left out',
  },
  play: {
    zh: '期间发布的内容，从发布到最近一次快照的累计播放（观看、阅读）；没有快照的不计',
    en: 'Plays (views, reads) of the posts published in the period, from publishing to the latest snapshot; posts without one are left out',
  },
  engagement: {
    zh: '期间发布的内容的点赞、评论、分享、收藏之和，取最近一次快照中已知的几项',
    en: 'Likes, comments, shares and favourites of the posts published in the period, as far as the latest snapshot knows them',
  },
  profile_visit: {
    zh: '期间发布的内容带来的主页访问，取最近一次快照的累计数；没有快照的不计',
    en: 'Profile visits from the posts published in the period, by the latest snapshot; posts without one are left out',
  },
  contact: {
    zh: '期间打开触点码（短链或二维码）的访客，每人每码每天算一次，机器访问除外',
    en: 'Visitors who opened a touch token (link or QR code) in the period, each once per token and day, machines left out',
  },
  lead: {
    zh: '期间在落地页同意告知并留下电话的人次，按留资时间算',
    en: 'People who agreed to the notice and left a phone number in the period, by the time they left it',
  },
  consultation: {
    zh: '期间由健康顾问记下问诊的潜客，同一潜客多次只算一个',
    en: 'Leads an advisor recorded a consultation for in the period, each lead once',
  },
  visit: {
    zh: '医院就诊记录中期间内的到诊人次，未支付和全额退费的不算',
    en: 'Visits in the hospital’s list in the period; unpaid and fully refunded ones are left out',
  },
  purchase: {
    zh: '期间付款的服务包订单数，全额退款的不算；金额为实付减退款，记在付款那天',
    en: 'Service-package orders paid in the period, fully refunded ones left out; the amount is paid less refunded, on the day of payment',
  },
} as const satisfies Record<FunnelStage, Bilingual>

/** Where a figure comes from; `system`: our own short links and landing pages counted it. */
export const figureSources = ['api', 'import', 'webhook', 'manual', 'system'] as const
export type FigureSource = (typeof figureSources)[number]
export const figureSourceLabels = {
  api: { zh: '平台接口', en: 'Platform API' },
  import: { zh: '文件导入', en: 'Imported file' },
  webhook: { zh: '平台回调', en: 'Webhook' },
  manual: { zh: '人工记录', en: 'Entered by hand' },
  system: { zh: '本系统记录', en: 'Counted by Xingbo' },
} as const satisfies Record<FigureSource, Bilingual>

/** By what the funnel is taken apart. */
export const funnelBreakdowns = ['platform', 'account', 'doctor', 'line'] as const
export type FunnelBreakdown = (typeof funnelBreakdowns)[number]
export const funnelBreakdownLabels = {
  platform: { zh: '平台', en: 'Platform' },
  account: { zh: '账号', en: 'Account' },
  doctor: { zh: '医生', en: 'Doctor' },
  line: { zh: '专病线', en: 'Specialty line' },
} as const satisfies Record<FunnelBreakdown, Bilingual>

/** How a visit or purchase is credited to what brought it. */
export const attributionModels = ['last', 'first', 'linear', 'self_reported'] as const
export type AttributionModel = (typeof attributionModels)[number]
export const attributionModelLabels = {
  last: { zh: '末次触点', en: 'Last touch' },
  first: { zh: '首次触点', en: 'First touch' },
  linear: { zh: '线性平分', en: 'Linear' },
  self_reported: { zh: '病人自述', en: 'Self-reported' },
} as const satisfies Record<AttributionModel, Bilingual>
export const attributionDefinitions = {
  last: {
    zh: '同一手机号到诊或下单之前最后一个触点得全部；没有触点的看病人自述',
    en: 'The last touch of the same phone before the visit or order gets all of it; without a touch, what the patient said counts',
  },
  first: {
    zh: '同一手机号到诊或下单之前最早一个触点得全部；没有触点的看病人自述',
    en: 'The first touch of the same phone before the visit or order gets all of it; without a touch, what the patient said counts',
  },
  linear: {
    zh: '同一手机号到诊或下单之前的每个触点平分；没有触点的看病人自述',
    en: 'Every touch of the same phone before the visit or order gets an equal part; without a touch, what the patient said counts',
  },
  self_reported: {
    zh: '只看病人自己说的来源；说到几个平台的平分',
    en: 'Only what the patient said counts; several platforms named share equally',
  },
} as const satisfies Record<AttributionModel, Bilingual>
