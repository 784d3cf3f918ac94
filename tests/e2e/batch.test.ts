import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import { eq } from 'drizzle-orm'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, test as anywhere, beforeAll, expect } from 'vitest'
import { publications } from '../../apps/api/src/db/schema/publishing.ts'
import { hasBrowser, launchBrowser, phone } from '../support/browser.ts'
import { deskProduct } from '../support/desk-product.ts'
import { readyItems, sixAccounts } from '../support/six-accounts.ts'

const test = anywhere.skipIf(!hasBrowser)
/** Ten times what it takes on two idle cores. */
const PATIENCE = 60_000
let browser: Browser
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
})
afterAll(() => browser?.close())

type Desk = Awaited<ReturnType<typeof deskProduct>>
const posts = ({ db }: Desk) => db.read.select().from(publications)
const postOf = async ({ db }: Desk, id: string) => {
  const [row] = await db.read.select().from(publications).where(eq(publications.id, id))
  if (!row) throw new Error(`no publication ${id}`)
  return row
}
const boxOf = async (at: Locator) => {
  const box = await at.boundingBox()
  if (!box) throw new Error('not on screen')
  return box
}

/** `2026-11-21 18:05`, the clock of Shanghai. */
const shanghai = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at)

/** 30 items, six accounts, one dialog: every line is seen before any is saved, and a double press saves once. */
async function scheduleThirty(desk: Desk, page: Page, tomorrow: string): Promise<void> {
  await page.goto(`${desk.url}/calendar`)
  await page.getByRole('region', { name: '待排期' }).getByText('全选').click()
  await page.getByRole('button', { name: '批量排期 30 条' }).click()
  const dialog = page.getByRole('dialog', { name: '批量排期' })
  await dialog.getByText('已选 30 / 30').waitFor()
  await dialog.getByRole('region', { name: '账号' }).getByText('全选').click()
  await dialog.getByText('已选 6 / 6').waitFor()
  await dialog.getByText('按间隔').click()
  const start = dialog.getByLabel('从什么时候开始')
  await start.fill(`${tomorrow} 09:00`)
  await start.press('Enter')
  await dialog.getByText('共 30 条').waitFor()
  const preview = dialog.getByRole('region', { name: '预览' })
  for (const account of sixAccounts) {
    const rows = preview.locator(`[data-account="${account}"]`)
    await expect.poll(() => rows.count(), { timeout: PATIENCE }).toBe(5)
    await rows.first().getByText('09:00').waitFor()
  }
  expect(await preview.locator('[data-refused]').count()).toBe(0)
  expect(await posts(desk)).toEqual([])

  // One line is given another time by hand before anything is saved.
  const changed = preview.locator('[data-account="douyin-a2"]').first()
  await changed.getByRole('button', { name: /^改《/ }).click()
  const field = changed.getByRole('textbox', { name: /的时间$/ })
  await field.fill(`${tomorrow} 12:00`)
  await field.press('Enter')
  await changed.getByText('12:00').waitFor()
  await dialog.getByText('共 30 条').waitFor()

  await dialog.getByRole('button', { name: '排期 30 条' }).dblclick()
  await page.getByText('已排期 30 条').waitFor()
  await expect.poll(async () => (await posts(desk)).length, { timeout: PATIENCE }).toBe(30)
  const due = (await posts(desk)).map(({ accountId, dueAt }) => `${accountId} ${shanghai(dueAt)}`)
  expect(new Set(due).size).toBe(30)
  expect(due).toContain(`douyin-a2 ${tomorrow} 12:00`)
  expect(due).toContain(`kuaishou-a ${tomorrow} 09:00`)
}

/** Along its lane to another hour: what speaks against it is said on the way, and ten seconds take it back. */
async function moveAndUndo(desk: Desk, page: Page, tomorrow: string): Promise<void> {
  const standing = (await posts(desk)).find(
    ({ accountId, dueAt }) =>
      accountId === 'kuaishou-a2' && shanghai(dueAt) === `${tomorrow} 11:00`,
  )
  const id = standing?.id ?? ''
  await page.goto(`${desk.url}/calendar?view=lanes&day=${tomorrow}`)
  const chip = page.locator(`[data-publication="${id}"]`)
  await chip.scrollIntoViewIfNeeded()
  const from = await boxOf(chip)
  const hour = (await boxOf(page.locator('[data-account="kuaishou-a2"]'))).width / 24
  await page.mouse.move(from.x + 20, from.y + 20)
  await page.mouse.down()
  // Too near to the post at 10:00 on the way; four hours later nothing is near.
  await page.mouse.move(from.x + 20 - hour * 0.8, from.y + 20, { steps: 5 })
  await page.getByText(/只隔 \d+ 分钟/).waitFor()
  await page.mouse.move(from.x + 20 + hour * 4, from.y + 20, { steps: 8 })
  await page.getByText(/15:00，没有冲突/).waitFor()
  await page.mouse.up()
  const at = async () => shanghai((await postOf(desk, id)).dueAt)
  await expect.poll(at, { timeout: PATIENCE }).toBe(`${tomorrow} 15:00`)
  await page.getByRole('button', { name: /^撤\s*销$/ }).click()
  await expect.poll(at, { timeout: PATIENCE }).toBe(`${tomorrow} 11:00`)
}

/** One is due at once; somebody posts it with a phone and proves it by its link. */
async function handOffOnPhone(desk: Desk, page: Page, tomorrow: string): Promise<void> {
  const post = (await posts(desk)).find(
    ({ accountId, dueAt }) =>
      accountId === 'xiaohongshu-a' && shanghai(dueAt) === `${tomorrow} 09:00`,
  )
  const id = post?.id ?? ''
  await page.goto(`${desk.url}/calendar?view=lanes&day=${tomorrow}`)
  await page.locator(`[data-publication="${id}"]`).click()
  await page.getByRole('menuitem', { name: '改时间' }).click()
  const moving = page.getByRole('dialog')
  const time = moving.getByLabel('新的时间')
  await time.fill(shanghai(new Date()))
  await time.press('Enter')
  await moving.getByRole('button', { name: /保\s*存/ }).click()
  const state = async () => (await postOf(desk, id)).state
  await expect.poll(state, { timeout: PATIENCE }).toBe('awaiting_person')

  await page.goto(`${desk.url}/hand-offs`)
  const { contentId } = await postOf(desk, id)
  await page
    .getByRole('row', { name: new RegExp(`选题 ${contentId}`) })
    .getByRole('button', { name: '扫码发布' })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '生成一次性链接' }).click()
  const link = await dialog.getByText(/#token=/).innerText()
  const held = await desk.person(null, phone)
  await held.goto(link.trim())
  await held.getByRole('heading', { name: `选题 ${contentId}` }).waitFor()
  for (const box of await held.getByRole('checkbox').all()) await box.tap()
  await held
    .getByLabel('作品链接')
    .fill('https://www.xiaohongshu.com/explore/6740a1b2000000001d03c4e5')
  await held.getByText('是小红书的作品链接').waitFor()
  await held.getByRole('button', { name: '完成', exact: true }).tap()
  await held.getByRole('heading', { name: '发布完成' }).waitFor()
  expect(await postOf(desk, id)).toMatchObject({
    state: 'published',
    remoteId: '6740a1b2000000001d03c4e5',
  })
}

test('30 items over 6 accounts in one dialog, one moved and put back, one handed off on a phone', async () => {
  const desk = await deskProduct(browser)
  await readyItems(desk.deps, 30)
  const page = await desk.person('operator')
  page.setDefaultTimeout(PATIENCE)
  const tomorrow = addDays(bizDate(new Date()), 1)
  expect(instantOf(tomorrow, '09:00').getTime()).toBeGreaterThan(Date.now())
  await scheduleThirty(desk, page, tomorrow)
  await moveAndUndo(desk, page, tomorrow)
  await handOffOnPhone(desk, page, tomorrow)
  expect(desk.complaints).toEqual([])
})
