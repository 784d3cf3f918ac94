import { readFileSync } from 'node:fs'
import { currentConsent } from '@xingbo/shared/leads/consent'
import type { Opening } from '@xingbo/shared/leads/touch.rules'
import type { Deps } from '../deps.ts'
import { leaveLead } from '../modules/leads/lead.service.ts'
import { countOpening } from '../modules/leads/touch.service.ts'
import { importFile } from '../modules/metrics/import.service.ts'
import { actorFor, readData, type Seed } from './demo-people.ts'

const phoneBrowser: Opening = {
  method: 'GET',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50',
  accept: 'text/html',
  acceptLanguage: 'zh-CN',
  purpose: undefined,
  fetchDest: 'document',
}

/** A small generator with a fixed seed: the demo is the same on every machine. */
function dice(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state % below
  }
}

/** How often each code is opened in a week, growing as the posts do. */
const openings: Record<string, number> = {
  'qw-oa-menu': 26,
  'qw-tuina-desk': 14,
  'qw-nose-desk': 11,
  'mx-oa-menu': 12,
  'mx-oa-selftest': 17,
  'mx-front-desk': 6,
}
const WEEKS = 8
const WEEK_MS = 7 * 86_400_000
/** Roughly one visitor in five leaves a number. */
const LEAVES = 5

/** People who opened a code and those of them who left a number, over eight weeks up to `until`. */
export async function openAndLeave(deps: Deps, until: Date): Promise<void> {
  const roll = dice(20_261_121)
  const phones = phonesOfVisitors()
  const work: Promise<unknown>[] = []
  for (const [token, perWeek] of Object.entries(openings))
    for (let week = 0; week < WEEKS; week++)
      for (let i = 0; i < perWeek + week; i++) {
        const at = new Date(until.getTime() - (WEEKS - week) * WEEK_MS + roll(WEEK_MS))
        const then = { ...deps, now: () => at }
        work.push(countOpening(then, token, phoneBrowser, `10.0.${week}.${i}`))
        if (roll(LEAVES) !== 0) continue
        // Some of them are on the hospital's list later; the others never came.
        const phone = roll(3) === 0 ? phones[roll(phones.length)] : `1990001${pad(roll(10_000))}`
        work.push(
          leaveLead(then, token, {
            name: `${surnames[roll(surnames.length)]}${givenNames[roll(givenNames.length)]}`,
            phone: phone ?? '19900019999',
            wish: wishes[roll(wishes.length)] ?? '',
            consent: true,
            consentVersion: currentConsent,
            website: '',
          }),
        )
      }
  await Promise.all(work)
}

const pad = (n: number) => String(n).padStart(4, '0')
const surnames = ['何', '吕', '施', '张', '孔', '曹', '严', '华', '金', '魏', '陶', '姜']
const givenNames = ['之南', '若水', '一诺', '听澜', '知夏', '景行', '安宁', '可期', '书言', '清和']
const wishes = ['想问颈椎', '鼻炎反复', '睡不好', '想约周末', '', '孩子鼻炎']

function phonesOfVisitors(): string[] {
  const digits = readData('visits-his.csv').match(/1990000\d{4}/g) ?? []
  return [...new Set(digits)]
}

/** What the hospital had exported three weeks ago, taken in through the product's own import. */
export async function importEarlierLists(deps: Deps, data: Seed, exportedAt: Date): Promise<void> {
  const then = { ...deps, now: () => new Date(exportedAt.getTime() + 3_600_000) }
  const bytesOf = (name: string) => readFileSync(new URL(`./data/${name}`, import.meta.url))
  const advisor = (institution: string) => actorFor(data, 'advisor.qiu', institution)
  const admin = (institution: string) => actorFor(data, 'admin', institution)
  const common = { accountId: null, asOf: exportedAt }
  await importFile(then, advisor('qiwu'), {
    ...common,
    kind: 'visits',
    fileName: '就诊明细-1101.csv',
    bytes: bytesOf('visits-his.csv'),
  })
  for (const institution of ['qiwu', 'mianxi']) {
    await importFile(then, advisor(institution), {
      ...common,
      kind: 'orders',
      fileName: '服务包订单-1101.csv',
      bytes: bytesOf('orders.csv'),
    })
    await importFile(then, admin(institution), {
      ...common,
      kind: 'costs',
      fileName: '成本-10月.csv',
      bytes: bytesOf(`costs-${institution}.csv`),
    })
  }
}
