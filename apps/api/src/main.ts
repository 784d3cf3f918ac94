import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyBaseLogger } from 'fastify'
import { DataFolderTaken, takeDataFolder } from './db/data-lock.ts'
import { openDatabase } from './db/database.ts'
import { checkDatabase, migrateDatabase } from './db/migrate.ts'
import { demoLogins, demoPassword, loadDemo } from './demo/load-demo.ts'
import type { Deps } from './deps.ts'
import { BadSetting, readEnv, settingsFrom } from './env.ts'
import { jobsOf } from './jobs.ts'
import { createLog } from './log.ts'
import { offerSetup } from './modules/identity/setup.service.ts'
import { clockSkewMs } from './platforms/clock.ts'
import { buildPlatforms } from './platforms/registry.ts'
import { robotSender } from './platforms/robots.ts'
import { startProduct } from './product.ts'
import { UnusableQueue } from './queue/backend.ts'
import { startSandbox } from './sandbox/sandbox.ts'
import { createVault, masterKeyFrom } from './security/vault.ts'
import { startWork } from './work.ts'
import { Dismissed } from './worker/api.ts'

/** After this long a stop no longer waits for what is still running; boot recovery takes it up. */
const STOP_WITHIN_MS = 9_000

const say = (line: string) => process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const env = readEnv(process.env)
  const settings = settingsFrom(env)
  mkdirSync(settings.mediaDir, { recursive: true })
  const log = createLog(env.XINGBO_LOG)
  const lock = takeDataFolder(settings.dataDir, {
    pid: process.pid,
    since: new Date().toISOString(),
    address: settings.publicUrl,
  })
  const db = openDatabase(join(settings.dataDir, 'xingbo.db'))
  const damage = checkDatabase(db)
  if (damage.length > 0)
    throw new Error(`数据库文件已损坏，请从备份恢复 · the database file is damaged: ${damage[0]}`)
  migrateDatabase(db)
  const masterKey = env.XINGBO_MASTER_KEY
    ? Buffer.from(env.XINGBO_MASTER_KEY, 'base64')
    : masterKeyFrom(join(settings.dataDir, 'secrets', 'master.key'))
  const deps: Deps = {
    db,
    now: () => new Date(),
    clockSkewMs: () => clockSkewMs(new Date()),
    vault: createVault(masterKey),
    settings,
    platforms: buildPlatforms(settings.platforms),
    robots: robotSender(() => new Date()),
    log,
  }

  const built = fileURLToPath(new URL('../../web/dist', import.meta.url))
  // Without a build only the API is served, as `npm run dev` and API work want it.
  const webDir = existsSync(join(built, 'index.html')) ? built : null
  const sandbox =
    settings.sandboxPort === null
      ? null
      : await startSandbox({
          port: settings.sandboxPort,
          dir: join(settings.dataDir, 'sandbox'),
          apps: settings.platforms,
          webhookUrl: `http://127.0.0.1:${settings.port}/api/webhooks/douyin`,
          log: log as FastifyBaseLogger,
        })
  if (settings.demo && (await loadDemo(deps))) log.info('the demo was loaded')
  const product = await startProduct(deps, jobsOf(deps), { webDir, dataLockHeld: lock.held })

  say('')
  say(`  杏播 Xingbo   ${settings.publicUrl}`)
  if (sandbox) say(`  沙箱 Sandbox   ${sandbox.url}`)
  if (settings.demo) {
    say('')
    say(`  演示账号 Demo logins   密码 password: ${demoPassword}`)
    for (const { username, role } of demoLogins) say(`    ${username.padEnd(14)} ${role}`)
  }
  const token = await offerSetup(deps)
  if (token) say(`  首次设置口令 First-run token   ${token}`)
  say('')

  let stopping = false
  const stop = async () => {
    if (stopping) process.exit(1)
    stopping = true
    const late = setTimeout(() => process.exit(1), STOP_WITHIN_MS)
    await product.close()
    await sandbox?.close()
    db.close()
    lock.release()
    clearTimeout(late)
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** `work`: only sends, for a server elsewhere; without a word: everything in this process. */
const [mode] = process.argv.slice(2)
const ways: Readonly<Record<string, () => Promise<void>>> = { serve: main, work: startWork }
const unknownMode = () =>
  Promise.reject(
    new BadSetting(
      `不认识「${mode}」；可用：serve、work · unknown mode ${mode}; use serve or work`,
    ),
  )
const start = ways[mode ?? 'serve'] ?? unknownMode

start().catch((error: unknown) => {
  const known = [BadSetting, DataFolderTaken, UnusableQueue, Dismissed].some(
    (kind) => error instanceof kind,
  )
  const text =
    error instanceof Error
      ? known
        ? error.message
        : (error.stack ?? error.message)
      : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
})
