import { execFile, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const nodePath = join(root, 'node_modules/.bin/node')
const run = promisify(execFile)

/** What a piece of module code prints, in a process of its own with these settings. */
export async function runNode(code: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await run(nodePath, ['--input-type=module', '-e', code], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  return stdout.trim()
}

/** Every source file of the product. */
export const sourceFiles = (): string[] =>
  ['apps/api/src', 'apps/web/src', 'packages/shared/src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null }
export type Started = {
  readonly pid: number
  readonly said: () => string
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Ended>
}

/** Starts one of this folder's programs. */
export function start(
  program: string,
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly node?: readonly string[] } = {},
): Started {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const child = spawn(nodePath, [...(options.node ?? []), file, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...options.env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const ended = new Promise<Ended>((done) =>
    child.once('exit', (code, signal) => done({ code, signal })),
  )
  return {
    pid: child.pid ?? 0,
    said: () => said,
    kill: (signal) => void child.kill(signal),
    ended,
  }
}
