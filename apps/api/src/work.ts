import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { BadSetting, readEnv, settingsFrom } from './env.ts'
import { productVersion } from './http/version.ts'
import { createLog } from './log.ts'
import { buildPlatforms } from './platforms/registry.ts'
import { openBackend } from './queue/backend.ts'
import { runWorker, type WorkerOptions } from './worker/run-worker.ts'

/** An upload is called off and a claim given back at once; a call that is on its way may take a while. */
const STOP_WITHIN_MS = 25_000

function needed<T>(value: T | null | undefined, name: string): T {
  if (value !== null && value !== undefined) return value
  throw new BadSetting(`工作节点需要设置 ${name} · a worker needs the setting ${name}`)
}

/** `node main.ts work`: sends posts for a server elsewhere, with no database and no secrets of its own. */
export async function startWork(checkpoint?: WorkerOptions['checkpoint']): Promise<void> {
  const env = readEnv(process.env)
  const settings = settingsFrom(env)
  const queueUrl = needed(settings.queueUrl, 'REDIS_URL')
  const apiUrl = needed(env.XINGBO_API_URL, 'XINGBO_API_URL')
  const credential = needed(env.XINGBO_WORKER_TOKEN, 'XINGBO_WORKER_TOKEN')
  const log = createLog(env.XINGBO_LOG)
  const { protocol, hostname } = new URL(apiUrl)
  if (protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    log.warn('XINGBO_API_URL is http: tokens travel in clear text; use https beyond this machine')
  const dir = join(settings.dataDir, 'worker')
  // What an earlier run downloaded is of no use: each claim downloads its own.
  rmSync(join(dir, 'files'), { recursive: true, force: true })
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const backend = await openBackend(queueUrl)
  for (const advice of backend.advice) log.warn(advice.en)
  const worker = await runWorker({
    apiUrl,
    credential,
    dir,
    version: productVersion,
    backend,
    platforms: buildPlatforms(settings.platforms),
    log: log as FastifyBaseLogger,
    ...(checkpoint && { checkpoint }),
  })
  process.stdout.write(`杏播工作节点已连上 · Xingbo worker, connected to ${apiUrl}\n`)

  let stopping = false
  const stop = async (code: number) => {
    if (stopping) process.exit(1)
    stopping = true
    const late = setTimeout(() => process.exit(1), STOP_WITHIN_MS)
    await worker.close()
    await backend.close()
    clearTimeout(late)
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  void worker.dismissed.then(() => {
    process.stderr.write(`${dismissedText}\n`)
    void stop(1)
  })
}

const dismissedText =
  '这个工作节点的凭证已被撤销，停止运行。\nThis worker’s credential has been taken back; it stops.'
