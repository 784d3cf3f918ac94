import '../tokens.css'
import './touch.css'
import type { EndpointInput, EndpointOutput } from '@xingbo/shared/contract'
import type { ErrorBody } from '@xingbo/shared/errors'
import { consents, currentConsent, healthNotice } from '@xingbo/shared/leads/consent'
import { readPhone } from '@xingbo/shared/leads/phone.rules'
import type * as api from '@xingbo/shared/leads/touch.schema'
import type { Language } from '@xingbo/shared/text'
import { touchPageTexts } from './touch.texts.ts'

/**
 * The page behind a short link. It is opened on any phone, inside WeChat, on a bad line: no library, a few
 * kilobytes, and nothing asked of the server but whose link this is.
 */
type Info = EndpointOutput<typeof api.openTouch>
type Form = EndpointInput<typeof api.leaveLead>['body']

const token = location.pathname.split('/')[2] ?? ''
const address = `/api/public/touch/${encodeURIComponent(token)}`
let language: Language = navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh'
const t = (key: keyof typeof touchPageTexts) => touchPageTexts[key][language]

const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'
}
dark.addEventListener('change', follow)
follow()

const place = document.getElementById('root')
if (!place) throw new Error('touch.html has no #root')

type Attributes = Record<string, string | boolean>

/** One element with attributes and children; text is only ever text. */
function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) node.setAttribute(key, value === true ? '' : value)
  node.append(...children)
  return node
}

type Refused = { readonly status: number; readonly body: ErrorBody | null }

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'accept-language': language === 'zh' ? 'zh-CN' : 'en',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const json = await answer.json().catch(() => null)
  if (answer.ok) return json as T
  throw { status: answer.status, body: json } satisfies Refused
}

const isRefused = (error: unknown): error is Refused =>
  typeof error === 'object' && error !== null && 'status' in error

/** What the person has typed survives a change of language and a lost connection. */
const typed = { name: '', phone: '', wish: '', website: '', consent: false }

function draw(title: string, institution: string, ...content: Node[]): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = institution ? `${institution} · ${t('title')}` : t('title')
  const other = el('button', { type: 'button', class: 'plain' }, t('otherLanguage'))
  other.addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh'
    redraw()
  })
  place?.replaceChildren(
    el('header', {}, el('span', { class: 'brand' }, institution), other),
    el('h1', { tabindex: '-1' }, title),
    ...content,
  )
}
let redraw = () => {}
const show = (view: () => void) => {
  redraw = view
  view()
}

const drawGone = () => draw(t('gone'), '', el('p', { class: 'soft' }, t('goneText')))
const drawThanks = (info: Info) => () => {
  draw(t('thanks'), info.institutionName, el('p', {}, t('thanksText')))
  document.querySelector('h1')?.focus()
}
const drawFailed = () => {
  const again = el('button', { type: 'button' }, t('retry'))
  again.addEventListener('click', () => void open())
  draw(t('title'), '', el('p', { role: 'alert' }, t('failed')), el('p', {}, again))
}

/** A labelled field with its own line for what is wrong with it. */
function field(key: 'name' | 'phone' | 'wish', attributes: Attributes, hint = '') {
  const input =
    key === 'wish'
      ? el('textarea', { id: key, name: key, rows: '3', ...attributes })
      : el('input', { id: key, name: key, ...attributes })
  input.value = typed[key]
  input.addEventListener('input', () => {
    typed[key] = input.value
  })
  const error = el('p', { id: `${key}-error`, class: 'error', role: 'alert' })
  input.setAttribute('aria-describedby', error.id)
  const parts = [el('label', { for: key }, t(key)), input, error]
  const box = el('div', {}, ...parts)
  if (hint) box.append(el('p', { class: 'soft small' }, hint))
  return { box, input, error }
}

const drawForm = (info: Info) => () => {
  const name = field('name', { autocomplete: 'name', maxlength: '30' })
  const phone = field('phone', {
    type: 'tel',
    inputmode: 'tel',
    autocomplete: 'tel-national',
    maxlength: '20',
  })
  const wish = field('wish', { maxlength: '200' }, t('wishHint'))
  const trap = el('input', { id: 'website', tabindex: '-1', autocomplete: 'off' })
  trap.addEventListener('input', () => {
    typed.website = trap.value
  })
  const box = el('input', { type: 'checkbox', id: 'consent', 'aria-describedby': 'consent-error' })
  box.checked = typed.consent
  box.addEventListener('change', () => {
    typed.consent = box.checked
  })
  const consentError = el('p', { id: 'consent-error', class: 'error', role: 'alert' })
  const words = consents[currentConsent].text[language].replace(
    '{institution}',
    info.institutionName,
  )
  const problem = el('p', { class: 'error', role: 'alert' })
  const send = el('button', { type: 'submit', class: 'primary' }, t('send'))
  const form = el(
    'form',
    { novalidate: true },
    name.box,
    phone.box,
    wish.box,
    el(
      'div',
      { class: 'trap', 'aria-hidden': 'true' },
      el('label', { for: 'website' }, t('website')),
      trap,
    ),
    el('div', {}, el('label', { class: 'consent' }, box, el('span', {}, words)), consentError),
    problem,
    send,
  )

  /** Says what is missing, at its place; the first such place gets the cursor. */
  const check = (): boolean => {
    const wrong = [
      { at: name.input, error: name.error, text: typed.name.trim() ? '' : t('nameNeeded') },
      {
        at: phone.input,
        error: phone.error,
        text: readPhone(typed.phone).ok ? '' : t('phoneNeeded'),
      },
      { at: box, error: consentError, text: typed.consent ? '' : t('consentNeeded') },
    ]
    for (const { at, error, text } of wrong) {
      error.textContent = text
      at.setAttribute('aria-invalid', String(text !== ''))
    }
    const first = wrong.find(({ text }) => text !== '')
    first?.at.focus()
    return !first
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    problem.textContent = ''
    if (!check()) return
    send.disabled = true
    send.textContent = t('sending')
    const body: Form = {
      name: typed.name,
      phone: typed.phone,
      wish: typed.wish,
      website: typed.website,
      consent: true,
      consentVersion: currentConsent,
    }
    try {
      await ask(`${address}/lead`, body)
      show(drawThanks(info))
    } catch (error) {
      problem.textContent = (isRefused(error) && error.body?.message) || t('failed')
      send.disabled = false
      send.textContent = t('send')
    }
  })
  draw(
    t('title'),
    info.institutionName,
    el('p', {}, t('lead')),
    form,
    el('p', { class: 'notice' }, healthNotice[language]),
  )
}

async function open(): Promise<void> {
  try {
    show(drawForm(await ask<Info>(address)))
  } catch (error) {
    show(isRefused(error) && error.status === 404 ? drawGone : drawFailed)
  }
}
void open()
