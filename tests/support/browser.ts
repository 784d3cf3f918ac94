import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

export const desktop = { viewport: { width: 1440, height: 900 } } as const
export const phone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
} as const
export type Device = typeof desktop | typeof phone

const executablePath = '/usr/bin/chromium'
/** Journeys are left out, and counted as skipped, where there is no browser to make them in. */
export const hasBrowser = existsSync(executablePath)

/** Chromium without a word to the outside. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** Everything a page complains of: console errors, uncaught errors, what the content policy stopped. */
export function listen(context: BrowserContext, who: string, complaints: string[]): void {
  const note = (page: Page, what: string) =>
    complaints.push(`${who} at ${new URL(page.url()).pathname}: ${what}`)
  const watch = (page: Page) => {
    page.on('pageerror', (error) => note(page, error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') note(page, `${message.text()} ${message.location().url}`)
    })
  }
  context.on('page', watch)
}

/** A browser profile of its own, in Chinese and in Shanghai unless told otherwise. */
export const openContext = (
  browser: Browser,
  device: Device,
  locale: 'zh-CN' | 'en-US' = 'zh-CN',
): Promise<BrowserContext> =>
  browser.newContext({
    ...device,
    locale,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
