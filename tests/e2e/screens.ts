/**
 * `npm run screens`: every page of the demo as a picture, wide and narrow, in Chinese and English, into
 * `tests/.artifacts/screens/<language>-<width>/<page>.png`. Fails when a page complains, leads elsewhere, is
 * wider than its window, or when a route has no picture. `npm run screens -- board funnel` takes only those.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listContents } from '@xingbo/shared/content/content.schema'
import type { Endpoint, EndpointOutput } from '@xingbo/shared/contract'
import { listImports } from '@xingbo/shared/metrics/import.schema'
import { listHandOffs } from '@xingbo/shared/publishing/hand-off.schema'
import { listPublications } from '@xingbo/shared/publishing/publication.schema'
import { listWaitingSignOffs } from '@xingbo/shared/scripts/script.schema'
import type { Browser, Page } from 'playwright-core'
import { demoPassword } from '../../apps/api/src/demo/load-demo.ts'
import { desktop, launchBrowser, listen, openContext, phone } from '../support/browser.ts'
import { startLiveProduct } from '../support/live-product.ts'

const root = join(import.meta.dirname, '../..')
const out = join(root, 'tests/.artifacts/screens')
const say = (line: string) => process.stdout.write(`${line}\n`)

const widths = [1440, 390] as const
const languages = ['zh', 'en'] as const
const people = [
  'ops.tang',
  'producer.yan',
  'dr.lu',
  'reviewer.he',
  'advisor.qiu',
  'manager.qiwu',
  'admin',
] as const
type Person = (typeof people)[number]
type Width = (typeof widths)[number]
type Language = (typeof languages)[number]

/** The words of a page that has nothing to show (ui.texts.ts). */
const sorry = /没有这个页面|There is no such page|没有载入成功|This could not be loaded/

type Shot = {
  readonly name: string
  /** Who looks; left out: somebody who has not signed in. */
  readonly who?: Person
  /** The address, on the product unless it is a whole one. */
  readonly at: string
  /** The phone's own pages are looked at on a phone only. */
  readonly width?: Width
}

if (!existsSync(join(root, 'apps/web/dist/index.html')))
  throw new Error('build the web first: npm run build')
const complaints: string[] = []
const product = await startLiveProduct({ XINGBO_DEMO_AS_OF: '2026-11-21' })
const empty = await startLiveProduct({ XINGBO_DEMO: '0' })
const browser = await launchBrowser()
try {
  const sessions = await signIn()
  const shots = (await pages(sessions)).filter(
    ({ name }) => process.argv.length === 2 || process.argv.includes(name),
  )
  // Two at once: one draws while the other waits.
  const counts = await Promise.all(
    languages.map(async (language) => {
      let taken = 0
      for (const width of widths) taken += await take(browser, sessions, shots, language, width)
      return taken
    }),
  )
  const unseen = process.argv.length === 2 ? unseenRoutes(shots) : []
  // The browser itself notes that somebody who has not signed in is nobody.
  const wrong = complaints.filter((one) => !/nobody at \/m: .*401.*\/api\/me$/.test(one))
  say(`${counts.reduce((sum, n) => sum + n, 0)} screens in ${out}`)
  for (const route of unseen) say(`✗ no picture of the route ${route}`)
  for (const complaint of wrong) say(`✗ ${complaint}`)
  say(`${wrong.length + unseen.length} problems`)
  if (wrong.length + unseen.length > 0) process.exitCode = 1
} finally {
  await browser.close()
  await product.stop()
  await empty.stop()
}

type Sessions = Record<Person, string>

/** One session per person for all pictures: signing in often is throttled, as it should be. */
async function signIn(): Promise<Sessions> {
  const sessions: Partial<Sessions> = {}
  for (const username of people) {
    const answer = await fetch(`${product.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: product.url },
      body: JSON.stringify({ username, password: demoPassword }),
    })
    const [cookie] = answer.headers.get('set-cookie')?.split(';') ?? []
    if (!answer.ok || !cookie) throw new Error(`${username} could not sign in: ${answer.status}`)
    sessions[username] = cookie
  }
  return sessions as Sessions
}

/** Every page there is; those about one thing show a thing the demo has. */
async function pages(sessions: Sessions): Promise<Shot[]> {
  const ask = async <E extends Endpoint>(who: Person, endpoint: E, query = '') => {
    const path = endpoint.route.replace('GET ', '')
    const answer = await fetch(`${product.url}${path}${query}`, {
      headers: { cookie: sessions[who] },
    })
    return endpoint.response.parse(await answer.json()) as EndpointOutput<E>
  }
  const first = <T>(list: readonly T[], what: string): T => {
    const [one] = list
    if (one === undefined) throw new Error(`the demo has no ${what}`)
    return one
  }
  const board = await ask('ops.tang', listContents)
  const itemAt = (stage: string) =>
    first(board.columns.find((column) => column.stage === stage)?.items ?? [], `item in ${stage}`)
      .id
  const { items: files } = await ask('ops.tang', listImports)
  const doubtful = first(
    files.filter(({ counts }) => counts.needs_person),
    'doubtful import',
  ).id
  const post = async (state: string) =>
    first((await ask('ops.tang', listPublications, `?state=${state}`)).items, `${state} post`).id
  const handOff = first((await ask('ops.tang', listHandOffs)).items, 'hand-off').publicationId
  const signOff = first((await ask('dr.lu', listWaitingSignOffs)).items, 'sign-off').contentId
  const [drafted, reviewed, cut] = [
    itemAt('scripting'),
    itemAt('compliance_review'),
    itemAt('ready'),
  ]
  const live = itemAt('live')
  return [
    { name: 'login', at: '/login' },
    { name: 'setup', at: `${empty.url}/setup` },
    ...people.map((who) => ({ name: `work-${who}`, who, at: '/work' })),
    { name: 'board', who: 'ops.tang', at: '/board' },
    { name: 'topics', who: 'ops.tang', at: '/topics' },
    { name: 'holds', who: 'reviewer.he', at: '/holds' },
    { name: 'content-script', who: 'ops.tang', at: `/contents/${drafted}/script` },
    { name: 'content-compliance', who: 'reviewer.he', at: `/contents/${reviewed}/compliance` },
    { name: 'content-findings', who: 'reviewer.he', at: `/contents/${cut}/compliance` },
    { name: 'content-media', who: 'producer.yan', at: `/contents/${cut}/media` },
    { name: 'content-publish', who: 'ops.tang', at: `/contents/${live}/publish` },
    { name: 'content-history', who: 'reviewer.he', at: `/contents/${reviewed}/history` },
    { name: 'calendar-week', who: 'ops.tang', at: '/calendar?view=week' },
    { name: 'calendar-month', who: 'ops.tang', at: '/calendar?view=month' },
    { name: 'calendar-list', who: 'ops.tang', at: '/calendar?view=list' },
    { name: 'review', who: 'reviewer.he', at: '/review' },
    { name: 'review-rules', who: 'reviewer.he', at: '/review/rules' },
    { name: 'publications', who: 'ops.tang', at: '/publications' },
    { name: 'publication', who: 'ops.tang', at: `/publications/${await post('published')}` },
    {
      name: 'publication-unsure',
      who: 'ops.tang',
      at: `/publications/${await post('unconfirmed')}`,
    },
    { name: 'hand-offs', who: 'ops.tang', at: '/hand-offs' },
    { name: 'inbox', who: 'manager.qiwu', at: '/inbox?show=all' },
    { name: 'touch-tokens', who: 'ops.tang', at: '/touch-tokens' },
    { name: 'funnel', who: 'manager.qiwu', at: '/funnel' },
    { name: 'imports', who: 'ops.tang', at: '/imports' },
    { name: 'import', who: 'ops.tang', at: `/imports/${doubtful}` },
    { name: 'import-waiting', who: 'ops.tang', at: `/imports/${doubtful}?fate=needs_person` },
    { name: 'leads', who: 'advisor.qiu', at: '/leads' },
    { name: 'visits', who: 'advisor.qiu', at: '/visits' },
    { name: 'orders', who: 'advisor.qiu', at: '/visits?tab=orders' },
    ...['info', 'departments', 'lines', 'doctors', 'accounts'].map((tab) => ({
      name: `institution-${tab}`,
      who: 'admin' as const,
      at: `/institution?tab=${tab}`,
    })),
    { name: 'doctor', who: 'admin', at: '/doctors/lu' },
    { name: 'account', who: 'admin', at: '/accounts/ks-qiwu' },
    { name: 'settings', who: 'admin', at: '/settings' },
    { name: 'settings-people', who: 'admin', at: '/settings/people' },
    { name: 'settings-platforms', who: 'admin', at: '/settings/platforms' },
    { name: 'settings-notices', who: 'admin', at: '/settings/notices' },
    { name: 'audit', who: 'admin', at: '/audit' },
    { name: 'phone-login', at: '/m', width: 390 },
    { name: 'phone-home', who: 'dr.lu', at: '/m', width: 390 },
    { name: 'phone-sign-offs', who: 'dr.lu', at: '/m/sign-off', width: 390 },
    { name: 'phone-sign-off', who: 'dr.lu', at: `/m/sign-off/${signOff}`, width: 390 },
    { name: 'phone-hand-offs', who: 'ops.tang', at: '/m/hand-off', width: 390 },
    { name: 'phone-hand-off', who: 'ops.tang', at: `/m/hand-off/${handOff}`, width: 390 },
    { name: 'touch', at: '/t/qw-tuina-desk', width: 390 },
    { name: 'sandbox', at: `${product.sandboxUrl}/` },
    { name: 'sandbox-robots', at: `${product.sandboxUrl}/robots` },
  ]
}

async function take(
  browser: Browser,
  sessions: Sessions,
  shots: readonly Shot[],
  language: Language,
  width: Width,
): Promise<number> {
  const dir = join(out, `${language}-${width}`)
  mkdirSync(dir, { recursive: true })
  let taken = 0
  for (const who of [undefined, ...people]) {
    const mine = shots.filter((shot) => shot.who === who && (shot.width ?? width) === width)
    if (mine.length === 0) continue
    const device = width === 390 ? phone : desktop
    const context = await openContext(browser, device, language === 'zh' ? 'zh-CN' : 'en-US')
    await context.addInitScript(
      `if (location.protocol === 'http:') localStorage.setItem('xingbo.language', '${language}')`,
    )
    if (who) {
      const [name = '', value = ''] = sessions[who].split('=')
      await context.addCookies([{ name, value, url: product.url }])
    }
    listen(context, `${language}-${width} ${who ?? 'nobody'}`, complaints)
    for (const shot of mine) {
      // A page of its own each: what one leaves behind must not show in the next.
      const page = await context.newPage()
      await show(page, shot, language)
      await page.screenshot({ path: join(dir, `${shot.name}.png`), fullPage: true })
      await page.close()
      taken++
    }
    await context.close()
  }
  return taken
}

async function show(page: Page, shot: Shot, language: Language): Promise<void> {
  const address = new URL(shot.at, product.url)
  if (address.origin === product.sandboxUrl) address.searchParams.set('lang', language)
  await page.goto(address.href)
  const settled = await settle(page)
  const { pathname } = new URL(page.url())
  const told = (what: string) =>
    complaints.push(`${language}-${page.viewportSize()?.width} ${shot.name}: ${what}`)
  if (!settled) told('it never stopped loading')
  if (pathname !== address.pathname) told(`it leads to ${pathname}`)
  if (await page.getByText(sorry).count()) told('it says it could not show the page')
  const over = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  if (over > 0) told(`it is ${over} px wider than its window`)
}

/** The live channel never ends, so no network is ever idle: a page has settled when it stands still. */
async function settle(page: Page): Promise<boolean> {
  const stands = () =>
    page.evaluate(async () => {
      await document.fonts.ready
      const busy =
        '.ant-spin-spinning, .ant-skeleton, .ant-btn-loading, [aria-busy="true"], .waiting'
      const images = [...document.images].filter(({ loading }) => loading !== 'lazy')
      if (document.body.innerText.trim() === '' || document.querySelector(busy)) return null
      return images.some(({ complete }) => !complete) ? null : document.body.innerHTML
    })
  const giveUpAt = Date.now() + 20_000
  let before: string | null = null
  while (Date.now() < giveUpAt) {
    const now = await stands()
    if (now !== null && now === before) return true
    before = now
    await page.waitForTimeout(120)
  }
  return false
}

/** Routes of the desk none of the pictures shows, so that a new page is not forgotten here. */
function unseenRoutes(shots: readonly Shot[]): string[] {
  const seen = shots.map(({ at }) => new URL(at, product.url).pathname)
  return readdirSync(join(root, 'apps/web/src/routes'))
    .filter((file) => /^(_desk\..+|login|setup)\.tsx$/.test(file))
    .map((file) => file.replace(/^_desk\.|\.tsx$/g, '').replace(/\.index$/, ''))
    .filter((route) => {
      const pattern = new RegExp(`^/${route.replaceAll('.', '/').replace(/\$\w+/g, '[^/]+')}(/|$)`)
      return !seen.some((path) => pattern.test(path))
    })
}
