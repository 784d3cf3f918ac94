import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { errorBody } from '@xingbo/shared/errors'
import { type Role, roles } from '@xingbo/shared/identity/actor'
import { permissions, type RouteKey } from '@xingbo/shared/identity/permissions'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { memberships, sessions, users } from '../../apps/api/src/db/schema/identity.ts'
import { schedule } from '../../apps/api/src/modules/publishing/schedule.service.ts'
import { seededRandom } from '../support/random.ts'
import { readyItem } from '../support/ready-item.ts'
import { testApp, testNow } from '../support/test-app.ts'

/** Another seed: FUZZ_SEED=7. More of it: FUZZ_ROUNDS=40. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121)
const rounds = Number(process.env.FUZZ_ROUNDS ?? 6)
const random = seededRandom(seed)

type Endpoint = { route: RouteKey; query?: z.ZodType; body?: z.ZodType }
const shared = fileURLToPath(new URL('../../packages/shared/src/', import.meta.url))
const modules = await Promise.all(
  readdirSync(shared, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.schema.ts'))
    .map((file): Promise<unknown> => import(`${shared}${file}`)),
)
const endpoints = new Map(
  modules
    .flatMap((module) => Object.values(module as Record<string, unknown>))
    .filter((one): one is Endpoint => typeof one === 'object' && one !== null && 'route' in one)
    .map((one) => [one.route, one]),
)

const nasty: readonly unknown[] = [
  '',
  ' ',
  'null',
  "' OR 1=1; DROP TABLE users; --",
  '" UNION SELECT password_hash FROM users --',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '../../../../etc/passwd',
  '..%2f..%2fsecrets%2fmaster.key',
  '%00',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\u202egnp.exe',
  '𠮷'.repeat(500),
  'x'.repeat(20_000),
  '__proto__',
  'constructor',
  'toString',
  '=cmd|"/c calc"!A1',
  '{{7*7}}#{7*7}',
  '2026-02-30',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  '2026-11-21T10:00:00+99:99',
  'Mars/Olympus',
  '19900001234',
  0,
  -1,
  1,
  1.5,
  -0,
  1e308,
  2 ** 53,
  -(2 ** 63),
  true,
  false,
  null,
  [],
  {},
  [[[[[[]]]]]],
  { $gt: '' },
  { toString: 1, length: -1 },
  Array.from({ length: 2_000 }, () => 0),
]
const nastyText = nasty.filter((one) => typeof one === 'string')

type Shape = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  anyOf?: Shape[]
  oneOf?: Shape[]
  minLength?: number
  maxLength?: number
  maxItems?: number
  pattern?: string
  minimum?: number
  maximum?: number
  additionalProperties?: Shape | boolean
}

/** Something the shape would take, spoilt here and there: deep enough to reach what stands behind the door. */
function likely(shape: Shape, name: string, ids: Ids, spoil: number): unknown {
  if (random.chance(spoil)) return random.pick(nasty)
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return likely(random.pick(choices), name, ids, spoil)
  if ('const' in shape) return shape.const
  if (shape.enum) return random.pick(shape.enum)
  switch (shape.type) {
    case 'object': {
      const made: Record<string, unknown> = {}
      for (const [key, inner] of Object.entries(shape.properties ?? {}))
        if (shape.required?.includes(key) || random.chance(0.5))
          made[key] = likely(inner, key, ids, spoil)
      if (typeof shape.additionalProperties === 'object')
        made[String(random.pick(nastyText))] = likely(shape.additionalProperties, name, ids, spoil)
      if (random.chance(spoil)) made[String(random.pick(nastyText))] = random.pick(nasty)
      return made
    }
    case 'array':
      return Array.from({ length: random.below(4) }, () =>
        likely(shape.items ?? {}, name, ids, spoil),
      )
    case 'integer':
    case 'number':
      return name === 'revision'
        ? 1 + random.below(3)
        : random.pick([shape.minimum ?? 0, shape.maximum ?? 1, 1, 7, 0])
    case 'boolean':
      return random.chance(0.5)
    case 'null':
      return null
    default:
      return likelyText(shape, name, ids)
  }
}

function likelyText(shape: Shape, name: string, ids: Ids): string {
  if (shape.format === 'date') return random.pick(['2026-11-01', '2026-12-24', '1970-01-01'])
  if (shape.format === 'date-time')
    return random.pick([
      new Date(testNow.getTime() + 3_600_000).toISOString(),
      '1970-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ])
  const own = ids[name]
  if (own && random.chance(0.8)) return random.pick(own)
  return random.pick(['颈椎推拿', 'Asia/Shanghai', 'abcdefgh1234', ...Object.values(ids).flat()])
}

type Ids = Record<string, readonly string[]>
const hint = new Map<RouteKey, { body: Shape | null; query: Shape | null }>()
function shapesOf(key: RouteKey) {
  let known = hint.get(key)
  if (!known) {
    const endpoint = endpoints.get(key)
    const shape = (schema: z.ZodType | undefined) =>
      schema
        ? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Shape)
        : null
    known = { body: shape(endpoint?.body), query: shape(endpoint?.query) }
    hint.set(key, known)
  }
  return known
}

const encode = (value: unknown): string => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // A lone surrogate cannot be written in an address.
  return random.chance(0.05)
    ? '%ZZ%'
    : encodeURIComponent(
        [...text]
          .slice(0, 3_000)
          .join('')
          .replace(/\p{Cs}/gu, ''),
      )
}

function urlOf(key: RouteKey, ids: Ids): string {
  const path = key
    .slice(key.indexOf(' ') + 1)
    .replace(/:(\w+)/g, (_all, name: string) => {
      const own = ids[name]
      return own && random.chance(0.7)
        ? encodeURIComponent(random.pick(own))
        : encode(random.pick(nastyText))
    })
    .replace('*', () => encode(random.pick(nastyText)))
  const { query } = shapesOf(key)
  const pairs: string[] = []
  for (const [name, shape] of Object.entries(query?.properties ?? {}))
    if (random.chance(0.4)) pairs.push(`${name}=${encode(likely(shape, name, ids, 0.4))}`)
  if (random.chance(0.2))
    pairs.push(`${encode(random.pick(nastyText))}=${encode(random.pick(nasty))}`)
  if (random.chance(0.1)) pairs.push('page=1&page=2&q=a&q=b&__proto__[x]=1&institution=b')
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path
}

function payloadOf(key: RouteKey, ids: Ids): { payload?: string; type?: string } {
  if (!/^(POST|PUT|PATCH) /.test(key)) return {}
  const kind = random.below(20)
  if (kind === 0) return { payload: '{"__proto__":{"admin":true}}', type: 'application/json' }
  if (kind === 1) return { payload: '{"a":', type: 'application/json' }
  if (kind === 2) return { payload: '', type: 'application/json' }
  if (kind === 3) return { payload: 'a=1', type: 'application/x-www-form-urlencoded' }
  if (kind === 4) return { payload: '--x\r\nbroken', type: 'multipart/form-data; boundary=x' }
  if (kind === 5) return { payload: JSON.stringify(random.pick(nasty)), type: 'application/json' }
  if (kind === 6) return { payload: '<a/>', type: random.pick(['text/xml', '💥', 'a/b/c']) }
  if (kind === 7 && key.includes('upload'))
    return { payload: 'bytes', type: 'application/offset+octet-stream' }
  const { body } = shapesOf(key)
  const made = body ? likely(body, '', ids, random.pick([0, 0.05, 0.3])) : random.pick(nasty)
  return { payload: JSON.stringify(made), type: 'application/json' }
}

function headersOf(role: Role | null): Record<string, string> {
  const extra: Record<string, string> = {}
  if (random.chance(0.05))
    extra['x-institution-id'] = random.pick(['b', '__proto__', 'x'.repeat(99)])
  if (random.chance(0.1)) extra['accept-language'] = random.pick(['en', 'en-US,zh', '', '\t', 'zz'])
  if (random.chance(0.1)) extra.range = random.pick(['bytes=9-1', 'bytes=-', 'bytes=0-0,2-3', 'x'])
  if (random.chance(0.1)) extra['upload-length'] = random.pick(['-1', '1e99', 'x', '99', '0'])
  if (random.chance(0.1))
    extra['upload-metadata'] = random.pick(['a', 'filename YQ==', ',,,', '\t'])
  if (random.chance(0.1)) extra['tus-resumable'] = random.pick(['1.0.0', '9'])
  if (random.chance(0.1)) extra['upload-offset'] = random.pick(['0', '-5', 'NaN'])
  return { ...(role && { cookie: `xingbo=token-${role}-a` }), ...extra }
}

/** Words that only the inside knows: of the database, of the code, of the file system, of the secrets. */
const inside =
  /SQLITE|SqliteError|constraint failed|no such (table|column)|Failed query|drizzle|ZodError|TypeError|RangeError|node_modules|\.ts:\d+|\bat \w+ \(|no-password|token-operator|v1\.[\w-]{40}/

const endsSessions =
  /logout|sign-out-everywhere|users\/:userId|\/api\/users|me\/password|me\/institution/
/** Hashing a password takes a core for a while. */
const slow = /\/api\/(login|setup|users|me\/password)/
/** Never ends. */
const stream: RouteKey = 'GET /api/live'

/** Every text and every list below `shape` without an upper bound, by its path. */
function unbounded(shape: Shape, path: string): string[] {
  const below = [
    ...Object.entries(shape.properties ?? {}).map(([key, one]) => [one, `${path}.${key}`] as const),
    ...[...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].map((one) => [one, path] as const),
    ...(shape.items ? [[shape.items, `${path}[]`] as const] : []),
  ].flatMap(([one, where]) => unbounded(one, where))
  const bounded =
    shape.enum !== undefined ||
    shape.const !== undefined ||
    shape.format !== undefined ||
    shape.pattern !== undefined ||
    shape.maxLength !== undefined
  const may = (type: string) => [shape.type].flat().includes(type)
  if (may('string') && !bounded) below.push(path)
  if (may('array') && shape.maxItems === undefined) below.push(path)
  return below
}

test('every text and every list that comes in has an upper bound', () => {
  const open = [...endpoints.keys()].flatMap((key) => {
    const { body, query } = shapesOf(key)
    return [
      ...(body ? unbounded(body, `${key} body`) : []),
      ...(query ? unbounded(query, `${key} query`) : []),
    ]
  })
  expect(open).toEqual([])
})

test('whatever anybody sends, the answer is an answer: no 5xx, nothing from inside, one error body', async () => {
  const { app, db, deps, dir } = await testApp()
  await app.ready()
  const contentIds = [await readyItem(deps, 'one'), await readyItem(deps, 'two')]
  const [view] = await schedule(
    deps,
    {
      userId: 'operator-a',
      displayName: 'operator-a',
      institutionId: 'a',
      role: 'operator',
      doctorId: null,
      sessionId: 'ses-operator-a',
      scope: null,
    },
    'one',
    {
      timeZone: 'Asia/Shanghai',
      items: [
        {
          accountId: 'douyin-a',
          dueAt: new Date(testNow.getTime() + 60_000).toISOString(),
          repeatReason: '',
        },
      ],
    },
  )
  const ids: Ids = {
    contentId: [...contentIds, 'absent'],
    publicationId: [view?.row.id ?? ''],
    accountId: ['douyin-a', 'kuaishou-a', 'xiaohongshu-a', 'kuaishou-b'],
    doctorId: ['doc-a', 'doc-b'],
    departmentId: ['dep-a', 'dep-b'],
    lineId: ['line-a'],
    specialtyLineId: ['line-a', 'line-b'],
    credentialId: ['cred-a'],
    userId: ['producer-a', 'operator-b'],
    ownerUserId: ['operator-a', 'operator-b'],
    producerUserId: ['producer-a'],
    assetId: ['ast_one', 'ast_two'],
    coverAssetId: ['ast_two'],
    contentIdOrTopic: ['one'],
    institutionId: ['a', 'b'],
    subjectId: ['doc-a', 'douyin-a', 'one'],
  }
  const people = {
    sessions: await db.read.select().from(sessions),
    memberships: await db.read.select().from(memberships),
    users: await db.read.select().from(users),
  }
  /** Whoever was signed out, moved or shut out is back at work. */
  const restore = () =>
    db.inTransaction(async (tx) => {
      await tx.delete(sessions)
      await tx.insert(sessions).values(people.sessions)
      for (const row of people.memberships)
        await tx
          .insert(memberships)
          .values(row)
          .onConflictDoUpdate({
            target: [memberships.userId, memberships.institutionId],
            set: row,
          })
    })

  const wrong: string[] = []
  let asked = 0
  const reached = new Set<string>()
  for (const key of Object.keys(permissions) as RouteKey[]) {
    if (key === stream) continue
    const method = key.slice(0, key.indexOf(' ')) as 'GET'
    for (const role of [null, ...roles] as (Role | null)[]) {
      for (let round = 0; round < (slow.test(key) ? 2 : rounds); round++) {
        asked++
        const url = urlOf(key, ids)
        const { payload, type } = payloadOf(key, ids)
        const headers = { ...headersOf(role), ...(type && { 'content-type': type }) }
        const told = () =>
          `${key} as ${role ?? 'nobody'}\n  ${url.slice(0, 300)}\n  ${JSON.stringify(headers)}\n  ${payload?.slice(0, 600) ?? ''}\n  `
        const res = await app.inject({
          method,
          url,
          headers,
          remoteAddress: `10.0.${(asked >> 8) & 255}.${asked & 255}`,
          ...(payload !== undefined && { payload }),
        })
        const { statusCode: status, body } = res
        if (status < 300) reached.add(key)
        if (status >= 500) wrong.push(`${told()}${status} ${body.slice(0, 300)}`)
        if (inside.test(status < 400 ? body.slice(0, 5_000) : body) || body.includes(dir))
          wrong.push(`${told()}tells: ${body.slice(0, 300)}`)
        if (status >= 400 && status !== 416 && method !== ('HEAD' as string)) {
          const parsed = errorBody.strict().safeParse(JSON.parse(body || 'null'))
          if (!parsed.success)
            wrong.push(`${told()}${status} not the error body: ${body.slice(0, 300)}`)
        }
      }
      if (endsSessions.test(key)) await restore()
    }
  }
  expect(wrong.slice(0, 20).join('\n\n')).toBe('')
  expect(asked).toBeGreaterThan(5_000)
  process.stdout.write(
    `${asked} hostile requests (seed ${seed}); ${reached.size} routes also said yes to some\n`,
  )
}, 120_000)
