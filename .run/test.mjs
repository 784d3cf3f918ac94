// `npm test`: brings what the tests need, runs all of them, and ends with `N passed, N failed[, N skipped]`.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, install, node, root } from './prepare.mjs'

const works = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Programs the tests drive, the Debian package that brings each, and what is left out without it. */
const tools = [
  {
    name: 'redis-server',
    present: () => works('redis-server', ['--version']),
    packages: ['redis-server'],
    leavesOut: '队列在 Redis 上的测试 · the queue suite on Redis',
  },
  {
    name: 'ffmpeg',
    present: () => works('ffmpeg', ['-version']) && works('ffprobe', ['-version']),
    packages: ['ffmpeg'],
    leavesOut: '',
  },
  {
    // A minute of installing for one back end of three: only what is there is used.
    name: 'postgresql',
    present: () => existsSync('/usr/lib/postgresql'),
    packages: ['postgresql'],
    optional: true,
    leavesOut: '队列在 PostgreSQL 上的测试 · the queue suite on PostgreSQL',
  },
  {
    name: 'chromium',
    present: () => existsSync('/usr/bin/chromium'),
    packages: ['chromium'],
    leavesOut: '浏览器里的整条流程 · the journeys in a browser',
  },
  {
    name: '中文字体 a Chinese font',
    present: () => /\S/.test(spawnSync('fc-list', [':lang=zh']).stdout?.toString() ?? ''),
    packages: ['fonts-noto-cjk', 'fontconfig'],
    leavesOut: '',
  },
]

function bringTools() {
  const missing = tools.filter((tool) => !tool.present())
  if (missing.length === 0) return
  const wanted = missing.filter((tool) => !tool.optional)
  const mayInstall = process.getuid?.() === 0 && works('apt-get', ['--version'])
  if (mayInstall && wanted.length > 0) {
    const packages = wanted.flatMap((tool) => tool.packages)
    console.log(`安装测试所需 · installing what the tests need: ${packages.join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const quiet = { stdio: 'ignore', env }
    spawnSync('apt-get', ['update', '-qq'], quiet)
    // Packages start their service by themselves; the tests start their own, on their own port.
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      ...quiet,
      env: { ...env, RUNLEVEL: '1' },
    })
  }
  for (const tool of missing.filter((one) => !one.present()))
    console.log(
      `缺少 ${tool.name}：${tool.leavesOut || '用内置的代替'}；安装 ${tool.packages.join(' ')} 即可 · ` +
        `${tool.name} is missing; install ${tool.packages.join(' ')} to include it`,
    )
}

const counts = { passed: 0, failed: 0, skipped: 0 }
const started = Date.now()

install()
bringTools()

/** The checks count as one test each. */
const check = (name, command, args) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  console.log(`${status === 0 ? '✓' : '✗'} ${name}`)
  counts[status === 0 ? 'passed' : 'failed']++
}
buildWeb()
const bin = (name) => join(root, 'node_modules', '.bin', name)
check('biome', bin('biome'), ['check', '--error-on-warnings', '.'])
check('tsc', bin('tsc'), ['-b'])
check('knip', node, [join(root, 'node_modules/knip/bin/knip.js')])

/** Runs vitest once and adds up what it reports. */
function vitest(name, args) {
  const report = join(root, 'node_modules', '.cache', 'xingbo', `vitest-${name}.json`)
  rmSync(report, { force: true })
  const { status } = spawnSync(
    node,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { cwd: root, stdio: 'inherit' },
  )
  const before = counts.failed
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, 'utf8'))
    counts.passed += result.numPassedTests
    counts.failed += result.numFailedTests
    counts.skipped += result.numPendingTests + result.numTodoTests
  }
  // A file that did not even load, or a runner that broke, has no failed test to count.
  if (status !== 0 && counts.failed === before) counts.failed++
}

const only = process.argv.slice(2)
if (only.length > 0) vitest('only', only)
else {
  /** Whole products with a queue, a browser or a kill in them: one after the other, so that none starves another. */
  const heavy = ['queue', 'faults', 'e2e']
  const light = ['conventions', 'shared', 'api', 'platforms', 'compliance', 'imports', 'web']
  const projects = (names) => names.flatMap((name) => ['--project', name])
  vitest('light', projects(light))
  for (const name of heavy) vitest(name, projects([name]))
}

console.log(`${Math.round((Date.now() - started) / 1000)} s`)
console.log(
  `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`,
)
process.exit(counts.failed > 0 ? 1 : 0)
