import { createHmac } from 'node:crypto'
import type { RobotKind } from '@xingbo/shared/inbox/robot'
import { ROBOT_DEADLINE_MS } from '@xingbo/shared/inbox/robot.rules'
import type { Language } from '@xingbo/shared/text'
import { z } from 'zod'
import { callPlatform, redact } from './http.ts'
import type { Refused, Unknown } from './platform.port.ts'

/** What a group is told: a heading, and one line per thing, each with the page it leads to. */
export type RobotText = {
  readonly title: string
  readonly lines: readonly { readonly text: string; readonly href: string | null }[]
  readonly language: Language
}
export type RobotCall = {
  readonly kind: RobotKind
  /** The whole webhook address; it is as good as a password. */
  readonly url: string
  readonly secret: string | null
  readonly text: RobotText
}
/** `message` is the platform's own answer, fit to be shown. */
export type RobotAnswer =
  | { readonly kind: 'ok'; readonly code: string; readonly message: string }
  | Refused
  | Unknown
export type RobotSender = (call: RobotCall) => Promise<RobotAnswer>

/**
 * DingTalk: Base64 of HMAC-SHA-256 under the secret, over `<ms>\n<secret>`; it travels URL-encoded in the query
 * (open.dingtalk.com, security of custom robots).
 */
export const dingtalkSign = (timestampMs: number, secret: string): string =>
  createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64')

/**
 * Feishu: the other way round. `<s>\n<secret>` is the key and the message is empty
 * (open.feishu.cn, custom bots, signature check).
 */
export const feishuSign = (timestampSeconds: number, secret: string): string =>
  createHmac('sha256', `${timestampSeconds}\n${secret}`).update('').digest('base64')

/** WeCom takes 4,096 bytes of markdown; the others several times that. */
const MAX_BYTES = 4_000
const MAX_TITLE = 60

const more = {
  zh: (n: number) => `…还有 ${n} 条，见杏播收件箱`,
  en: (n: number) => `… and ${n} more in the inbox of Xingbo`,
}

/** The names in a message are people's words: no mark of theirs may become a link, a mention or a heading. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[<>[\]()*_`#@\\]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

function fitting(
  { lines, language }: RobotText,
  render: (line: RobotText['lines'][number]) => string,
) {
  const kept: string[] = []
  let bytes = 0
  for (const [n, line] of lines.entries()) {
    const text = render(line)
    bytes += Buffer.byteLength(text) + 1
    if (bytes > MAX_BYTES - 300) return [...kept, more[language](lines.length - n)]
    kept.push(text)
  }
  return kept
}

const openWord = { zh: '打开', en: 'Open' }
const markdown = (text: RobotText): string =>
  [
    `**${plain(text.title)}**`,
    ...fitting(text, (line) =>
      line.href === null
        ? `- ${plain(line.text)}`
        : `- ${plain(line.text)} [${openWord[text.language]}](${line.href})`,
    ),
  ].join('\n')

type Wire = { readonly url: URL; readonly body: unknown }

const wires: Readonly<Record<RobotKind, (call: RobotCall, now: Date) => Wire>> = {
  wecom: ({ url, text }) => ({
    url: new URL(url),
    body: { msgtype: 'markdown', markdown: { content: markdown(text) } },
  }),
  dingtalk({ url, secret, text }, now) {
    const address = new URL(url)
    if (secret !== null) {
      address.searchParams.set('timestamp', String(now.getTime()))
      address.searchParams.set('sign', dingtalkSign(now.getTime(), secret))
    }
    const title = text.title.slice(0, MAX_TITLE)
    return {
      url: address,
      // DingTalk joins single line ends.
      body: {
        msgtype: 'markdown',
        markdown: { title, text: markdown(text).replace(/\n/g, '\n\n') },
      },
    }
  },
  feishu({ url, secret, text }, now) {
    const timestamp = Math.floor(now.getTime() / 1000)
    const lines = text.lines
      .slice(0, 30)
      .map((line) => [
        { tag: 'text', text: `${line.text} ` },
        ...(line.href === null
          ? []
          : [{ tag: 'a', text: openWord[text.language], href: line.href }]),
      ])
    const hidden = text.lines.length - lines.length
    if (hidden > 0) lines.push([{ tag: 'text', text: more[text.language](hidden) }])
    return {
      url: new URL(url),
      body: {
        ...(secret !== null && {
          timestamp: String(timestamp),
          sign: feishuSign(timestamp, secret),
        }),
        msg_type: 'post',
        content: { post: { zh_cn: { title: text.title, content: lines } } },
      },
    }
  },
}

/** WeCom and DingTalk say `errcode`, Feishu `code` (and `StatusCode` in older answers). */
const answerBody = z.object({
  errcode: z.union([z.number(), z.string()]).optional(),
  errmsg: z.string().optional(),
  code: z.union([z.number(), z.string()]).optional(),
  msg: z.string().optional(),
  StatusCode: z.number().optional(),
  StatusMessage: z.string().optional(),
})

/** Too many calls: WeCom 45009, 45033; DingTalk 130101, 410100; Feishu 9499, 11232, 11233. */
const tooMany = new Set(['45009', '45033', '130101', '410100', '9499', '11232', '11233'])
/** Busy on their side, said before anything was delivered. */
const busy = new Set(['-1', '40001001', '11200'])

/** One call to a group robot. A no is told from "nobody knows"; only the former may be tried again. */
export const robotSender =
  (now: () => Date): RobotSender =>
  async (call) => {
    const at = now()
    const { url, body } = wires[call.kind](call, at)
    const secrets = [
      call.url,
      url.href,
      ...(call.secret === null ? [] : [call.secret]),
      ...url.searchParams.values(),
      url.pathname.split('/').at(-1) ?? '',
    ].filter((one) => one.length > 7)
    const answer = await callPlatform(
      {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        once: true,
        deadlineMs: ROBOT_DEADLINE_MS,
        secrets,
      },
      now,
    )
    if (answer.kind !== 'json') return answer
    const read = answerBody.safeParse(answer.body)
    const said = read.success ? read.data : {}
    const code = said.errcode ?? said.code ?? said.StatusCode
    if (code === undefined)
      return (
        answer.byStatus ?? { kind: 'unknown', why: 'unreadable', detail: `http_${answer.status}` }
      )
    const message = redact(said.errmsg ?? said.msg ?? said.StatusMessage ?? '', secrets)
    if (String(code) === '0') return { kind: 'ok', code: '0', message }
    const limited = tooMany.has(String(code))
    return {
      kind: 'refused',
      code: String(code),
      message,
      category: limited ? 'rate_limited' : busy.has(String(code)) ? 'platform_busy' : 'validation',
      retryable: limited || busy.has(String(code)),
    }
  }
