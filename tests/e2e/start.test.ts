import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../support/free-port.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules/.bin/node')

type Started = { child: ChildProcess; text: () => string; ended: Promise<number | null> }

/** The product as `npm start` runs it, once everything is installed and built. */
function start(env: Record<string, string>): Started {
  const child = spawn(node, ['apps/api/src/main.ts'], {
    cwd: root,
    env: { ...process.env, XINGBO_LOG: 'warn', ...env },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part) => {
      text += String(part)
    })
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return { child, text: () => text, ended }
}

const answers = async (url: string): Promise<boolean> =>
  fetch(url).then(
    (res) => res.ok,
    () => false,
  )

test('starts with the demo, refuses a second on the same folder, stops on Ctrl-C, starts again quickly', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-start-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const port = String(await freePort())
  const env = { XINGBO_DATA: dir, XINGBO_PORT: port, XINGBO_SANDBOX_PORT: String(await freePort()) }
  const url = `http://127.0.0.1:${port}`

  const first = start(env)
  await expect.poll(() => answers(`${url}/readyz`), { timeout: 90_000, interval: 200 }).toBe(true)
  await expect.poll(first.text, { timeout: 5_000 }).toContain('ops.xiaoman')
  expect(first.text()).toContain(url)
  const page = await fetch(url)
  expect(page.headers.get('content-type')).toContain('text/html')

  const second = start({ ...env, XINGBO_PORT: String(await freePort()) })
  expect(await second.ended).toBe(1)
  expect(second.text()).toContain(String(first.child.pid))
  expect(second.text()).toContain(url)

  const stopping = Date.now()
  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  const stoppedIn = (Date.now() - stopping) / 1000
  expect(stoppedIn).toBeLessThan(10)

  const again = Date.now()
  const third = start(env)
  await expect.poll(() => answers(`${url}/readyz`), { timeout: 60_000, interval: 50 }).toBe(true)
  const startedIn = (Date.now() - again) / 1000
  process.stdout.write(
    `\nstopped in ${stoppedIn.toFixed(1)} s, second start served after ${startedIn.toFixed(1)} s\n`,
  )
  third.child.kill('SIGKILL')
  await third.ended
  // Killed the hard way, the folder is free at once.
  const fourth = start(env)
  await expect.poll(() => answers(`${url}/healthz`), { timeout: 60_000, interval: 200 }).toBe(true)
  fourth.child.kill('SIGTERM')
  expect(await fourth.ended).toBe(0)
})

test('without the demo an empty folder offers the first-run page and its token, and no sandbox', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-start-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const port = String(await freePort())
  const sandboxPort = String(await freePort())
  const run = start({
    XINGBO_DATA: dir,
    XINGBO_DEMO: '0',
    XINGBO_PORT: port,
    XINGBO_SANDBOX_PORT: sandboxPort,
  })
  const url = `http://127.0.0.1:${port}`
  await expect.poll(() => answers(`${url}/readyz`), { timeout: 60_000, interval: 200 }).toBe(true)
  await expect.poll(run.text, { timeout: 5_000 }).toMatch(/First-run token\s+\S{22}/)
  expect(await (await fetch(`${url}/api/setup`)).json()).toEqual({ needed: true, demo: false })
  expect(await answers(`http://127.0.0.1:${sandboxPort}/`)).toBe(false)
  run.child.kill('SIGTERM')
  expect(await run.ended).toBe(0)
})

test('a bad setting stops the start with a sentence that names it', async () => {
  const run = start({ XINGBO_PORT: 'eighty', XINGBO_MASTER_KEY: 'short' })
  expect(await run.ended).toBe(1)
  expect(run.text()).toContain('XINGBO_PORT')
  expect(run.text()).toContain('XINGBO_MASTER_KEY')
})
