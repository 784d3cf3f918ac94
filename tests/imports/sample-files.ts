import { readFileSync } from 'node:fs'
import { parseCosts } from '../../apps/api/src/modules/metrics/parsing/costs.ts'
import { parseDouyinWorks } from '../../apps/api/src/modules/metrics/parsing/douyin-works.ts'
import { parseOrders } from '../../apps/api/src/modules/metrics/parsing/orders.ts'
import type { Sheet } from '../../apps/api/src/modules/metrics/parsing/read-table.ts'
import { readTable } from '../../apps/api/src/modules/metrics/parsing/read-table.ts'
import { parseVisits } from '../../apps/api/src/modules/metrics/parsing/visits-his.ts'
import { parseXiaohongshuNotes } from '../../apps/api/src/modules/metrics/parsing/xiaohongshu-notes.ts'

/** The sample files are true as of this moment: 2026-11-21, midnight in Shanghai. */
export const asOf = new Date('2026-11-20T16:00:00Z')

export const sampleBytes = (name: string): Buffer =>
  readFileSync(new URL(`../fixtures/exports/${name}`, import.meta.url))
export const sampleSheets = (name: string): Promise<readonly Sheet[]> =>
  readTable(sampleBytes(name))

const departments: Record<string, string> = {
  推拿科: 'tuina',
  推拿门诊: 'tuina',
  鼻科: 'nose',
  '耳鼻喉-鼻科': 'nose',
  儿科: 'children',
  妇产科: 'women',
  全科医学科: 'general',
}
const doctors = ['陆闻溪', '沈怀屿', '白予安', '阮青禾', '季允舒']
/** Display names are not unique: one institution may call several accounts the same. */
const accounts: Record<string, string[]> = {
  澜州栖梧医院: ['dy-qiwu', 'ks-qiwu', 'wb-qiwu'],
  推拿科陆闻溪医生: ['dy-lu'],
  鼻科沈怀屿: ['dy-shen'],
  栖梧医院: ['xhs-qiwu', 'oa-qiwu'],
  澜州大学附属栖梧医院: ['ch-qiwu'],
  陆闻溪讲颈椎: ['ch-lu'],
  栖梧鼻科: ['bili-bi'],
  眠溪堂中医馆: ['dy-mianxi', 'ch-mianxi', 'oa-mianxi'],
  眠溪堂程砚宁: ['xhs-cheng'],
}
const touchCodes = [
  'qw-oa-menu',
  'qw-tuina-desk',
  'qw-nose-desk',
  'mx-oa-menu',
  'mx-oa-selftest',
  'mx-front-desk',
]
const known = (names: Record<string, string>) => (name: string) => {
  const id = names[name]
  return id === undefined ? [] : [id]
}

export const visitsOf = (sheets: readonly Sheet[]) =>
  parseVisits(sheets, {
    asOf,
    department: known(departments),
    doctor: (name) => (doctors.includes(name) ? [name] : []),
  })
export const ordersOf = (sheets: readonly Sheet[], isOwn = (_: string) => true) =>
  parseOrders(sheets, {
    asOf,
    isOwn,
    account: (name) => accounts[name] ?? [],
    knowsTouchCode: (code) => touchCodes.includes(code),
  })
export const costsOf = (sheets: readonly Sheet[], lines = ['颈肩推拿', '过敏性鼻炎', '失眠']) =>
  parseCosts(sheets, {
    asOf,
    specialtyLine: (name) => (lines.includes(name) ? [name] : []),
    account: (name) => accounts[name] ?? [],
  })

export const parseSamples = async () => ({
  douyin: parseDouyinWorks(await sampleSheets('douyin-works.xlsx'), asOf),
  xiaohongshu: parseXiaohongshuNotes(await sampleSheets('xiaohongshu-notes.xlsx'), asOf),
  visits: visitsOf(await sampleSheets('visits-his.csv')),
  orders: ordersOf(await sampleSheets('orders.csv')),
  costs: costsOf(await sampleSheets('costs.csv')),
})
