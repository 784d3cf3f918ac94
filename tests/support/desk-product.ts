import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { sessions } from '../../apps/api/src/db/schema/identity.ts'
import { jobsOf } from '../../apps/api/src/jobs.ts'
import { startProduct } from '../../apps/api/src/product.ts'
import { type Device, desktop, listen, openContext } from './browser.ts'
import { freePort } from './free-port.ts'
import { addSixAccounts } from './six-accounts.ts'
import { keepCredentials, seedPeople, testDeps } from './test-app.ts'
import { freshDatabase } from './test-database.ts'

const webDir = join(import.meta.dirname, '../../apps/web/dist')

/**
 * The whole product in this process, with a queue and the built web, in the real time of a browser: institution `a` with six
 * accounts that people post on by hand.
 */
export async function deskProduct(browser: Browser, built = webDir) {
  if (!existsSync(join(built, 'index.html'))) throw new Error('build the web first: npm run build')
  const { db, dir } = freshDatabase()
  await seedPeople(db)
  await keepCredentials(db)
  const port = await freePort()
  const env = { XINGBO_PORT: String(port), XINGBO_SANDBOX: 'off' }
  const { deps } = testDeps(db, dir, env, true)
  await addSixAccounts(deps)
  await db.inTransaction(async (tx) => {
    await tx.update(sessions).set({ lastSeenAt: new Date(), expiresAt: new Date(Date.now() + 9e8) })
    // Its tokens end by the clock of the tests; here nothing is sent by the interface.
    await tx.update(accounts).set({ publishRoute: 'manual' }).where(eq(accounts.id, 'kuaishou-a'))
  })
  const product = await startProduct(deps, jobsOf(deps), { webDir: built })
  onTestFinished(() => product.close())
  const url = `http://127.0.0.1:${port}`

  const complaints: string[] = []
  const person = async (who: string | null, device: Device = desktop): Promise<Page> => {
    const context = await openContext(browser, device)
    onTestFinished(() => context.close())
    listen(context, who ?? 'phone', complaints)
    if (who) await context.addCookies([{ name: 'xingbo', value: `token-${who}-a`, url }])
    return context.newPage()
  }
  return { url, db, deps, person, complaints }
}
