import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { type RobotKind, robotKindLabels, robotKinds } from '@xingbo/shared/inbox/robot'
import type { Language } from '@xingbo/shared/text'
import Sqlite from 'better-sqlite3'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { clock, html, page, pageLanguage, speaker } from './layout.ts'

/** The groups that are there from the start, so that a robot can be added by copying an address. */
export const sandboxRobots = [
  { kind: 'wecom', key: 'sandbox-wecom-group', secret: null },
  { kind: 'dingtalk', key: 'sandbox-dingtalk-group', secret: 'SECsandbox-only-not-a-secret' },
  { kind: 'feishu', key: 'sandbox-feishu-group', secret: 'sandbox-only-not-a-secret' },
] as const satisfies readonly { kind: RobotKind; key: string; secret: string | null }[]

const paths: Readonly<Record<RobotKind, (key: string) => string>> = {
  wecom: (key) => `/cgi-bin/webhook/send?key=${key}`,
  dingtalk: (key) => `/robot/send?access_token=${key}`,
  feishu: (key) => `/open-apis/bot/v2/hook/${key}`,
}
/** The address of one of the sandbox's groups. */
export const sandboxRobotUrl = (origin: string, kind: RobotKind): string => {
  const robot = sandboxRobots.find((one) => one.kind === kind)
  return `${origin}${paths[kind](robot?.key ?? '')}`
}

type Group = { readonly kind: RobotKind; readonly key: string; readonly secret: string | null }
type Said = {
  readonly seq: number
  readonly kind: RobotKind
  readonly key: string
  readonly at: number
  readonly body: string
  readonly code: number
  readonly message: string
}

const schema = `
create table if not exists robots (kind text not null, key text not null, secret text, primary key (kind, key));
create table if not exists said (seq integer primary key autoincrement, kind text not null, key text not null,
  at integer not null, body text not null, code integer not null, message text not null);
`
const MINUTE = 60_000
const HOUR = 3_600_000
/** WeCom: 4,096 bytes of markdown (developer.work.weixin.qq.com, group robots). */
const WECOM_BYTES = 4096

type Verdict = readonly [code: number, message: string]
const texts = {
  title: { zh: '群机器人收到的消息', en: 'What the group robots were told' },
  sub: {
    zh: '企业微信、钉钉、飞书三个群，验签名、数频率；没有通过的也列出来。',
    en: 'Three groups at WeCom, DingTalk and Feishu; signatures and limits are checked, refusals listed too.',
  },
  address: { zh: '地址', en: 'Address' },
  secret: { zh: '加签密钥', en: 'Signing secret' },
  none: { zh: '（无）', en: '(none)' },
  empty: { zh: '还没有收到消息', en: 'Nothing yet' },
  robot: { zh: '机器人', en: 'Robot' },
  words: { zh: '消息', en: 'Message' },
  answer: { zh: '回答', en: 'Answer' },
  at: { zh: '时间（北京）', en: 'When (Beijing)' },
} as const

/**
 * Plays the group robots of WeCom, DingTalk and Feishu by their public documents: the address, the signature
 * and its hour, the limits, HTTP 200 with the error in the body. Keeps its own file beside the sandbox's.
 */
export function addRobots(
  app: FastifyInstance,
  { dir, now }: { dir: string; now: () => number },
): void {
  const db = new Sqlite(join(dir, 'robots.db'))
  db.exec(schema)
  const put = db.prepare('insert or replace into robots (kind, key, secret) values (?, ?, ?)')
  for (const { kind, key, secret } of sandboxRobots) put.run(kind, key, secret)
  app.addHook('onClose', async () => {
    db.close()
  })

  const find = (kind: RobotKind, key: string) =>
    db.prepare('select kind, key, secret from robots where kind = ? and key = ?').get(kind, key) as
      | Group
      | undefined
  const accepted = (kind: RobotKind, key: string, withinMs: number): number =>
    (
      db
        .prepare(
          'select count(*) as n from said where kind = ? and key = ? and code = 0 and at > ?',
        )
        .get(kind, key, now() - withinMs) as { n: number }
    ).n
  const refusedSince = (kind: RobotKind, key: string, code: number, withinMs: number): boolean =>
    db
      .prepare('select 1 from said where kind = ? and key = ? and code = ? and at > ?')
      .get(kind, key, code, now() - withinMs) !== undefined
  const write = (kind: RobotKind, key: string, body: unknown, [code, message]: Verdict) =>
    db
      .prepare('insert into said (kind, key, at, body, code, message) values (?, ?, ?, ?, ?, ?)')
      .run(kind, key, now(), JSON.stringify(body), code, message)
  const said = (): Said[] =>
    db.prepare('select * from said order by seq desc limit 200').all() as Said[]

  const fresh = (ms: number) => Number.isFinite(ms) && Math.abs(now() - ms) <= HOUR
  const hmac = (key: string, text: string) =>
    createHmac('sha256', key).update(text).digest('base64')

  app.post<{ Querystring: { key?: string } }>('/cgi-bin/webhook/send', async (request) => {
    const key = request.query.key ?? ''
    const body = z
      .object({
        msgtype: z.literal('markdown'),
        markdown: z.object({ content: z.string().min(1) }),
      })
      .safeParse(request.body)
    const judge = (): Verdict => {
      if (!find('wecom', key)) return [93000, 'invalid webhook url, hint: [sandbox]']
      if (!body.success) return [40008, 'invalid message type, hint: [sandbox]']
      if (Buffer.byteLength(body.data.markdown.content) > WECOM_BYTES)
        return [40058, 'markdown.content exceed max length 4096']
      if (accepted('wecom', key, MINUTE) >= 20) return [45009, 'api freq out of limit']
      return [0, 'ok']
    }
    const [errcode, errmsg] = judge()
    write('wecom', key, request.body, [errcode, errmsg])
    return { errcode, errmsg }
  })

  type Signed = { access_token?: string; timestamp?: string; sign?: string }
  app.post<{ Querystring: Signed }>('/robot/send', async (request) => {
    const { access_token: key = '', timestamp = '', sign = '' } = request.query
    const body = z
      .object({
        msgtype: z.literal('markdown'),
        markdown: z.object({ title: z.string().min(1), text: z.string().min(1) }),
      })
      .safeParse(request.body)
    const judge = (): Verdict => {
      const robot = find('dingtalk', key)
      if (!robot) return [300001, 'token is not exist']
      const { secret } = robot
      if (secret !== null) {
        if (!fresh(Number(timestamp))) return [310000, 'invalid timestamp']
        if (sign !== hmac(secret, `${timestamp}\n${secret}`)) return [310000, 'sign not match']
      }
      if (!body.success) return [400014, 'invalid message body']
      // Beyond 20 a minute the robot is silenced for ten minutes.
      if (
        refusedSince('dingtalk', key, 130101, 10 * MINUTE) ||
        accepted('dingtalk', key, MINUTE) >= 20
      )
        return [130101, 'send too fast, exceed 20 times per minute']
      return [0, 'ok']
    }
    const [errcode, errmsg] = judge()
    write('dingtalk', key, request.body, [errcode, errmsg])
    return { errcode, errmsg }
  })

  app.post<{ Params: { key: string } }>('/open-apis/bot/v2/hook/:key', async (request) => {
    const { key } = request.params
    const body = z
      .object({
        timestamp: z.string().optional(),
        sign: z.string().optional(),
        msg_type: z.literal('post'),
        content: z.object({
          post: z.object({
            zh_cn: z.object({ title: z.string(), content: z.array(z.array(z.looseObject({}))) }),
          }),
        }),
      })
      .safeParse(request.body)
    const judge = (): Verdict => {
      const robot = find('feishu', key)
      if (!robot) return [19001, 'param invalid: incoming webhook access token invalid']
      if (!body.success) return [9499, 'Bad Request']
      const { timestamp = '', sign = '' } = body.data
      const { secret } = robot
      if (
        secret !== null &&
        (!fresh(Number(timestamp) * 1000) || sign !== hmac(`${timestamp}\n${secret}`, ''))
      )
        return [19021, 'sign match fail or timestamp is not within one hour from current time']
      if (accepted('feishu', key, 1000) >= 5 || accepted('feishu', key, MINUTE) >= 100)
        return [11232, 'frequency limited']
      return [0, 'success']
    }
    const [code, msg] = judge()
    const { timestamp: _t, sign: _s, ...kept } = (request.body ?? {}) as Record<string, unknown>
    write('feishu', key, kept, [code, msg])
    return { code, msg, data: {} }
  })

  app.get('/__sandbox/robots', async () =>
    said().map((one) => ({ ...one, body: JSON.parse(one.body) as unknown })),
  )
  app.post('/__sandbox/robots', async (request, reply) => {
    const body = z
      .object({
        kind: z.enum(robotKinds),
        key: z.string().regex(/^[\w-]{1,80}$/),
        secret: z.string().max(200).nullable(),
      })
      .safeParse(request.body)
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) })
    put.run(body.data.kind, body.data.key, body.data.secret)
    return { path: paths[body.data.kind](body.data.key) }
  })
  app.get('/robots', async (request, reply) => {
    const origin = `${request.protocol}://${request.host}`
    const groups = db.prepare('select * from robots').all() as Group[]
    return reply.type('text/html').send(robotsPage(pageLanguage(request), origin, groups, said()))
  })
}

/** What a person reads in the group, whichever way its platform wraps it. */
function wordsOf(body: string): string {
  const read = z
    .union([
      z.object({ markdown: z.object({ content: z.string() }) }),
      z.object({ markdown: z.object({ text: z.string() }) }),
      z.object({
        content: z.object({
          post: z.object({
            zh_cn: z.object({
              title: z.string(),
              content: z.array(
                z.array(z.object({ text: z.string(), href: z.string().optional() })),
              ),
            }),
          }),
        }),
      }),
    ])
    .safeParse(JSON.parse(body))
  if (!read.success) return body
  if ('markdown' in read.data)
    return 'content' in read.data.markdown ? read.data.markdown.content : read.data.markdown.text
  const { title, content } = read.data.content.post.zh_cn
  const line = (parts: readonly { text: string; href?: string | undefined }[]) =>
    parts.map(({ text, href }) => (href ? `${text} ${href}` : text)).join('')
  return [title, ...content.map(line)].join('\n')
}

function robotsPage(
  language: Language,
  origin: string,
  groups: readonly Group[],
  messages: readonly Said[],
): string {
  const t = speaker(language)
  const groupRows = groups.map(
    ({ kind, key, secret }) => html`<tr><td class="n">${t(robotKindLabels[kind])}</td>
<td class="mono">${origin}${paths[kind](key)}</td><td class="mono">${secret ?? t(texts.none)}</td></tr>`,
  )
  const rows = messages.map(
    (one) => html`<tr><td class="n">${clock(language, one.at)}</td>
<td class="n">${t(robotKindLabels[one.kind])}</td><td class="words">${wordsOf(one.body)}</td>
<td class="n ${one.code === 0 ? 'live' : 'gone'}">${one.code} ${one.message}</td></tr>`,
  )
  const list =
    rows.length === 0
      ? html`<p class="empty">${t(texts.empty)}</p>`
      : html`<div class="scroll"><table><thead><tr><th>${t(texts.at)}</th><th>${t(texts.robot)}</th>
<th>${t(texts.words)}</th><th>${t(texts.answer)}</th></tr></thead><tbody>${rows}</tbody></table></div>`
  return page(
    language,
    t(texts.title),
    '/robots',
    html`<h1>${t(texts.title)}</h1><p class="sub">${t(texts.sub)}</p>
<div class="scroll"><table><thead><tr><th>${t(texts.robot)}</th><th>${t(texts.address)}</th>
<th>${t(texts.secret)}</th></tr></thead><tbody>${groupRows}</tbody></table></div>
<h2>${t(texts.words)}</h2>${list}`,
  )
}
