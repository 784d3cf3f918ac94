import type { ApiContract, CodeCase } from './contract.ts'
import { apps, type Setup, words } from './support.ts'

const each = (codes: readonly number[], ...meaning: [string, boolean] | [string]): CodeCase[] =>
  codes.map((code) => [code, ...meaning] as unknown as CodeCase)

const granted = (platform: string) => async (world: Setup, account: string) => {
  const { body } = await world.post(`/__sandbox/${platform}/grant`, { account })
  return String(body.access_token)
}
const days = 86_400_000

export const kuaishouContract: ApiContract = {
  platform: 'kuaishou',
  form: 'video',
  words: (n) => ({ ...words, title: `${words.title} ${n}` }),
  ops: { publish: 'kuaishou.publish', info: 'kuaishou.info', list: 'kuaishou.list' },
  unconfigured: (url) => ({
    kuaishou: { baseUrl: url, uploadHosts: [new URL(url).host], appId: '', appSecret: '' },
  }),
  aimedAt: (url) => ({
    kuaishou: { baseUrl: url, uploadHosts: [new URL(url).host], ...apps.kuaishou },
  }),
  accessToken: granted('kuaishou'),
  codes: [
    ...each([100200100, 100200103, 100200104, 100200107, 100400], 'validation', false),
    ...each([100200101, 100200102, 100200106], 'permission_missing', false),
    ...each([100200105, 100200109, 100200110, 100200111, 100200113], 'auth_revoked', false),
    ...each([100200108], 'auth_expired', true),
    ...each([120002], 'media_invalid', true),
    ...each([100200500, 120001, 100120001, 120003], 'server_error'),
    ...each([100200112, 424242], 'unknown_code'),
  ],
  refusal: 100200102,
  tellsReview: true,
  rejected: 'not_found',
  removed: 'not_found',
  strangeId: '3xnobody00000',
  listsSameId: true,
  carriesVideo: true,
  tokens: {
    kind: 'consent',
    lifeMs: 2 * days,
    refresh: 'both',
    expiredCode: '100200108',
    deadCode: '100200113',
  },
}

export const bilibiliContract: ApiContract = {
  platform: 'bilibili',
  form: 'video',
  words: (n) => ({ ...words, title: `${words.title} ${n}` }),
  ops: { publish: 'bilibili.publish', info: 'bilibili.info', list: 'bilibili.list' },
  unconfigured: (url) => ({
    bilibili: { ...bilibiliAt(url), clientId: '', clientSecret: '' },
  }),
  aimedAt: (url) => ({ bilibili: bilibiliAt(url) }),
  accessToken: granted('bilibili'),
  // open.bilibili.com/doc/4, all 87 of the document on status codes.
  codes: [
    ...each([4000, 4001, 4002, 4005, 4006, 4007, 4008, 4009, 4012, 127002], 'validation', false),
    ...each([4003], 'validation', true),
    ...each([122000, 122001, 122008, 127004, 127005, 127006, 127007], 'permission_missing', false),
    ...each([127010, 127304, 127305, 123001, 123037], 'permission_missing', false),
    ...each([122002, 122007, 127003, 127008, 127011, 127023], 'auth_revoked', false),
    ...each([127000, 127001], 'auth_expired', true),
    ...each([127009, 127306, 123026], 'rate_limited', true),
    ...each([127022], 'media_invalid', true),
    ...each([123029, 123036], 'quota_exhausted', false),
    ...each([123003, 123006, 123008, 123009, 123010, 123011, 123012], 'validation', false),
    ...each([123013, 123014, 123016, 123017, 123018, 123019, 123020], 'validation', false),
    ...each([123021, 123022, 123027, 123030, 123033, 123038, 123045], 'validation', false),
    ...each([123046, 123047, 123048, 123049], 'validation', false),
    ...each([123024, 123052], 'content_rejected', false),
    ...each([123042, 123050, 123051], 'human_action_required', false),
    // "Later", "that again", "is not there": none of them says that this work was not taken.
    ...each([4004, 4010, 4011, 122009, 122010, 123002, 123023, 123028], 'server_error'),
    ...each([123039, 123044, 123015, 123004, 123005, 123040, 123041], 'server_error'),
    ...each([123043, 123007, 123034, 123035, 123053, 123054, 123055, 123056], 'server_error'),
    ...each([424242], 'unknown_code'),
  ],
  refusal: 123024,
  tellsReview: true,
  rejected: 'rejected',
  removed: 'removed',
  strangeId: 'BV1nobody000',
  listsSameId: true,
  carriesVideo: true,
  tokens: {
    kind: 'consent',
    lifeMs: 30 * days,
    refresh: 'both',
    expiredCode: '127001',
    deadCode: '122007',
  },
}
const bilibiliAt = (url: string) => ({
  baseUrl: url,
  accountUrl: url,
  tokenUrl: url,
  uploadUrl: url,
  tid: 201,
  ...apps.bilibili,
})

export const weiboContract: ApiContract = {
  platform: 'weibo',
  form: 'picture',
  words: (n) => ({
    title: `落枕了能不能马上推拿？${n}`,
    body: '先别急着扳。\n第一步：热敷 15 分钟 🔥；100% 别硬扛',
    tags: ['推拿'],
    link: 'https://hospital.example/about?from=weibo&x=1',
  }),
  ops: { publish: 'weibo.publish', info: 'weibo.info', list: 'weibo.list' },
  unconfigured: (url) => ({
    weibo: { baseUrl: `${url}/weibo`, realIp: '', appKey: '', appSecret: '' },
  }),
  aimedAt: (url) => ({ weibo: { baseUrl: url, realIp: '', ...apps.weibo } }),
  accessToken: granted('weibo'),
  // open.weibo.com/wiki/Error_code, those its share interface can answer.
  codes: [
    ...each([10004, 10006, 10014, 21321], 'permission_missing', false),
    ...each([10016, 10017, 20012, 21322], 'validation', false),
    ...each([10022, 10023, 10024], 'rate_limited', true),
    ...each([20005, 20006, 20007], 'media_invalid', false),
    ...each([20016], 'quota_exhausted', false),
    ...each([21325, 21332], 'auth_revoked', false),
    ...each([21327], 'auth_expired', true),
    ...each([20017, 20019, 20032, 20101], 'server_error'),
    ...each([20033, 424242], 'unknown_code'),
  ],
  refusal: 10014,
  tellsReview: false,
  rejected: 'not_found',
  removed: 'not_found',
  strangeId: '5000000000000000',
  listsSameId: true,
  // Its answers carry short addresses in the place of links.
  shown: (caption) =>
    new RegExp(
      `^${caption
        .replace(/https?:\S+$/, '')
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}http://t\\.cn/\\S+$`,
    ),
  carriesVideo: false,
  tokens: {
    kind: 'consent',
    lifeMs: 30 * days,
    refresh: 'none',
    expiredCode: '21327',
    deadCode: '',
  },
}

export const wechatOaContract: ApiContract = {
  platform: 'wechat_oa',
  form: 'article',
  words: (n) => ({ ...words, title: `${words.title} ${n}`, tags: [] }),
  ops: { publish: 'wechat_oa.publish', info: 'wechat_oa.info', list: 'wechat_oa.list' },
  unconfigured: null,
  aimedAt: (url) => ({ wechatOa: { baseUrl: url } }),
  async accessToken(world, account) {
    const { body } = await world.post('/__sandbox/wechat-oa/apps', { name: account })
    const app = { appId: String(body.appId), appSecret: String(body.secret) }
    const issued = await world.platforms.wechat_oa.tokens.issue(app, { fresh: false })
    if (issued.kind !== 'ok') throw new Error(JSON.stringify(issued))
    return issued.value.accessToken
  },
  // developers.weixin.qq.com, the pages of draft/add, material and freepublish.
  codes: [
    ...each([40001, 40014, 42001], 'auth_expired', true),
    ...each([40013, 40125], 'auth_revoked', false),
    ...each([40164, 48001], 'permission_missing', false),
    ...each([45009], 'quota_exhausted', false),
    ...each([45011], 'rate_limited', true),
    ...each([40007], 'media_invalid', true),
    ...each([44003, 45002, 45003, 47001], 'validation', false),
    ...each([45166, 53503], 'content_rejected', false),
    ...each([53504, 53505], 'human_action_required', false),
    ...each([-1, 53600], 'server_error'),
    ...each([424242], 'unknown_code'),
  ],
  refusal: 45166,
  tellsReview: true,
  rejected: 'rejected',
  removed: 'removed',
  strangeId: 'nobodys-article',
  // The list speaks of articles, a submission of a publication.
  listsSameId: false,
  carriesVideo: false,
  tokens: { kind: 'app' },
}

const douyinAt = (url: string) => ({
  baseUrl: url,
  appPage: `${url}/__sandbox/douyin-app?schema=`,
  direct: true,
  ...apps.douyin,
})

/** Posting without a person, which is off unless an application was granted it. */
export const douyinContract: ApiContract = {
  platform: 'douyin',
  form: 'video',
  words: (n) => ({ ...words, body: `${words.body} ${n}` }),
  ops: { publish: 'douyin.create', info: 'douyin.info', list: 'douyin.list' },
  switchedOn: (url) => ({ douyin: douyinAt(url) }),
  unconfigured: (url) => ({ douyin: { ...douyinAt(url), clientKey: '', clientSecret: '' } }),
  aimedAt: (url) => ({ douyin: douyinAt(url) }),
  async accessToken(world, account) {
    const { body } = await world.post('/__sandbox/douyin/grant', { account })
    // Douyin wants to be told whom a token is for, so the adapter keeps the two together.
    return `${body.open_id} ${body.access_token}`
  },
  // dop/develop/openapi/status-code and the OAuth pages; below them the older family of code in use.
  codes: [
    ...each([10008, 28001003, 28001008], 'auth_expired', true),
    ...each([10007, 10010, 10020, 28001012, 28001045], 'auth_revoked', false),
    ...each([10003, 10004, 10013, 28001014, 28001016, 28001018], 'permission_missing', false),
    ...each([28001019, 28001020, 28001021, 28001056], 'permission_missing', false),
    ...each([28003017], 'quota_exhausted', false),
    ...each([28003018], 'rate_limited', true),
    ...each([10002, 10005, 10006, 28001007, 28001015], 'validation', false),
    ...each([28001046, 28001047], 'human_action_required', false),
    ...each([28001005, 28001006, 2100004], 'server_error'),
    ...each([2190002, 2190008], 'auth_expired', true),
    ...each([2190003], 'auth_revoked', false),
    ...each([2190004, 2190016], 'permission_missing', false),
    ...each([2114007, 2190001], 'quota_exhausted', false),
    ...each([2190015, 2100005], 'validation', false),
    ...each([2111001], 'content_rejected', false),
    ...each([2190005, 2190006, 2190007, 2113001, 2113002], 'media_invalid', false),
    ...each([2114005, 2100009], 'human_action_required', false),
    ...each([10011, 424242], 'unknown_code'),
  ],
  refusal: 2111001,
  tellsReview: false,
  rejected: 'not_found',
  removed: 'not_found',
  strangeId: '@nobody==',
  listsSameId: true,
  dropsTitle: true,
  carriesVideo: true,
  tokens: {
    kind: 'consent',
    lifeMs: 15 * days,
    refresh: 'access',
    expiredCode: '28001008',
    deadCode: '10010',
  },
}
