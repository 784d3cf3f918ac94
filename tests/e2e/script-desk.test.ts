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
  if (!existsSync(join(webDir, 'phone.html'))) throw new Error('build the web first: npm run build')
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** The product on a port of its own, with one item of the doctor's that is being written. */
async function house() {
  const { db, dir } = freshDatabase()
  await seedPeople(db)
  // Cookies end by the browser's own clock, so the server keeps the real one here.
  const now = () => new Date()
  await db.inTransaction(async (tx) => {
    await tx.update(sessions).set({ lastSeenAt: now() })
    await tx.insert(contentItems).values({
      id: 'item-a',
      institutionId: 'a',
      title: '颈椎推拿的适应与禁忌',
      stage: 'scripting',
      stageEnteredAt: now(),
      doctorId: 'doc-a',
      platforms: ['douyin', 'xiaohongshu'],
      position: 1024,
      createdAt: now(),
      updatedAt: now(),
    })
  })
  const { deps } = testDeps(db, dir)
  const settings = { ...deps.settings }
  const app = await buildApp({ ...deps, now, settings }, { webDir })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  Object.assign(settings, { publicUrl: base })
  onTestFinished(() => app.close())

  const complaints: string[] = []
  const open = async (who: string | null, path: string, phone = false): Promise<Page> => {
    const context = await browser.newContext({
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      ...(phone && { isMobile: true, hasTouch: true }),
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    })
    onTestFinished(() => context.close())
    if (who) await context.addCookies([{ name: 'xingbo', value: `token-${who}-a`, url: base }])
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(new URL(path, base).href)
    return page
  }
  return { open, complaints }
}

const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`)
const state = (page: Page, words: RegExp) =>
  page.locator('[role="status"][data-kind]').filter({ hasText: words }).waitFor()
const script = '/contents/item-a/script'

test('a script is written, saved as it is typed, signed on a phone by link, and everybody sees it', async () => {
  const { open, complaints } = await house()
  const desk = await open('producer', script)
  await desk.getByRole('button', { name: '导入文本' }).click()
  await desk
    .getByRole('dialog')
    .getByRole('textbox')
    .fill(
      '---\ntitle: 先别急着按\nsources:\n  - 《颈椎病诊治与康复指南》\n---\n【开场｜近景】脖子一僵先别按。先看清楚。\n【结尾】一直不好，请去医院。',
    )
  await desk.getByRole('button', { name: '导入', exact: true }).click()
  await state(desk, /草稿已保存/)

  // Shots by keyboard: the words move with Alt+↓ and keep the cursor.
  await desk.getByRole('button', { name: '加镜头', exact: true }).click()
  await desk.keyboard.type('第三个镜头')
  await desk.keyboard.press('Alt+ArrowUp')
  expect(await field(desk, 'shots.1').inputValue()).toBe('第三个镜头')
  expect(await field(desk, 'shots.1').evaluate((node) => node === document.activeElement)).toBe(
    true,
  )

  // Limits are the platform's own, counted as one types.
  await desk.getByRole('tab', { name: /小红书/ }).click()
  await field(desk, 'captions.xiaohongshu.title').fill('字'.repeat(21))
  await desk.getByText('标题最多 20 个字，超出 1 个').waitFor()
  await field(desk, 'captions.xiaohongshu.title').fill('先别急着按')

  await desk.getByRole('button', { name: '保存为 v1' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '保存为 v1' }).click()
  await desk.getByRole('button', { name: '送医生审核' }).click()
  await desk.getByText('v1 等陆闻溪签发').waitFor()
  await desk.getByRole('button', { name: '签发链接' }).click()
  const link = await desk.getByRole('textbox', { name: '签发链接' }).inputValue()
  await desk.keyboard.press('Escape')

  const phone = await open(null, link, true)
  await phone.getByText('这是您第一次看这条脚本').waitFor()
  expect(phone.url()).not.toContain('token')
  expect((await new AxeBuilder({ page: phone }).analyze()).violations).toEqual([])
  for (const name of ['退回修改', '通过']) {
    const box = await phone.getByRole('button', { name }).boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844)
  }
  await phone.getByRole('button', { name: '通过' }).click()
  await phone.getByRole('button', { name: '签发', exact: true }).click()
  await phone.getByText('请输入您的姓名确认').waitFor()
  await phone.getByRole('textbox').fill('陆闻溪')
  await phone.getByRole('button', { name: '签发', exact: true }).click()
  await phone.getByText('已签发', { exact: true }).waitFor()
  // The desk hears of it by itself.
  await desk.getByText(/陆闻溪 于 .+ 签发，绑定 v1/).waitFor()

  // An edit voids the signature, and the doctor is shown the one word that changed.
  await field(desk, 'hook').fill('脖子一僵，先别按。')
  await desk.getByRole('button', { name: '保存为 v2' }).click()
  await desk.getByText(/对 v1 的签发会作废/).waitFor()
  await desk.getByRole('dialog').getByRole('button', { name: '保存为 v2' }).click()
  await desk.getByText(/对 v1 的签发已作废/).waitFor()
  const again = await open('doctor', '/m/sign-off', true)
  await again.getByText('您签过的 v1 因修改作废').click()
  await again.getByText('1 处不同').waitFor()
  expect(await again.locator('ins').allTextContents()).toEqual([expect.stringContaining('，')])
  expect(complaints).toEqual([])
})

test('two people type at once: the later one chooses, and nobody’s words are lost unasked', async () => {
  const { open, complaints } = await house()
  const first = await open('producer', script)
  const second = await open('operator', script)
  await field(second, 'hook').waitFor()
  await field(first, 'hook').fill('甲写的。')
  await state(first, /草稿已保存/)
  // What one saves appears with the other while they have typed nothing.
  await expect.poll(() => field(second, 'hook').inputValue()).toBe('甲写的。')

  await field(second, 'hook').fill('乙写的。')
  await field(first, 'hook').fill('甲又写的。')
  await expect
    .poll(
      async () => {
        const kinds = [first, second].map((page) =>
          page.locator('[role="status"][data-kind]').getAttribute('data-kind'),
        )
        return (await Promise.all(kinds)).sort()
      },
      { timeout: 10_000 },
    )
    .toEqual(['conflict', 'saved'])
  const lostFirst = (await first.getByText('有人同时在改').count()) > 0
  const [lost, won] = lostFirst ? [first, second] : [second, first]
  const mine = lostFirst ? '甲又写的。' : '乙写的。'
  expect(await field(lost, 'hook').inputValue()).toBe(mine)
  await lost.getByRole('button', { name: '用我的覆盖草稿' }).click()
  await lost.getByRole('dialog').getByRole('button', { name: '用我的覆盖草稿' }).click()
  await state(lost, /草稿已保存/)
  await expect.poll(() => field(won, 'hook').inputValue()).toBe(mine)
  expect(complaints).toEqual([])
})
