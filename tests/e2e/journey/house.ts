import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demoPassword } from '../../../apps/api/src/demo/load-demo.ts'
import { type Device, desktop, launchBrowser, listen, openContext } from '../../support/browser.ts'
import { type LiveProduct, startLiveProduct } from '../../support/live-product.ts'

export const fixture = (path: string) =>
  fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url))
const artifacts = fileURLToPath(new URL('../../.artifacts/journey/', import.meta.url))

/** The real product and a browser with several people in it, each with a profile of their own. */
export class House {
  readonly product: LiveProduct
  private readonly browser: Browser
  /** Whatever any page complained of, at any time. */
  readonly complaints: string[] = []
  private readonly people = new Map<string, BrowserContext>()

  private constructor(product: LiveProduct, browser: Browser) {
    this.product = product
    this.browser = browser
  }

  static async open(): Promise<House> {
    // The demo's eight weeks end where the sample exports of `tests/fixtures` do.
    const product = await startLiveProduct({ XINGBO_DEMO_AS_OF: '2026-11-21' })
    return new House(product, await launchBrowser())
  }

  async person(who: string, device: Device): Promise<Page> {
    const context = await openContext(this.browser, device)
    listen(context, who, this.complaints)
    this.people.set(who, context)
    return context.newPage()
  }

  /** At a desk, by name and password. */
  async signIn(username: string): Promise<Page> {
    const page = await this.person(username, desktop)
    await page.goto(`${this.product.url}/login`)
    await page.getByLabel('账号名').fill(username)
    await page.getByLabel('密码').fill(demoPassword)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    return page
  }

  /** What everybody sees right now, for whoever has to find out why it failed. */
  async photograph(): Promise<void> {
    mkdirSync(artifacts, { recursive: true })
    for (const [who, context] of this.people)
      for (const [n, page] of context.pages().entries())
        await page.screenshot({ path: `${artifacts}${who}-${n}.png` })
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.product.stop()
  }
}

/** By the main navigation; a section's name may bear a count. */
export async function go(page: Page, ...names: string[]): Promise<void> {
  for (const name of names)
    await page
      .getByRole('navigation', { name: '主导航' })
      .getByRole('link', { name: new RegExp(`^${name}\\s*\\d*$`) })
      .click()
}
