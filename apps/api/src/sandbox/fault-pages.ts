import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import type { Bilingual, Language } from '@xingbo/shared/text'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import {
  type Fault,
  faultBody,
  faultModes,
  listModes,
  postModes,
  webhookModes,
} from './fault-modes.ts'
import { modeGroups, modeLabels, operationLabels, faultTexts as texts } from './fault-texts.ts'
import type { ArmedFault, Faults } from './faults.ts'
import { clock, type Html, html, page, pageLanguage, platformTag, speaker } from './layout.ts'

const minute = 60_000
const steps = [
  ['plusMinute', minute],
  ['plusHour', 60 * minute],
  ['plusDay', 1440 * minute],
  ['plusWeek', 7 * 1440 * minute],
] as const

/** An empty field of a form means: not said. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const form = z.object({
  where: z.string().max(60),
  mode: z.enum(faultModes),
  times: z.coerce.number().int().min(0).max(100_000),
  skip: optional(z.coerce.number().int().min(0)),
  account: optional(z.string().max(60)),
  minutes: optional(z.coerce.number().min(0).max(525_600)),
  code: optional(z.coerce.number().int()),
  retryAfter: optional(z.string().max(60)),
})

/** Which operations a fault of this kind can meet; null: any. */
function fits(mode: Fault['mode'], where: string): Bilingual | null {
  const any = where.endsWith('.*')
  const one = (modes: readonly string[], ops: readonly string[], label: string) =>
    modes.includes(mode) && !any && !ops.some((op) => where.endsWith(`.${op}`))
      ? (operationLabels[label] ?? null)
      : null
  const webhook = webhookModes.some((known) => known === mode)
  if (webhook !== where.endsWith('.webhook') && (webhook || !any))
    return webhook ? (operationLabels.webhook ?? null) : texts.everything
  return one(listModes, ['list'], 'list') ?? one(postModes, ['publish', 'create'], 'publish')
}

/** What a person filled in, as a fault; or the sentence saying what is wrong. */
export function faultOfForm(
  body: unknown,
): { fault: Fault } | { problem: Bilingual; where?: Bilingual } {
  const read = form.safeParse(body)
  if (!read.success) return { problem: texts.badForm }
  const { where, minutes, account, ...rest } = read.data
  const unfit = fits(rest.mode, where)
  if (unfit) return { problem: texts.badFit, where: unfit }
  const platform = platforms.find((one) => where === `${one}.*`)
  const fault = faultBody.safeParse({
    ...rest,
    match: { ...(platform ? { platform } : { op: where }), ...(account && { account }) },
    ...(minutes !== undefined && { delayMs: minutes * minute }),
  })
  return fault.success ? { fault: fault.data } : { problem: texts.badForm }
}

/** The page on which a person arms faults and moves the clock; everything works without a script. */
export function addFaultPages(
  app: FastifyInstance,
  ctx: SandboxContext,
  faults: Faults,
  advance: (ms: number) => void,
): void {
  const shown = (language: Language, problem: string | null) =>
    faultPage(language, {
      operations: faults.operations(),
      armed: faults.list(),
      accounts: platforms.flatMap((platform) => ctx.store.accounts(platform)),
      now: ctx.now(),
      aheadMs: ctx.now() - ctx.wallClock(),
      problem,
    })
  app.get('/faults', async (request, reply) =>
    reply.type('text/html').send(shown(pageLanguage(request), null)),
  )
  app.post('/faults', async (request, reply) => {
    const language = pageLanguage(request)
    const read = faultOfForm(request.body)
    if ('problem' in read) {
      const t = speaker(language)
      const sentence = t(read.problem, { where: read.where ? t(read.where) : '' })
      return reply.code(400).type('text/html').send(shown(language, sentence))
    }
    faults.arm(read.fault)
    return reply.redirect(`/faults?lang=${language}`, 303)
  })
  app.post('/faults/remove', async (request, reply) => {
    const body = z.object({ id: z.string().optional() }).catch({}).parse(request.body)
    faults.disarm(body.id || undefined)
    return reply.redirect(`/faults?lang=${pageLanguage(request)}`, 303)
  })
  app.post('/faults/clock', async (request, reply) => {
    const body = z.object({ ms: z.coerce.number().int().min(0) }).safeParse(request.body)
    if (body.success) advance(body.data.ms)
    return reply.redirect(`/faults?lang=${pageLanguage(request)}`, 303)
  })
}

const labelOf = (language: Language, op: string): string => {
  const name = op.slice(op.indexOf('.') + 1)
  return operationLabels[name]?.[language] ?? name
}

/** Those a person comes here for stand first. */
const oftenUsed = ['publish', 'create', 'info', 'list', 'webhook']
function byUse(a: string, b: string): number {
  const rank = (op: string) => {
    const at = oftenUsed.indexOf(op.slice(op.indexOf('.') + 1))
    return at < 0 ? oftenUsed.length : at
  }
  return rank(a) - rank(b)
}

type Shown = {
  readonly operations: readonly string[]
  readonly armed: readonly ArmedFault[]
  readonly accounts: readonly string[]
  readonly now: number
  readonly aheadMs: number
  readonly problem: string | null
}

function faultPage(language: Language, shown: Shown): string {
  const t = speaker(language)
  const spoken = platforms.filter((one) => shown.operations.some((op) => op.startsWith(`${one}.`)))
  const groups = spoken.map((platform) => {
    const name = platformLabels[platform][language]
    const own = shown.operations.filter((op) => op.startsWith(`${platform}.`)).sort(byUse)
    const options = own.map(
      (op) => html`<option value="${op}">${name} · ${labelOf(language, op)}</option>`,
    )
    return html`<optgroup label="${name}">${options}<option value="${platform}.*">${name} · ${t(texts.everything)}</option></optgroup>`
  })
  const modes = modeGroups.map(
    (group) =>
      html`<optgroup label="${group[language]}">${group.modes.map((mode) => html`<option value="${mode}">${modeLabels[mode][language]}</option>`)}</optgroup>`,
  )
  const field = (name: string, label: string, control: Html, hint?: string): Html =>
    html`<p class="field"><label for="${name}">${label}</label>${control}${hint ? html`<small>${hint}</small>` : null}</p>`
  const body = html`<h1>${t(texts.title)}</h1><p class="sub">${t(texts.sub)}</p>
<div class="desk"><section>
${shown.problem ? html`<p class="problem card" role="alert">${shown.problem}</p>` : null}
<form class="card stack" method="post" action="/faults?lang=${language}">
${field('where', t(texts.where), html`<select id="where" name="where" required>${groups}</select>`)}
${field('mode', t(texts.what), html`<select id="mode" name="mode" required>${modes}</select>`)}
${field('times', t(texts.times), html`<input id="times" name="times" type="number" min="0" max="100000" value="1" required>`, t(texts.timesHint))}
<details><summary>${t(texts.more)}</summary>
${field('account', t(texts.account), html`<select id="account" name="account"><option value="">${t(texts.anybody)}</option>${shown.accounts.map((name) => html`<option>${name}</option>`)}</select>`)}
${field('minutes', t(texts.minutes), html`<input id="minutes" name="minutes" type="number" min="0">`, t(texts.minutesHint))}
${field('skip', t(texts.skip), html`<input id="skip" name="skip" type="number" min="0">`)}
${field('code', t(texts.code), html`<input id="code" name="code" type="number">`, t(texts.codeHint))}
${field('retryAfter', t(texts.retryAfter), html`<input id="retryAfter" name="retryAfter" maxlength="60">`, t(texts.retryAfterHint))}
</details><button>${t(texts.arm)}</button></form></section>
<section>${armedCard(language, shown.armed)}${clockCard(language, shown)}</section></div>`
  return page(language, t(texts.title), '/faults', body)
}

function armedCard(language: Language, armed: readonly ArmedFault[]): Html {
  const t = speaker(language)
  const row = (one: ArmedFault): Html => {
    const { op, platform, account, path } = one.match
    const of = op?.split('.')[0] ?? platform
    const known: Platform | undefined = platforms.find((name) => name === of)
    const request = op ? labelOf(language, op) : (path ?? t(texts.everything))
    const spent = one.times > 0 && one.hits >= one.skip + one.times
    const often = one.times === 0 ? t(texts.forever) : t(texts.ofTimes, { n: one.times })
    return html`<li><div>${known ? platformTag(language, known) : null} <b>${request}</b>${account ? html` · ${account}` : null}
<p>${modeLabels[one.mode][language]}</p>
<p class="sub ${spent ? '' : 'wait'}">${often} · ${spent ? t(texts.spent) : t(texts.hits, { n: one.hits })}</p></div>
<form method="post" action="/faults/remove?lang=${language}"><input type="hidden" name="id" value="${one.id}">
<button class="plain">${t(texts.remove)}</button></form></li>`
  }
  const list =
    armed.length === 0
      ? html`<p class="empty small">${t(texts.none)}</p>`
      : html`<ul class="rows">${armed.map(row)}</ul>
<form method="post" action="/faults/remove?lang=${language}"><button class="plain">${t(texts.removeAll)}</button></form>`
  return html`<div class="card"><h2>${t(texts.armed)}</h2>${list}</div>`
}

function clockCard(language: Language, { now, aheadMs }: Shown): Html {
  const t = speaker(language)
  const buttons = steps.map(
    ([label, ms]) =>
      html`<button class="plain" name="ms" value="${ms}">${t(texts[label])}</button>`,
  )
  const ahead = Math.round(aheadMs / minute)
  return html`<div class="card"><h2>${t(texts.clock)}</h2><p class="big">${clock(language, now)}</p>
<p class="sub">${ahead > 0 ? t(texts.ahead, { n: ahead }) : null} ${t(texts.clockSub)}</p>
<form method="post" action="/faults/clock?lang=${language}">${buttons}</form></div>`
}
