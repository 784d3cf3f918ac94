// Plain JavaScript without dependencies: it runs on whatever Node (20 or newer) the machine has, before
// anything is installed. It brings node_modules up to the lock file and the web up to its sources.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const node = join(root, 'node_modules', '.bin', 'node')
const cache = join(root, 'node_modules', '.cache', 'xingbo')

const hashOf = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Runs a command in the project's root and ends this process when it fails. */
export function must(command, args, options = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (status !== 0) process.exit(status ?? 1)
}

const stampOf = (name) => {
  const file = join(cache, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
const stamp = (name, value) => {
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, name), value)
}

/** Installs exactly what the lock file says, unless that has been done. */
export function install() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    console.error(`需要 Node 20 或更新，现在是 ${process.version} · Node 20 or newer is needed`)
    process.exit(1)
  }
  const lock = hashOf(readFileSync(join(root, 'package-lock.json')))
  if (existsSync(node) && stampOf('install') === lock) return
  console.log('安装依赖（约一分钟）… Installing dependencies (about a minute) …')
  must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  stamp('install', lock)
}

function* filesUnder(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue
    const path = join(dir, entry.name)
    if (entry.isDirectory()) yield* filesUnder(path)
    else yield path
  }
}

/** Builds the web, unless it was built from these very sources. */
export function buildWeb() {
  const sources = [
    ...filesUnder(join(root, 'apps/web')),
    ...filesUnder(join(root, 'packages/shared')),
  ]
    .filter((file) => statSync(file).isFile() && !file.endsWith('.gen.ts'))
    .flatMap((file) => [file.slice(root.length), readFileSync(file)])
  const wanted = hashOf(...sources, readFileSync(join(root, 'package-lock.json')))
  if (existsSync(join(root, 'apps/web/dist/index.html')) && stampOf('web') === wanted) return
  console.log('构建网页… Building the web …')
  must(node, [
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    'apps/web',
    '--logLevel',
    'warn',
  ])
  stamp('web', wanted)
}
