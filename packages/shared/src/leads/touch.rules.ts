import type { Nature } from '../content/stage.ts'
import type { Role } from '../identity/actor.ts'
import type { PublicationState } from '../publishing/publication-state.ts'
import { no, type Verdict, yes } from '../verdict.ts'

/** Shorter is no reason, longer is no longer read. */
export const touchReasonLength = { min: 10, max: 300 } as const

/** A post that never goes out, or is gone, needs no way back to us. */
const overStates: readonly PublicationState[] = ['failed', 'expired', 'canceled', 'taken_down']

type TouchWish = {
  readonly nature: Nature
  readonly state: PublicationState
  /** It already has one that works. */
  readonly hasToken: boolean
  readonly role: Role
  readonly reason: string
}

export const touchCan = {
  /**
   * Whether a post may carry a touch token. On a 科普 post a link to the institution or its services makes it
   * a disguised medical advertisement (医疗广告认定指南 §8(5)), and contact details may not stand on the same
   * page (互联网广告管理办法 §8): a reviewer alone decides an exception, in writing.
   */
  create({ nature, state, hasToken, role, reason }: TouchWish): Verdict {
    if (overStates.includes(state)) return no('leads.touch.over')
    if (hasToken) return no('leads.touch.exists')
    if (nature !== 'science') return yes
    if (role !== 'reviewer') return no('leads.touch.science')
    return reason.trim().length < touchReasonLength.min
      ? no('leads.touch.reason', { n: touchReasonLength.min })
      : yes
  },
}

/** What an opening of a short link says about itself, header by header. */
export type Opening = {
  readonly method: string
  readonly userAgent: string | undefined
  readonly accept: string | undefined
  readonly acceptLanguage: string | undefined
  /** `Sec-Purpose`, `Purpose` or `X-Moz`: a browser fetching ahead of a click that may never come. */
  readonly purpose: string | undefined
  readonly fetchDest: string | undefined
}

/**
 * Machines that name themselves: search engines (百度, 搜狗, 360, 神马, 字节, 必应, Google …), link previews of
 * chats, HTTP libraries, test browsers. CUBOT is a make of telephone.
 */
const machine =
  /(?<!cu)bot\b|spider|crawl|slurp|(?:link|url|uri|bing)preview|externalhit|whatsapp|embedly|lighthouse|headless|phantomjs|puppeteer|playwright|curl\/|wget|python|go-http-client|java\/|okhttp|axios|node-fetch|undici|libwww|httpclient|scrapy/i

/**
 * Whether an opening is a machine's and no person's. Every browser that shows a page, those inside WeChat and
 * Douyin included, sends a language and asks for HTML; the servers that fetch a link to preview or to check it
 * leave out one or the other even where they borrow a browser's name.
 */
export function isMachine(opening: Opening): boolean {
  const { method, userAgent, accept, acceptLanguage, purpose, fetchDest } = opening
  if (method !== 'GET') return true
  if (!userAgent || machine.test(userAgent)) return true
  if (purpose && /prefetch|prerender|preview/i.test(purpose)) return true
  if (!acceptLanguage) return true
  if (!accept || !/text\/html/i.test(accept)) return true
  return fetchDest !== undefined && fetchDest !== 'document' && fetchDest !== 'iframe'
}
