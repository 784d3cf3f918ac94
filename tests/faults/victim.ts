import { join } from 'node:path'
import pino from 'pino'
import { openDatabase } from '../../apps/api/src/db/database.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readEnv, settingsFrom } from '../../apps/api/src/env.ts'
import { jobsOf } from '../../apps/api/src/jobs.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { robotSender } from '../../apps/api/src/platforms/robots.ts'
import { startProduct } from '../../apps/api/src/product.ts'
import { createVault } from '../../apps/api/src/security/vault.ts'

/**
 * The product in a process of its own, which ends itself the hard way at a named step:
 * `node victim.ts <data folder> <sandbox port> <step or none> [milliseconds after the step]`.
 * It prints `ready` once it serves.
 */
const [dir = '', sandboxPort = '', step = 'none', delay = '0'] = process.argv.slice(2)
const settings = settingsFrom(
  readEnv({
    XINGBO_DATA: dir,
    XINGBO_PORT: '0',
    XINGBO_SANDBOX_PORT: sandboxPort,
    XINGBO_LOG: 'silent',
    ...(process.env.REDIS_URL && { REDIS_URL: process.env.REDIS_URL }),
  }),
)
const deps: Deps = {
  db: openDatabase(join(dir, 'xingbo.db')),
  now: () => new Date(),
  vault: createVault(Buffer.alloc(32, 7)),
  settings,
  platforms: buildPlatforms({ ...settings.platforms, deadlineMs: 3_000 }),
  robots: robotSender(() => new Date()),
  log: pino({ level: 'silent' }) as unknown as Deps['log'],
}
const jobs = jobsOf(deps, async (reached) => {
  if (reached !== step) return
  await new Promise((go) => setTimeout(go, Number(delay)))
  process.kill(process.pid, 'SIGKILL')
})
await startProduct(deps, jobs, { webDir: null })
process.stdout.write('ready\n')
