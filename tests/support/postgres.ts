import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

/** Where Debian keeps the newest server's programs; '' where there is none. */
function programs(): string {
  try {
    const root = '/usr/lib/postgresql'
    const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a))
    return newest ? join(root, newest, 'bin') : ''
  } catch {
    return ''
  }
}
const bin = programs()
export const hasPostgres = bin !== '' && spawnSync(join(bin, 'initdb'), ['--version']).status === 0

export type TestPostgres = { readonly url: string; stop(): Promise<void> }

/** A PostgreSQL of its own, on loopback, gone when stopped. It refuses to run as root, so root runs it as nobody. */
export async function startPostgres(): Promise<TestPostgres> {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-postgres-'))
  const nobody = 65_534
  const as = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
  chmodSync(dir, 0o700)
  if ('uid' in as) chownSync(dir, nobody, nobody)
  const data = join(dir, 'data')
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'xingbo', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { cwd: dir, encoding: 'utf8', ...as },
  )
  if (made.status !== 0) throw new Error(made.stderr)
  const port = await freePort()
  const child: ChildProcess = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', dir, '-c', 'fsync=off'],
    { cwd: dir, stdio: 'ignore', ...as },
  )
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries === 200) throw new Error('postgres did not start')
    await new Promise((go) => setTimeout(go, 50))
  }
  return {
    url: `postgres://xingbo@127.0.0.1:${port}/postgres`,
    async stop() {
      // Fast shutdown: whoever is still connected is cut off.
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGINT')
      await ended
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const answers = (port: number) =>
  new Promise<boolean>((tell) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      tell(true)
    })
    socket.once('error', () => tell(false))
  })
