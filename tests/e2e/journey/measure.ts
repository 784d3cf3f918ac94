import { readFileSync } from 'node:fs'
import { type FunnelView, getFunnel } from '@xingbo/shared/funnel/funnel.schema'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { fixture, go } from './house.ts'

/** The days the sample exports are about. */
const days = { from: '2026-09-21', to: '2026-11-21' }
const douyin = { kind: '抖音作品列表', account: '抖音 · 澜州栖梧医院', file: 'douyin-works.xlsx' }
const notes = {
  kind: '小红书笔记列表',
  account: '小红书 · 栖梧医院',
  file: 'xiaohongshu-notes.xlsx',
}

type Figures = Pick<FunnelView, 'total' | 'groups'>
/** The numbers alone; what we count ourselves is as of the moment it is asked. */
export const numbersOf = ({ total, groups }: Figures) =>
  [total, ...groups].map(({ figures }) =>
    figures.map(({ stage, value, amountFen, coverage }) => ({ stage, value, amountFen, coverage })),
  )
/** How many rows of a file had which fate, by the words on the page. */
type Fates = ReadonlyMap<string, number>
const total = (fates: Fates): number => [...fates.values()].reduce((sum, n) => sum + n, 0)

/** What the funnel's API says of the days the samples are about, in all and by platform. */
export async function figures(page: Page): Promise<Figures> {
  const answer = await page.request.get(
    `${new URL(page.url()).origin}/api/funnel?from=${days.from}&to=${days.to}`,
  )
  const { total, groups } = getFunnel.response.parse(await answer.json())
  return { total, groups }
}

/** Both back offices' files; the one row that could be either of two posts is answered by a person. */
export async function importWorks(page: Page): Promise<void> {
  expect(total(await importFile(page, douyin))).toBe(60)

  const read = await importFile(page, notes)
  expect(total(read)).toBe(45)
  const doubtful = read.get('待人工确认') ?? 0
  const row = page.getByRole('listitem').filter({ hasText: '有 2 个发布单标题相同' })
  await row.getByRole('radio', { name: /鼻炎洗鼻子的正确步骤.*18:31/ }).check()
  await row.getByRole('button', { name: '对应' }).click()
  await page.getByText('第 27 行已确认').waitFor()
  await page.getByRole('tab', { name: `待人工确认 ${doubtful - 1}` }).waitFor()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载报告' }).click(),
  ])
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(lines).toHaveLength(1 + 45)
  expect(lines.filter((line) => line.includes('待人工确认'))).toHaveLength(doubtful - 1)
}

/** The same file once more: nothing is added, nothing moves, and no question is asked a second time. */
export async function importAgain(page: Page): Promise<void> {
  const again = await importFile(page, notes)
  expect(total(again)).toBe(45)
  for (const fate of ['已导入', '已更新', '待人工确认'])
    expect([fate, again.get(fate)]).toEqual([fate, undefined])
}

/** The hospital's own list, by the person who may see patients. */
export async function importVisits(page: Page): Promise<void> {
  const read = await importFile(page, { kind: '就诊记录', file: 'visits-his.csv' }, ['数据导入'])
  expect(total(read)).toBe(300)
  expect(read.get('已导入')).toBeGreaterThan(50)
}

/** Brings a file in through the page; returns how many of its rows had which fate, as the page shows them. */
async function importFile(
  page: Page,
  one: { kind: string; account?: string; file: string },
  way = ['数据漏斗', '数据导入'],
): Promise<Fates> {
  await go(page, ...way)
  await page.getByRole('button', { name: '导入文件' }).click()
  const drawer = page.getByRole('dialog', { name: '导入文件' })
  await choose(page, '文件类型', one.kind)
  if (one.account) await choose(page, '平台账号', one.account)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    drawer.getByText('把文件拖到这里').click(),
  ])
  await chooser.setFiles(fixture(`exports/${one.file}`))
  await drawer.getByRole('button', { name: '导入', exact: true }).click()
  await page.waitForURL(/\/imports\/[^/]+/)
  await page.getByRole('heading', { name: one.file }).waitFor()
  const tabs = await page.getByRole('tab').allInnerTexts()
  const fates = tabs
    .map((tab) => /^\s*(\D+?)\s*([\d,]+)\s*$/.exec(tab))
    .filter((one) => one !== null)
  return new Map(
    fates
      .map(([, fate = '', n = '']) => [fate, Number(n.replaceAll(',', ''))] as const)
      .filter(([fate]) => fate !== '全部'),
  )
}

/** Opens a select by its label and takes the option of that name. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label).click()
  // What is chosen by now bears the same words; the list is drawn after it.
  await page.getByTitle(option, { exact: true }).last().click()
}

/** Types both ends of the range, and the second only when the first is in the address. */
async function typeRange(page: Page): Promise<void> {
  for (const [place, end] of [
    ['开始日期', 'from'],
    ['结束日期', 'to'],
  ] as const) {
    await page.getByPlaceholder(place).fill(days[end])
    await page.getByPlaceholder(place).press('Enter')
    await page.waitForURL(({ searchParams }) => searchParams.get(end) === days[end])
  }
}

/** The manager sees what came of it all: by platform, with coverage and as-of, and the same as the API says. */
export async function readFunnel(page: Page, before: Figures): Promise<void> {
  await go(page, '数据漏斗')
  await page.getByText('自定义', { exact: true }).click()
  await typeRange(page)
  const now = await figures(page)
  const figureOf = (view: Figures, platform: string, stage: string) =>
    view.groups.find(({ key }) => key === platform)?.figures.find((one) => one.stage === stage)
  for (const [platform, name] of [
    ['douyin', '抖音'],
    ['xiaohongshu', '小红书'],
    ['kuaishou', '快手'],
  ] as const) {
    const plays = figureOf(now, platform, 'play')
    await page
      .getByRole('button', { name: `${name} 播放 ${shown(plays?.value ?? -1)}，看明细` })
      .waitFor()
  }
  for (const platform of ['douyin', 'xiaohongshu']) {
    const [then, since] = [figureOf(before, platform, 'play'), figureOf(now, platform, 'play')]
    expect(since?.value).toBeGreaterThan(then?.value ?? 0)
    expect(since?.coverage?.known).toBeGreaterThan(then?.coverage?.known ?? 0)
    expect(since?.sources).toContain('import')
  }
  // Kuaishou's figures come by API; no file was imported for it.
  expect(figureOf(now, 'kuaishou', 'play')).toEqual(figureOf(before, 'kuaishou', 'play'))

  const of = (view: Figures, stage: string) => view.total.figures.find((one) => one.stage === stage)
  const { known, total: posts } = of(now, 'play')?.coverage ?? { known: 0, total: 0 }
  await page.getByText(`${known}/${posts} 条有数据`).first().waitFor()
  await page.getByText(/^平台数据截至 \d+月\d+日.+到诊截至/).waitFor()
  const visits = of(now, 'visit')?.value ?? 0
  expect(visits).toBeGreaterThan(of(before, 'visit')?.value ?? 0)
  await page.getByRole('region', { name: '关键数字' }).getByText(`${visits}人次`).waitFor()
  // What nobody knows is a gap and not a zero.
  await page.getByRole('button', { name: '抖音 曝光 没有数据，看明细' }).waitFor()
}

/** From 10,000 on in 万 with at most two decimals. */
const shown = (n: number): string =>
  n < 10_000 ? n.toLocaleString('en-US') : `${Math.round(n / 100) / 100}万`
