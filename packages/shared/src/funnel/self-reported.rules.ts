import type { Platform } from '../accounts/platform.ts'

/** What a patient's own words about where they heard of us come to. */
export type Told =
  | { readonly kind: 'platforms'; readonly platforms: readonly Platform[] }
  /** Known, and no platform of ours: an old patient, a friend, a referral. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'unknown' }
  /** Somebody trying the form out: no visit at all. */
  | { readonly kind: 'test' }

/**
 * Names as people say and write them. Longer words that contain a name by chance are ruled out beside it:
 * 快手术, 手头条件, 视频号码, 微博士. Latin abbreviations count as words of their own only.
 */
const names: readonly (readonly [Platform, RegExp])[] = [
  ['douyin', /抖音|(?<![a-z])(?:dy|douyin|tiktok)(?![a-z])/],
  ['xiaohongshu', /小红书|小红薯|(?<![a-z])(?:xhs|rednote)(?![a-z])/],
  ['kuaishou', /快手(?![术续脚])|(?<![a-z])kuaishou(?![a-z])/],
  ['channels', /视频号(?!码)/],
  ['wechat_oa', /公众号|公众平台|服务号(?!码)|订阅号(?!码)/],
  ['bilibili', /(?<![a-z])b站|哔哩哔哩|(?<![a-z])bilibili(?![a-z])|小破站/],
  ['weibo', /微博(?!士)/],
  ['toutiao', /今日头条|头条号|(?<![一-鿿])头条(?![一-鿿])/],
  ['jd_health', /京东健康|京东互联网医院/],
]

/** 「不是抖音」「没看过抖音」: said not to be the way. At most 看过 or 在 stands between the two. */
const denial = /(?:不是|并非|没有?|不看|不用|不玩)[^，。；、,.;/\s]{0,2}$/

/** A screen, but not which: the platform stays unknown, whoever passed it on. */
const someScreen = /视频|直播|刷到|网上|上网|手机上|微信|朋友圈|平台|软件|app/

const elsewhere =
  /老患者|老病人|老顾客|老客户|复诊|复查|熟人|朋友|亲戚|亲友|同事|邻居|家人|家属|同学|病友|介绍|推荐|口碑|转诊|转来|转院|社区|体检|114|12320|现场|窗口|挂号|路过|附近|住得近|急诊|建档|核销|义诊|讲座|传单|海报|候诊|医保|百度|搜索|地图|官网|美团|大众点评|电话|报纸|电视|广播/

/** Whether a platform is named and not in the same breath ruled out. */
function isNamed(text: string, name: RegExp): boolean {
  for (const match of text.matchAll(new RegExp(name, 'g')))
    if (!denial.test(text.slice(0, match.index))) return true
  return false
}

/**
 * Reads a free-text source. Nothing is guessed: a text that names no platform and no other way, or only
 * "a video", is unknown.
 */
export function readTold(text: string): Told {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\p{Script=Han}|\b[a-z])\s+(?=\p{Script=Han}|[a-z]\b)/gu, '')
    .trim()
  if (plain.startsWith('测试')) return { kind: 'test' }
  const platforms = names.flatMap(([platform, name]) => (isNamed(plain, name) ? [platform] : []))
  if (platforms.length > 0) return { kind: 'platforms', platforms }
  if (someScreen.test(plain)) return { kind: 'unknown' }
  return elsewhere.test(plain) ? { kind: 'elsewhere' } : { kind: 'unknown' }
}
