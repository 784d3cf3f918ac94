import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { z } from 'zod'
import { phone } from '../../support/browser.ts'
import { fixture, go, type House } from './house.ts'
import { topic, words } from './make.ts'

const sha256 = (path: string) =>
  createHash('sha256')
    .update(readFileSync(fixture(path)))
    .digest('hex')
const clip = 'media/clip.mp4'
const cover = 'media/cover.jpg'

const accounts = {
  kuaishou: '快手 澜州栖梧医院',
  douyin: '抖音 推拿科陆闻溪医生',
  xiaohongshu: '小红书 栖梧医院',
}

const accepted = z.array(
  z.object({
    platform: z.string(),
    title: z.string(),
    caption: z.string(),
    videoSha256: z.string(),
    coverSha256: z.string().nullable(),
  }),
)
/** What the stand-in for the platforms took, newest first. */
const sandboxPosts = async ({ product }: House) => {
  const answer = await fetch(`${product.sandboxUrl}/__sandbox/posts`)
  return accepted.parse(await answer.json())
}

/** Three accounts, three ways, one minute: the next one. */
export async function schedule(page: Page, item: string): Promise<void> {
  await page.goto(`${item}/publish`)
  await page.getByRole('button', { name: '排期' }).click()
  const drawer = page.getByRole('dialog', { name: `排期：${topic}` })
  for (const account of Object.values(accounts))
    await drawer.getByRole('checkbox', { name: `选择 ${account}` }).check()
  // Made in the doctor's name: of the two Douyin accounts it goes out on the doctor's own.
  await drawer.getByRole('checkbox', { name: '选择 抖音 澜州栖梧医院' }).uncheck()
  const next = new Date(Math.floor(Date.now() / 60_000 + 1) * 60_000)
  const time = drawer.getByLabel('第一条的时间')
  await time.fill(shanghai(next))
  await time.press('Enter')
  await drawer.getByRole('button', { name: '排期 3 条' }).click()
  await page.getByText('已排期 3 条').waitFor()
}

/** `2026-11-21 18:05`, the clock of Shanghai. */
const shanghai = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at)

/** Nobody touches anything: the queue sends it at its minute, and the page hears of it. */
export async function publishedByItself(house: House, page: Page): Promise<void> {
  const row = page.getByRole('row', { name: /快手/ })
  await row.getByText('已发布').waitFor({ timeout: 120_000 })
  const [post, ...others] = (await sandboxPosts(house)).filter(({ caption }) =>
    caption.includes(words.body),
  )
  expect(others).toEqual([])
  expect(post?.platform).toBe('kuaishou')
  // Kuaishou has no title field: the title opens the caption, the hashtags close it.
  const wanted = `${words.title}\n${words.body}\n#颈椎 #推拿 #健康科普 `
  expect(Buffer.from(post?.title ?? '').equals(Buffer.from(''))).toBe(true)
  expect(Buffer.compare(Buffer.from(post?.caption ?? ''), Buffer.from(wanted))).toBe(0)
  expect(post?.videoSha256).toBe(sha256(clip))
  expect(post?.coverSha256).toBe(sha256(cover))
}

/** A link made on the desk, opened on a phone of its own. */
export async function handOff(house: House, page: Page, platform: RegExp): Promise<Page> {
  await go(page, '发布', '待手机发布')
  await page
    .getByRole('row', { name: platform })
    .filter({ hasText: topic })
    .filter({ hasText: '待手机发布' })
    .getByRole('button', { name: '扫码发布' })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '生成一次性链接' }).click()
  const link = await dialog.getByText(/#token=/).innerText()
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  const held = await house.person(`hand-off ${platform.source}`, phone)
  await held.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await held.goto(link.trim())
  await held.getByRole('heading', { name: topic }).waitFor()
  expect(held.url()).not.toContain('token')
  return held
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

async function copyAndDeclare(page: Page): Promise<void> {
  await page.getByRole('button', { name: '复制标题' }).tap()
  expect(await clipboard(page)).toBe(words.title)
  await page.getByRole('button', { name: '复制文案' }).tap()
  expect(await clipboard(page)).toBe(`${words.body}\n#颈椎 #推拿 #健康科普 `)
  for (const box of await page.getByRole('checkbox').all()) await box.tap()
}

/** The share link opens the app with the video in it; the platform itself tells that it is out. */
export async function postOnDouyin(house: House, page: Page): Promise<void> {
  await copyAndDeclare(page)
  const before = (await sandboxPosts(house)).length
  await page.getByRole('link', { name: /^打开抖音/ }).tap()
  await page.getByRole('button', { name: '发布', exact: true }).tap()
  await page.getByText('✓ 已发布').waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByRole('heading', { name: '发布完成' }).waitFor()
  const posts = await sandboxPosts(house)
  expect(posts).toHaveLength(before + 1)
  expect(posts[0]).toMatchObject({ platform: 'douyin', videoSha256: sha256(clip) })
}

/** A platform without any way in: posted by hand, proved by the link. */
export async function postOnXiaohongshu(page: Page): Promise<void> {
  await copyAndDeclare(page)
  await page
    .getByLabel('作品链接')
    .fill('颈椎 https://www.xiaohongshu.com/explore/6740a1b2000000001d03c4e5 复制本条')
  await page.getByText('是小红书的作品链接').waitFor()
  await page.getByRole('button', { name: '完成', exact: true }).tap()
  await page.getByRole('heading', { name: '发布完成' }).waitFor()
}

export async function allPublished(page: Page, item: string): Promise<void> {
  await page.goto(`${item}/publish`)
  for (const platform of [/快手/, /抖音/, /小红书/])
    await page.getByRole('row', { name: platform }).getByText('已发布').waitFor()
}
