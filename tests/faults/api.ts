import { join } from 'node:path'
import pino from 'pino'
import { buildApp } from '../../apps/api/src/app.ts'
import { openDatabase } from '../../apps/api/src/db/database.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readEnv, settingsFrom } from '../../apps/api/src/env.ts'
import { jobsOf } from '../../apps/api/src/jobs.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { robotSender } from '../../apps/api/src/platforms/robots.ts'
import { startProduct } from '../../apps/api/src/product.ts'
import { createVault } from '../../apps/api/src/security/vault.ts'

/**
 * The API in a process of its own: `node api.ts '{"dir": …, "port": …, "from": ms}'`, with `"queue": true` the whole
 * product in real time. Prints `ready`; SIGTERM ends it as it ends the product.
 */
type Order = {
  readonly dir: string
  readonly port: number
  readonly sandbox?: number
  readonly from?: number
  readonly queue?: boolean
}
const order = JSON.parse(process.argv[2] ?? '{}') as Order
const settings = settingsFrom(
  readEnv({
    XINGBO_DATA: order.dir,
    XINGBO_PORT: String(order.port),
    XINGBO_SANDBOX_PORT: String(order.sandbox ?? 1),
    XINGBO_LOG: 'silent',
  }),
)
const born = Date.now()
const now = () => new Date(order.from === undefined ? Date.now() : order.from + Date.now() - born)
const deps: Deps = {
  db: openDatabase(join(order.dir, 'xingbo.db')),
  now,
  vault: createVault(Buffer.alloc(32, 7)),
  settings,
  platforms: buildPlatforms({ ...settings.platforms, deadlineMs: 3_000 }, { now }),
  robots: robotSender(now),
  log: pino({ level: 'silent' }) as unknown as Deps['log'],
}
if (order.queue) {
  const product = await startProduct(deps, jobsOf(deps), { webDir: null })
  process.once('SIGTERM', async () => {
    await product.close()
    deps.db.close()
    process.exit(0)
  })
} else {
  const app = await buildApp(deps, { webDir: null })
  await app.listen({ host: '127.0.0.1', port: order.port })
}
process.stdout.write('ready\n')
