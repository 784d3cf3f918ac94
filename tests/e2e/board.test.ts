import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, test as anywhere, beforeAll, expect, onTestFinished } from 'vitest'
import { buildApp } from '../../apps/api/src/app.ts'
import { contentItems } from '../../apps/api/src/db/schema/content.ts'
import { sessions } from '../../apps/api/src/db/schema/identity.ts'
import { hasBrowser, launchBrowser } from '../support/browser.ts'
import { seedPeople, testDeps } from '../support/test-app.ts'
import { freshDatabase } from '../support/test-database.ts'

const webDir = join(import.meta.dirname, '../../apps/web/dist')

const test = anywhere.skipIf(!hasBrowser)
let browser: Browser
beforeAll(async () => {
  if (!hasBrowser) return
  if (!existsSync(join(webDir, 'index.html'))) throw new Error('build the web first: npm run build')
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

type Row = Partial<typeof contentItems.$inferInsert>

/** The product on a port of its own with a few items on its board. */
async function house(items: (Row & { id: string })[]) {
  const { db, dir } = freshDatabase()
  await seedPeople(db)
  // Cookies end by the browser's own clock, so the server keeps the real one here.
  const now = () => new Date()
  await db.inTransaction(async (tx) => {
    await tx.update(sessions).set({ lastSeenAt: now() })
    for (const [n, item] of items.entries())
      await tx.insert(contentItems).values({
        institutionId: 'a',
        title: `内容 ${item.id}`,
        stage: 'scripting',
        stageEnteredAt: now(),
        doctorId: 'doc-a',
        ownerUserId: 'operator-a',
        platforms: ['douyin'],
        position: (n + 1) * 1024,
        createdAt: now(),
        updatedAt: now(),
        ...item,
      })
  })
  const { deps } = testDeps(db, dir)
  const settings = { ...deps.settings }
  const app = await buildApp({ ...deps, now, settings }, { webDir })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  Object.assign(settings, { publicUrl: base })
  onTestFinished(() => app.close())

  const complaints: string[] = []
  const open = async (
    who: string,
    path: string,
    { phone = false, touch = phone }: { phone?: boolean; touch?: boolean } = {},
  ): Promise<Page> => {
    const context = await browser.newContext({
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      ...(touch && { hasTouch: true }),
      ...(phone && { isMobile: true }),
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    })
    onTestFinished(() => context.close())
    await context.addCookies([{ name: 'xingbo', value: `token-${who}-a`, url: base }])
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(new URL(path, base).href)
    await page
      .locator(path.startsWith('/board') ? '[data-card]' : 'h1')
      .first()
      .waitFor()
    return page
  }
  return { open, complaints }
}

const column = (page: Page, stage: string) =>
  page
    .locator(`[data-column="${stage}"] [data-card]`)
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-card')))
const waitForColumn = (page: Page, stage: string, ids: string[]) =>
  expect.poll(() => column(page, stage), { timeout: 5_000 }).toEqual(ids)

async function boxOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} is not on screen`)
  return box
}

/** Takes a card by its body and lets go at a point. */
async function drag(page: Page, id: string, to: { x: number; y: number }) {
  const from = await boxOf(page, `[data-card="${id}"]`)
  await page.mouse.move(from.x + 100, from.y + from.height - 12)
  await page.mouse.down()
  await page.mouse.move(from.x + 112, from.y + from.height - 6, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 12 })
  // The page says where the card would lie before it is let go.
  await page.locator('[data-column][data-target]').waitFor()
  await page.mouse.up()
}

/** A finger held still for a moment, then moved: what a touch screen calls a drag. */
async function touch(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
  heldMs: number,
) {
  const cdp = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: { x: number; y: number }) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [{ ...point, id: 1 }] : [] })
  await send('touchStart', from)
  await page.waitForTimeout(heldMs)
  for (let n = 1; n <= 10; n++) {
    await send('touchMove', {
      x: from.x + ((to.x - from.x) * n) / 10,
      y: from.y + ((to.y - from.y) * n) / 10,
    })
    await page.waitForTimeout(20)
  }
  await page.waitForTimeout(100)
  await send('touchEnd')
}

const ideas = ['t1', 't2', 't3'].map((id) => ({ id, stage: 'topic' as const }))
const scripts = ['s1', 's2'].map((id) => ({ id, stage: 'scripting' as const }))

test('a card is dragged to its next step, others see it, and what is not possible springs back', async () => {
  const { open, complaints } = await house([...ideas, ...scripts])
  const mine = await open('operator', '/board')
  const theirs = await open('producer', '/board')

  const s1 = await boxOf(mine, '[data-card="s1"]')
  await drag(mine, 't1', { x: s1.x + 100, y: s1.y + s1.height - 4 })
  await waitForColumn(mine, 'scripting', ['s1', 't1', 's2'])
  await waitForColumn(theirs, 'scripting', ['s1', 't1', 's2'])
  await waitForColumn(theirs, 'topic', ['t2', 't3'])

  // The line does not lead there: said at once, nothing sent.
  const review = await boxOf(mine, '[data-column="compliance_review"]')
  await drag(mine, 't2', { x: review.x + 100, y: review.y + 200 })
  await mine.getByText('选题的下一步是脚本', { exact: true }).waitFor()
  await waitForColumn(mine, 'topic', ['t2', 't3'])

  // Something is missing: the server says what, and the card returns.
  const doctor = await boxOf(mine, '[data-column="doctor_review"]')
  await drag(mine, 's1', { x: doctor.x + 100, y: doctor.y + 200 })
  await mine.getByText('还没有脚本版本，请先写脚本并存为新版本').waitFor()
  await waitForColumn(mine, 'scripting', ['s1', 't1', 's2'])
  await waitForColumn(mine, 'doctor_review', [])

  // Another place in the same column.
  const s2 = await boxOf(mine, '[data-card="s2"]')
  await drag(mine, 's1', { x: s2.x + 100, y: s2.y + s2.height - 4 })
  await waitForColumn(mine, 'scripting', ['t1', 's2', 's1'])
  await waitForColumn(theirs, 'scripting', ['t1', 's2', 's1'])
  expect(complaints).toEqual([])
})

test('the keyboard does what the mouse does, and says so in Chinese', async () => {
  const { open, complaints } = await house([...ideas, ...scripts])
  const page = await open('operator', '/board')
  const spoken = () => page.locator('[id^="dnd-kit-announcement"]').textContent()
  await page.getByRole('button', { name: '拖动「内容 t1」' }).focus()
  await page.keyboard.press('Space')
  await expect.poll(spoken).toBe('已拿起「内容 t1」，它在选题一列')
  await page.keyboard.press('ArrowRight')
  await expect.poll(spoken).toMatch(/^移到脚本一列，「内容 s\d」旁$/)
  await page.keyboard.press('Space')
  await expect.poll(() => column(page, 'topic')).toEqual(['t2', 't3'])
  expect(await column(page, 'scripting')).toContain('t1')

  await page.getByRole('button', { name: '拖动「内容 t2」' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Escape')
  await expect.poll(spoken).toBe('已取消，「内容 t2」回到原处')
  expect(await column(page, 'topic')).toEqual(['t2', 't3'])
  expect(complaints).toEqual([])
})

test('a held finger drags, a passing one scrolls', async () => {
  const many = Array.from({ length: 12 }, (_, n) => ({ id: `p${n}`, stage: 'scripting' as const }))
  const { open, complaints } = await house([...ideas, ...many])
  const tablet = await open('operator', '/board', { touch: true })
  const t1 = await boxOf(tablet, '[data-card="t1"]')
  const p0 = await boxOf(tablet, '[data-card="p0"]')
  await touch(tablet, { x: t1.x + 100, y: t1.y + 60 }, { x: p0.x + 100, y: p0.y + 8 }, 400)
  await expect.poll(async () => (await column(tablet, 'scripting'))[0]).toBe('t1')

  const phone = await open('operator', '/board?stage=scripting', { phone: true })
  const before = await column(phone, 'scripting')
  await touch(phone, { x: 200, y: 700 }, { x: 200, y: 300 }, 0)
  expect(await phone.evaluate(() => window.scrollY)).toBeGreaterThan(100)
  expect(await column(phone, 'scripting')).toEqual(before)
  expect(await phone.getByRole('tab', { selected: true }).textContent()).toBe(
    `脚本${before.length}`,
  )
  expect(complaints).toEqual([])
})

test('the menu offers every step with its reason, and a way back asks for one', async () => {
  const { open, complaints } = await house([{ id: 'r1', stage: 'ready' }, ...ideas])
  const page = await open('operator', '/board')
  await page.getByRole('button', { name: '「内容 t1」的操作' }).click()
  await page.getByRole('menuitem', { name: /^否决/ }).waitFor()
  expect(await page.getByRole('menuitem', { name: /^否决/ }).textContent()).toContain(
    '否决由医务合规人员、负责人或管理员来做',
  )
  await page.getByRole('menuitem', { name: '脚本' }).click()
  await page.getByText('「内容 t1」已移到脚本').waitFor()
  await waitForColumn(page, 'scripting', ['t1'])

  await page.getByRole('button', { name: '「内容 r1」的操作' }).click()
  await page.getByRole('menuitem', { name: '拍摄剪辑' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '退回' }).click()
  await dialog.getByText('此项必填').waitFor()
  await dialog.getByRole('textbox').fill('片尾的电话要去掉')
  await dialog.getByRole('button', { name: '退回' }).click()
  await waitForColumn(page, 'production', ['r1'])
  await page.getByText('片尾的电话要去掉').waitFor()
  expect(complaints).toEqual([])
})

test('filters live in the address, and the board has no barrier a checker can find', async () => {
  const { open, complaints } = await house([
    { id: 'late', dueOn: '2026-01-01', platforms: ['kuaishou'] },
    { id: 'calm', ownerUserId: 'producer-a' },
    { id: 'paused', stage: 'on_hold', resumeStage: 'production', stageReason: '医生请假' },
  ])
  const page = await open('operator', '/board')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  await page.getByRole('checkbox', { name: '只看逾期' }).check()
  await waitForColumn(page, 'scripting', ['late'])
  expect(new URL(page.url()).searchParams.get('due')).toBe('overdue')
  await page.reload()
  await waitForColumn(page, 'scripting', ['late'])
  await page.getByRole('button', { name: '清除筛选' }).click()
  await waitForColumn(page, 'scripting', ['late', 'calm'])
  await page.getByRole('searchbox', { name: '搜标题' }).fill('没有这样的标题')
  await page.getByText('没有符合条件的结果').waitFor()

  const again = await open('manager', '/board?ownerUserId=producer-a')
  await waitForColumn(again, 'scripting', ['calm'])
  const side = await open('manager', '/board?open=%5B%22on_hold%22%5D')
  await waitForColumn(side, 'on_hold', ['paused'])
  expect(complaints).toEqual([])
})

test('a topic is started, its item says what is missing, and a hold shows at once to everybody', async () => {
  const { open, complaints } = await house([])
  const desk = await open('operator', '/topics')
  await desk.keyboard.press('c')
  await desk.getByRole('textbox', { name: '选题' }).fill('落枕了能不能马上推拿')
  await desk.getByRole('combobox', { name: '医生' }).last().click()
  await desk.getByTitle('陆闻溪 · 推拿科').click()
  await desk.getByRole('button', { name: '保存', exact: true }).click()
  await desk.getByRole('button', { name: '开始制作' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '开始制作' }).click()
  await desk.waitForURL(/\/contents\/con_\w+\/script$/)
  await desk.getByRole('heading', { name: '落枕了能不能马上推拿', level: 1 }).waitFor()
  await desk.getByText('下一步「送医生审核」：还没有脚本版本，请先写脚本并存为新版本').waitFor()
  // The button refuses with the same words instead of being dead.
  await desk.getByRole('button', { name: '送医生审核' }).click({ force: true })
  await desk.getByText('还没有脚本版本，请先写脚本并存为新版本', { exact: true }).first().waitFor()

  const review = await open('reviewer', new URL(desk.url()).pathname)
  await review.getByRole('button', { name: '推进与退回' }).click()
  await review.getByRole('menuitem', { name: '暂停发布…' }).click()
  await review.getByRole('radio', { name: '医生 陆闻溪 的全部内容' }).check()
  await review.getByRole('textbox', { name: '原因' }).fill('家属投诉，核实中')
  await review.getByRole('dialog').getByRole('button', { name: '暂停', exact: true }).click()
  const banner = /医生「陆闻溪」暂停发布：家属投诉，核实中/
  await desk.getByText(banner).waitFor()
  expect(await desk.getByRole('button', { name: '解除' }).count()).toBe(0)

  const boss = await open('manager', '/holds')
  await boss.getByRole('button', { name: '解除' }).click()
  await boss.getByRole('textbox', { name: '原因' }).fill('核实完毕')
  await boss.getByRole('dialog').getByRole('button', { name: '解除' }).click()
  await boss.getByText('没有暂停').waitFor()
  await desk.getByText(banner).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

test('of two who edit one item the later is told who came first and loses nothing unsaid', async () => {
  const { open, complaints } = await house([{ id: 'both' }])
  const [first, second] = [
    await open('operator', '/contents/both'),
    await open('producer', '/contents/both'),
  ]
  for (const page of [first, second]) {
    await page.getByRole('button', { name: '编辑' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: '标题' }).waitFor()
  }
  await second.getByRole('dialog').getByRole('textbox', { name: '标题' }).fill('编导的标题')
  await first.getByRole('dialog').getByRole('textbox', { name: '标题' }).fill('运营的标题')
  await first.getByRole('button', { name: '保存', exact: true }).click()
  await first.getByRole('heading', { name: '运营的标题', level: 1 }).waitFor()
  await second.getByRole('button', { name: '保存', exact: true }).click()
  await second.getByText(/^operator-a 在 .* 改过了，请刷新后再改$/).waitFor()
  expect(await second.getByRole('dialog').getByRole('textbox', { name: '标题' }).inputValue()).toBe(
    '编导的标题',
  )
  await second.getByRole('dialog').getByRole('button', { name: '刷新' }).click()
  await second.getByRole('heading', { name: '运营的标题', level: 1 }).waitFor()
  expect(complaints).toEqual([])
})
