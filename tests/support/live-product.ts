import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url))
/** Loading the demo takes about 20 s on two cores; a machine under load gets three minutes. */
const READY_WITHIN_MS = 180_000
const STOP_WITHIN_MS = 10_000

export type LiveProduct = {
  readonly url: string
  readonly sandboxUrl: string
  /** All it has printed so far. */
  readonly said: () => string
  /** Ends it as Ctrl-C would and removes its folder; throws when it does not end in time. */
  readonly stop: () => Promise<void>
}

/** The product as `npm start` runs it, in a process, a folder and on ports of its own. */
export async function startLiveProduct(env: Record<string, string> = {}): Promise<LiveProduct> {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-live-'))
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const child = spawn(node, [main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      XINGBO_DATA: dir,
      XINGBO_PORT: String(port),
      XINGBO_SANDBOX_PORT: String(sandboxPort),
      XINGBO_LOG: 'warn',
      ...env,
    },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    child.kill('SIGINT')
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
    await ended
    clearTimeout(late)
    rmSync(dir, { recursive: true, force: true })
    if (child.exitCode !== 0) throw new Error(`the product did not stop cleanly:\n${printed}`)
  }
  const giveUpAt = Date.now() + READY_WITHIN_MS
  for (;;) {
    const ready = await fetch(`${url}/readyz`).catch(() => null)
    if (ready?.ok)
      return { url, sandboxUrl: `http://127.0.0.1:${sandboxPort}`, said: () => printed, stop }
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      child.kill('SIGKILL')
      throw new Error(`the product did not start:\n${printed}`)
    }
    await new Promise((go) => setTimeout(go, 200))
  }
}
