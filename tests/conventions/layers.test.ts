import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/**
 * The architecture, as a table. The first layer whose pattern fits names a file. `may`: layers it may import
 * from anywhere. `own`: layers it may import from its own module or feature only.
 * `type`: layers of which it may take types and nothing else.
 */
type Layer = {
  name: string
  at: RegExp
  may: string[]
  own?: string[]
  type?: string[]
  /** Single files it may use besides. */
  run?: string[]
}
const module = (kind: string) => new RegExp(`^apps/api/src/modules/[^/]+/[^/]+\\.${kind}\\.ts$`)

/** The port says, besides its types, which of a platform's ways is the interface. */
const platformPort = 'apps/api/src/platforms/platform.port.ts'

const layers: Layer[] = [
  { name: 'shared', at: /^packages\/shared\/src\//, may: ['shared'] },

  { name: 'db', at: /^apps\/api\/src\/db\//, may: ['shared', 'db'] },
  { name: 'security', at: /^apps\/api\/src\/security\//, may: ['security'] },
  { name: 'queue', at: /^apps\/api\/src\/queue\//, may: ['shared', 'db', 'queue'] },
  { name: 'platforms', at: /^apps\/api\/src\/platforms\//, may: ['shared', 'platforms'] },
  {
    name: 'sandbox',
    at: /^apps\/api\/src\/sandbox\//,
    may: ['shared', 'sandbox'],
    type: ['platforms'],
  },
  {
    name: 'deps',
    at: /^apps\/api\/src\/(deps|env)\.ts$/,
    may: ['shared', 'deps'],
    type: ['db', 'security', 'platforms'],
  },
  { name: 'http', at: /^apps\/api\/src\/http\//, may: ['shared', 'db', 'http'], type: ['deps'] },

  {
    name: 'audit',
    at: /^apps\/api\/src\/modules\/audit\/(audit|changes|stale)\.ts$/,
    may: ['shared', 'db', 'http'],
    type: ['queue'],
  },
  {
    name: 'tool',
    at: /^apps\/api\/src\/modules\/(compliance\/engine|metrics\/parsing|media\/inspecting)\//,
    may: ['shared'],
    own: ['tool'],
    type: ['deps'],
  },
  {
    name: 'routes',
    at: module('routes'),
    may: ['shared', 'http', 'service', 'audit', 'security'],
    own: ['repository', 'presenter', 'tool', 'routes'],
    type: ['deps', 'db'],
  },
  {
    name: 'service',
    at: module('service'),
    may: ['shared', 'db', 'http', 'audit', 'service', 'job', 'security'],
    own: ['repository', 'presenter', 'pacing', 'tool'],
    type: ['deps', 'platforms', 'queue'],
    run: [platformPort],
  },
  { name: 'pacing', at: /^apps\/api\/src\/modules\/publishing\/pacing\.ts$/, may: [] },
  { name: 'repository', at: module('repository'), may: ['shared', 'db'], own: ['repository'] },
  {
    name: 'presenter',
    at: module('presenter'),
    may: ['shared'],
    own: ['presenter', 'repository'],
    type: ['service', 'tool'],
  },
  { name: 'job', at: module('job'), may: ['queue'] },
  {
    name: 'jobs',
    at: module('jobs'),
    may: ['shared', 'queue', 'job', 'service', 'audit'],
    own: ['repository', 'presenter', 'tool'],
    type: ['deps', 'db', 'platforms'],
  },
  {
    // Sends for a server elsewhere: it has the queue and the platforms, and no database.
    name: 'worker',
    at: /^apps\/api\/src\/worker\//,
    may: ['shared', 'queue', 'worker', 'job'],
    type: ['platforms'],
    run: ['apps/api/src/modules/publishing/publish-run.service.ts', platformPort],
  },
  {
    name: 'demo',
    at: /^apps\/api\/src\/demo\//,
    may: [
      'shared',
      'db',
      'security',
      'service',
      'audit',
      'demo',
      'tool',
      'deps',
      'sandbox',
      'repository',
    ],
  },
  {
    name: 'root',
    at: /^apps\/api\/src\/[^/]+\.ts$/,
    may: [
      'shared',
      'db',
      'http',
      'security',
      'queue',
      'platforms',
      'sandbox',
      'routes',
      'service',
      'jobs',
      'audit',
      'demo',
      'deps',
      'worker',
      'root',
    ],
  },

  { name: 'web/lib', at: /^apps\/web\/src\/lib\//, may: ['shared', 'web/lib'] },
  { name: 'web/ui', at: /^apps\/web\/src\/ui\//, may: ['shared', 'web/lib', 'web/ui'] },
  {
    name: 'web/phone',
    at: /^apps\/web\/src\/(phone|touch)\//,
    // Of ui only what has no antd inside; phone-budget.test.ts sees to it.
    may: ['shared', 'web/lib', 'web/ui', 'web/phone'],
  },
  {
    name: 'web/feature',
    at: /^apps\/web\/src\/features\//,
    may: ['shared', 'web/lib', 'web/ui'],
    own: ['web/feature'],
  },
  {
    name: 'web/route',
    at: /^apps\/web\/src\/(routes\/|main|router)/,
    may: ['shared', 'web/lib', 'web/ui', 'web/feature', 'web/route'],
  },
]

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = ['apps/api/src', 'apps/web/src', 'packages/shared/src']
  .flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((f) => join(dir, f)),
  )
  .filter((file) => /\.tsx?$/.test(file) && !/\.gen\.|\.d\.ts$/.test(file))
  .sort()

const layerOf = (file: string) => layers.find((layer) => layer.at.test(file))
const homeOf = (file: string) => /(?:modules|features)\/([^/]+)/.exec(file)?.[1]

function targetOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier))
  if (specifier.startsWith('@xingbo/shared/'))
    return `packages/shared/src/${specifier.slice('@xingbo/shared/'.length)}.ts`
  return undefined
}

/** Every import and re-export of a file: where to, and whether types only. */
function importsOf(file: string) {
  const text = readFileSync(join(root, file), 'utf8')
  return [
    ...text.matchAll(
      /(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?'([^']+)'|import\('([^']+)'\)/g,
    ),
  ].map(([, type, direct, lazy]) => ({
    typeOnly: type !== undefined,
    specifier: direct ?? lazy ?? '',
  }))
}

test('every file has a room, and every import follows the table', () => {
  const broken: string[] = []
  let checked = 0
  for (const file of files) {
    const layer = layerOf(file)
    if (!layer) {
      broken.push(`${file} stands in no layer`)
      continue
    }
    for (const { specifier, typeOnly } of importsOf(file)) {
      const target = targetOf(file, specifier)
      if (!target || /\.(css|svg|gen\.ts|json|csv)$/.test(target)) continue
      checked++
      const to = layerOf(target)?.name ?? 'no layer'
      const allowed =
        layer.may.includes(to) ||
        (layer.own?.includes(to) && homeOf(file) === homeOf(target)) ||
        layer.run?.includes(target) ||
        (typeOnly && layer.type?.includes(to))
      if (!allowed) broken.push(`${file} (${layer.name}) → ${target} (${to})`)
    }
  }
  expect(broken).toEqual([])
  expect(checked).toBeGreaterThan(200)
})

test('shared imports zod and itself, and nothing else', () => {
  const foreign = files
    .filter((file) => file.startsWith('packages/shared/'))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => !specifier.startsWith('.') && specifier !== 'zod')
        .map(({ specifier }) => `${file} → ${specifier}`),
    )
  expect(foreign).toEqual([])
})

test('no network call stands inside a transaction', () => {
  const suspects = files.filter((file) => {
    if (!module('service').test(file)) return false
    const text = readFileSync(join(root, file), 'utf8')
    return [...text.matchAll(/inTransaction\(async[\s\S]*?\n {2}\}\)/g)].some(([body]) =>
      /\bfetch\(|adapter\.|deps\.platforms|setTimeout\(/.test(body),
    )
  })
  expect(suspects).toEqual([])
})
