import { type Platform, platformLabels } from '@xingbo/shared/accounts/platform'
import { type Bilingual, fill, type Language, type TextValues } from '@xingbo/shared/text'
import type { FastifyRequest } from 'fastify'

/** Markup that is safe to put into a page as it stands. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
type Piece = string | number | Html | readonly Html[] | null

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const shown = (piece: Piece): string => {
  if (piece === null) return ''
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map((one) => one.text).join('')
  return String(piece).replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)
}
/** A template whose values are escaped unless they are `Html` already. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  new Html(parts.reduce((out, part, n) => out + shown(pieces[n - 1] ?? null) + part))

export const pageLanguage = (request: FastifyRequest): Language =>
  (request.query as { lang?: unknown }).lang === 'en' ? 'en' : 'zh'

export const speaker =
  (language: Language) =>
  (text: Bilingual, values?: TextValues): string =>
    fill(text, language, values)

const frame = {
  name: { zh: '平台沙箱', en: 'Platform sandbox' },
  label: {
    zh: '按公开文档行事，不代表平台本身',
    en: 'Behaves like the public documents; it is not the platform',
  },
  home: { zh: '收到的作品', en: 'Accepted posts' },
  faults: { zh: '故障台', en: 'Faults' },
  officialAccounts: { zh: '公众号后台', en: 'Official accounts' },
  robots: { zh: '群机器人', en: 'Group robots' },
  other: { zh: 'English', en: '中文' },
} as const

/** One page; `path` is where the language switch leads back to. */
export function page(language: Language, title: string, path: string, body: Html): string {
  const t = speaker(language)
  const other = language === 'zh' ? 'en' : 'zh'
  const glue = path.includes('?') ? '&' : '?'
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${t(frame.name)}</title>
<link rel="stylesheet" href="/__sandbox/style.css"><link rel="icon" href="data:,">
<header><a class="brand" href="/?lang=${language}"><b>沙</b>${t(frame.name)}</a>
<span class="label">${t(frame.label)}</span>
<nav><a href="/?lang=${language}">${t(frame.home)}</a>
<a href="/faults?lang=${language}">${t(frame.faults)}</a>
<a href="/official-accounts?lang=${language}">${t(frame.officialAccounts)}</a>
<a href="/robots?lang=${language}">${t(frame.robots)}</a>
<a href="${path}${glue}lang=${other}" lang="${other}">${t(frame.other)}</a></nav></header>
<main>${body}</main></html>`.text
}

export const platformTag = (language: Language, platform: Platform): Html =>
  html`<span class="tag"><b class="${platform}">${platformLabels[platform].glyph}</b>${platformLabels[platform][language]}</span>`

const clocks = new Map<Language, Intl.DateTimeFormat>()
/** An instant in Chinese wall-clock time, to the second. */
export function clock(language: Language, at: number): string {
  const format =
    clocks.get(language) ??
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'medium',
      timeStyle: 'medium',
    })
  clocks.set(language, format)
  return format.format(at)
}

/** Colours, type and spacing are those of the product. */
export const stylesheet = `
:root { --ink:#1F2A37; --soft:#5B6775; --line:#E6E8EB; --canvas:#F7F8F7; --surface:#FFFFFF; --teal:#0F766E;
  --apricot:#E8853D; --good:#2E8B57; --warn:#8A5F00; --bad:#C8372D; --douyin:#16181D; --kuaishou:#F26A1B; color-scheme:light dark }
@media (prefers-color-scheme: dark) { :root { --ink:#E7EBEF; --soft:#A3AEBB; --line:#2E3742; --canvas:#141A20;
  --surface:#1C232B; --teal:#4FC3B5; --good:#6FCF97; --warn:#E5B94E; --bad:#F08A80; --douyin:#3A414B } }
* { box-sizing:border-box }
body { margin:0; background:var(--canvas); color:var(--ink); font:14px/1.6 "PingFang SC","HarmonyOS Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif }
a { color:var(--teal) } h1 { font-size:20px; margin:0 0 4px } h2 { font-size:16px; margin:24px 0 8px }
header { display:flex; gap:16px; align-items:center; flex-wrap:wrap; padding:12px 24px; background:var(--surface); border-bottom:1px solid var(--line) }
header nav { margin-left:auto; display:flex; gap:16px }
.brand { display:flex; gap:8px; align-items:center; font-weight:600; color:var(--ink); text-decoration:none }
.brand b { display:grid; place-items:center; width:28px; height:28px; border-radius:8px; background:var(--apricot); color:#1F2A37 }
.label { color:var(--warn); border:1px solid currentColor; border-radius:8px; padding:0 8px; font-size:12px }
main { max-width:1200px; margin:0 auto; padding:24px } .sub { color:var(--soft); margin:0 0 16px }
.scroll { overflow-x:auto; background:var(--surface); border:1px solid var(--line); border-radius:8px }
table { border-collapse:collapse; width:100%; font-variant-numeric:tabular-nums }
th,td { text-align:left; padding:10px 12px; border-bottom:1px solid var(--line); vertical-align:top }
th { color:var(--soft); font-weight:500; white-space:nowrap } tr:last-child td { border-bottom:0 } td.n { white-space:nowrap }
.words { white-space:pre-wrap; overflow-wrap:anywhere; min-width:220px } .words b { display:block }
.mono { font-family:ui-monospace,Consolas,monospace; font-size:12px; overflow-wrap:anywhere }
.tag { display:inline-flex; gap:6px; align-items:center; white-space:nowrap }
.tag b { display:grid; place-items:center; width:22px; height:22px; border-radius:6px; color:#fff; font-size:12px }
.tag .bilibili { background:#00A1D6 } .tag .weibo { background:#E6162D } .tag .wechat_oa { background:#07A350 }
.tag .kuaishou { background:var(--kuaishou); color:#1F2A37 } .tag .douyin { background:var(--douyin); box-shadow:inset 2px 0 0 #25F4EE }
.state { white-space:nowrap } .live { color:var(--good) } .wait { color:var(--warn) } .gone { color:var(--bad) }
.cards { display:grid; grid-template-columns:minmax(0,320px) minmax(0,1fr); gap:24px } @media (max-width:720px) { header { padding:12px 16px; gap:8px 16px } header nav { margin-left:0; flex-wrap:wrap; gap:4px 16px }
  main { padding:16px } .cards { grid-template-columns:minmax(0,1fr) } thead { display:none }
  tr { display:flex; flex-wrap:wrap; gap:4px 12px; padding:12px; border-bottom:1px solid var(--line) } tr:last-child { border-bottom:0 }
  td { padding:0; border:0 } td.words { flex-basis:100% } }
video,img { width:100%; border-radius:8px; background:#000; display:block } img { margin-top:12px }
dl { display:grid; grid-template-columns:max-content minmax(0,1fr); gap:8px 16px; margin:0; align-self:start; background:var(--surface); border:1px solid var(--line); border-radius:8px; padding:16px }
dt { color:var(--soft) } dd { margin:0; overflow-wrap:anywhere }
select { font:inherit; padding:6px 10px; border:1px solid var(--line); border-radius:8px; background:var(--surface); color:var(--ink); min-height:36px; max-width:100% }
button.plain { background:transparent; color:var(--teal); border:1px solid var(--line) }
.desk { display:grid; grid-template-columns:minmax(0,1fr) minmax(0,1fr); gap:0 24px; align-items:start } .desk .card:first-child { margin-top:0 }
@media (max-width:720px) { .desk { grid-template-columns:minmax(0,1fr) } .desk section + section { margin-top:16px } }
button { white-space:nowrap } .card h2 { margin:0 0 8px } .card form { margin:8px 0 0 } form.stack { display:block } .stack button { width:100%; min-height:44px; margin-top:8px }
.field { margin:0 0 12px; display:grid; gap:4px } .field small, .card small { color:var(--soft) } .field input, .field select { width:100%; min-height:40px }
summary { cursor:pointer; color:var(--teal); margin-bottom:12px; min-height:32px } .big { font-size:20px; margin:0; font-variant-numeric:tabular-nums }
ul.rows { list-style:none; margin:0; padding:0 } ul.rows li { display:flex; justify-content:space-between; gap:12px; align-items:center; padding:10px 0; border-bottom:1px solid var(--line) } ul.rows p { margin:2px 0 0 }
.shelf { display:grid; grid-template-columns:repeat(auto-fill,minmax(min(100%,420px),1fr)); gap:0 24px; align-items:start } .shelf dl { padding:0; border:0; margin-bottom:12px }
.empty.small { padding:16px 0; text-align:left }
form { display:flex; gap:8px; flex-wrap:wrap; align-items:center; margin:16px 0 }
input { font:inherit; padding:6px 10px; border:1px solid var(--line); border-radius:8px; background:var(--surface); color:var(--ink); min-height:36px }
button { font:inherit; border:0; border-radius:8px; background:#0F766E; color:#fff; padding:6px 16px; min-height:36px; cursor:pointer }
.phone { max-width:430px; margin:0 auto; font-size:17px } .phone form { display:block } .phone button { width:100%; min-height:48px; margin-top:12px; font-size:17px } .phone input { width:100% }
.card { background:var(--surface); border:1px solid var(--line); border-radius:8px; padding:16px; margin-top:16px }
.empty { text-align:center; padding:48px 16px; color:var(--soft) } .problem { color:var(--bad) } .done { color:var(--good); font-size:20px }
`
