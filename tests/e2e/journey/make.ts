import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { phone } from '../../support/browser.ts'
import { fixture, go, type House } from './house.ts'

/** The doctor's topic, and so the item's own name. */
export const topic = '颈椎推拿的适应与禁忌'

/** What the operator types for each platform, and what that platform must receive, byte for byte. */
export const words = {
  title: '这几种情况，先别做颈椎推拿',
  body: '脖子一僵先别急着按。走路像踩棉花、手脚没力气，先去医院做检查。\n健康科普，不能代替面诊。',
  tags: ['颈椎', '推拿', '健康科普'],
} as const

/** A doctor's topic becomes an item; returns its address. */
export async function startFromTopic(page: Page): Promise<string> {
  await go(page, '内容看板', '选题')
  await page.getByRole('row', { name: topic }).getByRole('button', { name: '开始制作' }).click()
  const drawer = page.getByRole('dialog', { name: `用「${topic}」开始制作` })
  await drawer.getByLabel('发布平台').click()
  for (const platform of ['抖音', '小红书', '快手'])
    await page.getByTitle(platform, { exact: true }).click()
  await page.keyboard.press('Escape')
  await drawer.getByRole('button', { name: '开始制作' }).click()
  await page.waitForURL(/\/contents\/[^/]+\/script$/)
  return page.url().replace(/\/script$/, '')
}

/** The real script by its file, a caption for each platform, v1, to the doctor; returns the doctor's link. */
export async function writeScript(page: Page): Promise<string> {
  await page.getByRole('button', { name: '导入文本' }).click()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('dialog').getByRole('button', { name: '选文件' }).click(),
  ])
  await chooser.setFiles(fixture('scripts/01-tuina-neck.md'))
  await page.getByText('读出《这几种情况，先别做颈椎推拿》').waitFor()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  for (const platform of ['抖音', '小红书', '快手']) {
    await page.getByRole('tab', { name: platform }).click()
    await page.getByLabel(`${platform} 标题`).fill(words.title)
    await page.getByLabel(`${platform} 文案`).fill(words.body)
    for (const tag of words.tags) {
      await page.getByLabel(`${platform} 话题`).fill(tag)
      await page.keyboard.press('Enter')
    }
  }
  await page.getByText(/草稿已保存/).waitFor()
  await page.getByRole('button', { name: '保存为 v1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '保存为 v1' }).click()
  await page.getByText('v1 还没有送医生审核').waitFor()
  await page.getByRole('button', { name: '送医生审核' }).click()
  await page.getByText('v1 等陆闻溪签发').waitFor()
  await page.getByRole('button', { name: '签发链接' }).click()
  const link = await page.getByRole('textbox', { name: '签发链接' }).inputValue()
  await page.keyboard.press('Escape')
  return link
}

export async function signOnPhone(house: House, link: string): Promise<void> {
  const page = await house.person('dr.lu', phone)
  await page.goto(link)
  await page.getByText('这是您第一次看这条脚本').waitFor()
  await page.getByText('请立即拨打120').waitFor()
  expect(page.url()).not.toContain('token')
  await page.getByRole('button', { name: '通过' }).tap()
  await page.getByRole('textbox').fill('陆闻溪')
  await page.getByRole('button', { name: '签发', exact: true }).tap()
  await page.getByText('已签发', { exact: true }).waitFor()
}

export async function passCompliance(page: Page): Promise<void> {
  await go(page, '审核')
  await page.getByRole('row', { name: topic }).click()
  await page.getByText('引擎检查的是第 1 版').waitFor()
  await page.getByRole('button', { name: '通过', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('科普内容，来源已核对，没有就诊引导')
  await dialog.getByRole('button', { name: '通过', exact: true }).click()
  await page.getByText('何静澜 通过').waitFor()
}

/** The real video and cover through the page; chosen, then to final review. */
export async function bringMedia(page: Page, item: string): Promise<void> {
  await page.goto(`${item}/media`)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByText('把视频或封面图拖到这里').click(),
  ])
  await chooser.setFiles([fixture('media/clip.mp4'), fixture('media/cover.jpg')])
  for (const [name, choose, done] of [
    ['clip.mp4', '定为成片', '成片已定为「clip.mp4」'],
    ['cover.jpg', '定为封面', '封面已定为「cover.jpg」'],
  ] as const) {
    await page
      .getByRole('button', { name: new RegExp(`^${name}.*可用`) })
      .click({ timeout: 60_000 })
    await page.getByRole('button', { name: choose }).click()
    await page.getByText(done).waitFor()
  }
  await page.getByRole('button', { name: '送终审' }).click()
  await page.getByText(/已移到终审/).waitFor()
}

export async function passFinalReview(page: Page): Promise<void> {
  await go(page, '审核')
  await page.getByRole('row', { name: topic }).click()
  await page.getByRole('button', { name: '终审通过' }).click()
  await page.getByText(/已移到待排期/).waitFor()
}
