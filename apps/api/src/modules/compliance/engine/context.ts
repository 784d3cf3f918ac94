import { pattern } from './lexicon.ts'

/** The words around a hit, from which the engine tells a claim from a warning against it. */
export interface Context {
  /** From the start of the clause to the hit. */
  readonly before: string
  /** From the hit to the end of the clause. */
  readonly after: string
  /** From the hit to the end of the sentence. */
  readonly rest: string
  /** The whole sentence with the hit written ※. */
  readonly sentence: string
  /** The start of the next sentence. */
  readonly next: string
}

const sentenceEnd = /[。!?;\n]/u
const clauseEnd = /[,。!?;…\n]/u

/** No sentence is longer; what has no full stop for so long is read in pieces. */
const farthest = 160

const boundary = (text: string, from: number, step: 1 | -1, stop: RegExp): number => {
  let at = from
  while (
    at >= 0 &&
    at < text.length &&
    Math.abs(at - from) < farthest &&
    !stop.test(text.charAt(at))
  )
    at += step
  return at
}

export const contextOf = (text: string, from: number, to: number): Context => {
  const sentenceStart = boundary(text, from - 1, -1, sentenceEnd) + 1
  const sentenceStop = boundary(text, to, 1, sentenceEnd)
  const clauseStart = boundary(text, from - 1, -1, clauseEnd) + 1
  const clauseStop = boundary(text, to, 1, clauseEnd)
  // The mark that ends the sentence belongs to it: a question is told by it.
  const mark = text.charAt(sentenceStop)
  return {
    before: text.slice(clauseStart, from),
    after: text.slice(to, clauseStop),
    rest: text.slice(to, sentenceStop) + mark,
    sentence: `${text.slice(sentenceStart, from)}※${text.slice(to, sentenceStop)}${mark}`,
    next: text.slice(sentenceStop + 1, sentenceStop + 13),
  }
}

/** 别犹豫, 不要错过: these urge, they do not warn. */
const urging =
  '(?!再?(?:犹豫|错过|等|担心|怕|害怕|客气|着急|急|慌|忘|划走|走开|花冤枉|手术|开刀|去医院|吃药|打针|节食|运动|忍|拖|硬扛|不信|小看|发愁|愁))'

const negatedBefore = pattern(
  [
    `(?:(?<!要)不要|(?<![识特性分级个差区辨类告离])别(?!人|的|家|墅|致|样)再?|勿|切勿|切忌|千万别|不应该?|不该|不宜|不必|没必要|不需要|不推荐|不建议|不提倡|不主张|不支持)${urging}`,
    '(?:很难|极难|不易|不可以?|不能够?|不得|不会|不敢|无法|难以|未必|未能|尚未|从未|并非|并不|绝不|决不|不是|不等于|不代表|不意味|不保证|不一定|不见得|不存在|不属于|不算|谈不上|称不上|不具备|谁也|谁都不|没法|没办法|不允许|不准|不许)',
    '(?:没有|没|无)(?:任何|哪|一种|一个|所谓|什么|真正|绝对|人|医生|证据|依据|数据|研究|必要|这种)',
    '(?:没有|没什么|并无)$',
    '没有?[^,。]{1,8}(?:能|可以|会|敢)[^,。]{0,4}$',
    '(?:拒绝|拒收|禁止|严禁|杜绝|抵制|避免|防止|防范|警惕|当心|小心|谨防|严防|远离|提防|识别|识破|揭穿|揭秘|拆穿|戳穿|曝光|打击|查处|整治|举报|反对|慎用|慎选|停止|轻信|迷信|盲信|误信|误以为|误认为|以为|听信|谣传|网传|号称|宣称|声称|自称|谎称|吹嘘|打着|标榜|冒充|假冒|所谓的?|谣言|流言|辟谣|误区|骗子|骗局|骗术|套路|陷阱|陌生人|违法|违规|非法|擅自|盲目|随意|滥用)',
  ]
    .map((part) => `(?:${part})`)
    .join('|'),
)

/** 治失眠不是梦 is a claim; so is 治不好不收费. */
const boastAfter =
  /^[^,。!?;]{0,8}(?:不是梦|不再是梦|不是问题|不成问题|不是难题|不是难事|不在话下|不用愁)/u

const negatedSameClause =
  /(?:不可信|不能信|不要信|别信|莫信|不可取|不可靠|不靠谱|不科学|不正确|不准确|不属实|不存在|不成立|不现实|不等于|不代表|不意味|不恰当|不合适|不允许|不能用|不能代替|不能替代|不得使用|不能使用|不一定|不见得|未必|并不|并非|是不可能|不可能|不能保证|没有(?:科学|医学|循证|临床)?(?:依据|证据|根据|道理)|缺乏(?:科学|医学|循证|临床)?(?:依据|证据)|证据不足|是误区|的误区|误解|误导|谣言|骗局|骗人|骗子|骗术|话术|噱头|忽悠|伪科学|假的|虚假|不实|违法|违规|非法|禁止|禁用|严禁|犯罪|危险|有害|有风险|害人|耽误|延误|贻误|上当|受骗|警惕|当心|小心|谨慎|慎重|要不得|行不通|不靠谱|不推荐|不建议|不提倡|不对|错误|错的|站不住脚|为时(?:过|尚)早|言过其实|夸张|没那么|智商税|是演员|扮的|冒充|假冒|假扮|摆拍|没有(?:任何|直接|必然)?关系|无关|添加了|非法添加|违禁|检出|不合格|可能(?:会)?(?:加重|恶化|损|伤|掩盖|延)|加重病情|掩盖病情|烫伤了|灼伤|导致|致(?:肝|肾|死|残|盲)|引发|引起|害死|害了|惹祸|出事|毁容|抢救|起水泡|衰竭|(?:不能|不可|别|不要)(?:乱|滥|瞎|随便|当)|被查|查处|被抓|被判|被罚|处罚|落网|判刑|夸大|(?:不要|别|勿|切勿)(?:照做|照搬|照着|学|跟风|模仿|尝试|盲目|轻易|轻信|随便|依赖|迷信|当真|相信|参加|上当|碰|当回事))/u
const negatedLater =
  /(?:不可信|不能信|不要(?:轻易)?(?:相信|信)|别(?:轻易)?(?:相信|信)|切勿(?:相信|轻信)|不可取|不靠谱|不科学|不存在|没有(?:科学|医学|循证|临床)?(?:依据|证据|根据)|常见的?错误|错误(?:做法|认识|观念)|是错误|误区|谣言|骗局|骗人|骗子|话术|噱头|伪科学|是假的|虚假宣传|违法|违规|警惕|当心|谨防|上当|受骗|被骗|多半是|站不住脚|智商税|被罚|被查|被抓|被判|被处罚|举报|耽误|延误|要小心|请小心|得小心|一律不|可能反跳|有害健康|得不偿失)/u
const labelBefore =
  /^[^:?]{0,10}(?:误区|谣言|流言|网传|传言|错误|伪科学|骗术|骗局|套路|说法|反例|辟谣|不要|别)[^:?]{0,8}[:?]/u
/** 遇到……赶紧离开: told what to do when one meets it. */
const encounter =
  /(?:遇到|碰到|看到|凡是|有人|谁).{0,20}※.{0,20}(?:离开|远离|报警|举报|核实|绕|拉黑|走人|(?:不要|别|勿)(?:信|买|去|加|点|理|上当))/u
const nextDenies =
  /^(?:错|不对|不是|不能|不可以|不可能|不会|不建议|不一定|未必|并不|并非|假的|谣言|别信|不要信|真相|其实|误区|没有|很难|目前不|目前没|no|当心|小心|警惕|医生提醒|专家提醒|答案是(?:否|不)|答案:?不)/u
/** Inside a phrase that leaves gaps, these turn it round: 抑郁没有一夜见效的办法. */
export const turnsRound =
  /没有|没什么|不能(?!不)|不会|无法|难以|并非|不是|未必|不可能|不要|(?<![识特性分级个差区辨类告离])别(?!人|的|家)|不代表|不等于|不建议/u

/** A real question leaves the matter open; 想根治吗 and 还在失眠吗 only open a sales talk. */
const openQuestion =
  /(?:能不能|能否|可不可以|可否|是否|是不是|会不会|有没有|靠不靠谱|靠谱|真的|多久|几天|几次|(?:能|可以|会|是|有)[^,。]{0,16}(?:吗|么|\?))/u
const salesQuestion = /^[^,]{0,4}(?:想|还在|难道|还怕|为何不|为什么不)/u

const hit = (expression: RegExp, text: string): boolean => {
  expression.lastIndex = 0
  return expression.test(text)
}

/**
 * True when the sentence warns against, denies, or asks about what was hit rather than claiming
 * it. Works clause by clause, so that 别再被骗了，祖传秘方真能根治 is still a claim.
 */
export const denied = (context: Context): boolean => {
  if (hit(boastAfter, context.after)) return false
  if (hit(negatedBefore, context.before)) return true
  if (hit(labelBefore, context.sentence)) return true
  if (hit(negatedSameClause, context.after)) return true
  if (hit(negatedLater, context.rest)) return true
  if (hit(encounter, context.sentence)) return true
  if (context.sentence.endsWith('?') && hit(nextDenies, context.next)) return true
  const asks = /[?吗呢]$/u.test(context.sentence) || hit(openQuestion, context.before)
  return asks && hit(openQuestion, context.sentence) && !hit(salesQuestion, context.sentence)
}
