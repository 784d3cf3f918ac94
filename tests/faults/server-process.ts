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

/** The server of a fleet in a process of its own, on the test's key; everything else comes as settings. */
const settings = settingsFrom(readEnv(process.env))
const deps: Deps = {
  db: openDatabase(join(settings.dataDir, 'xingbo.db')),
  now: () => new Date(),
  vault: createVault(Buffer.alloc(32, 7)),
  settings,
  platforms: buildPlatforms(settings.platforms),
  robots: robotSender(() => new Date()),
  log: pino({ level: 'silent' }) as unknown as Deps['log'],
}
const product = await startProduct(deps, jobsOf(deps), { webDir: null })
// The product sweeps every 15 s; a test has less time.
setInterval(() => void product.sweeper.sweep(), 2_000).unref()
process.on('SIGTERM', () => void product.close().then(() => process.exit(0)))
process.stdout.write('ready\n')
