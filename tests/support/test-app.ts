import type { Role } from '@xingbo/shared/identity/actor'
import { roles } from '@xingbo/shared/identity/actor'
import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { buildApp } from '../../apps/api/src/app.ts'
import type { Database } from '../../apps/api/src/db/database.ts'
import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { credentials, doctors } from '../../apps/api/src/db/schema/doctors.ts'
import { memberships, sessions, users } from '../../apps/api/src/db/schema/identity.ts'
import {
  departments,
  institutions,
  specialtyLines,
} from '../../apps/api/src/db/schema/institutions.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readEnv, settingsFrom } from '../../apps/api/src/env.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { robotSender } from '../../apps/api/src/platforms/robots.ts'
import { sha256Hex } from '../../apps/api/src/security/tokens.ts'
import { createVault } from '../../apps/api/src/security/vault.ts'
import { freshDatabase } from './test-database.ts'

/** The moment every test starts at unless it moves its clock: Saturday 2026-11-21 10:00 in Shanghai. */
export const testNow = new Date('2026-11-21T02:00:00.000Z')
export const vault = createVault(Buffer.alloc(32, 7))

/** A platform that does not answer is given up after this long in tests; in the product after 120 s. */
const testDeadlineMs = 1_500

export type Clock = { now: Date }

/** `realTime` for what runs with a real queue; everything else stands at `testNow` until a test moves it. */
export function testDeps(
  db: Database,
  dir: string,
  env: Record<string, string> = {},
  realTime = false,
) {
  const clock: Clock = { now: testNow }
  const settings = settingsFrom(readEnv({ XINGBO_DATA: dir, XINGBO_LOG: 'silent', ...env }))
  const log = pino({ level: 'silent' }) as unknown as FastifyBaseLogger
  const now = () => (realTime ? new Date() : clock.now)
  const platforms = buildPlatforms({ ...settings.platforms, deadlineMs: testDeadlineMs }, { now })
  const deps: Deps = { db, now, vault, settings, platforms, robots: robotSender(now), log }
  return { deps, clock }
}

/** What a connected account keeps: tokens for 48 hours and 180 days, sealed to its row. */
export function connection(accountId: string, dataKey: string) {
  const hours = (n: number) => new Date(testNow.getTime() + n * 3_600_000)
  const sealed = vault.of(dataKey)
  return {
    openId: `open-${accountId}`,
    accessToken: sealed.seal(`accounts.access_token.${accountId}`, `access-${accountId}`),
    accessTokenExpiresAt: hours(48),
    refreshToken: sealed.seal(`accounts.refresh_token.${accountId}`, `refresh-${accountId}`),
    refreshTokenExpiresAt: hours(180 * 24),
  }
}

/** Two institutions `a` and `b` with one person per role in each, a department, a doctor, a line and three accounts. */
export async function seedPeople(db: Database): Promise<void> {
  const at = testNow
  const base = { createdAt: at, updatedAt: at, updatedBy: 'seed' }
  await db.inTransaction(async (tx) => {
    for (const key of ['a', 'b']) {
      const dataKey = vault.newDataKey()
      await tx.insert(institutions).values({
        id: key,
        name: `机构${key}`,
        shortName: key,
        dataKey,
        ...base,
      })
      await tx.insert(departments).values({
        id: `dep-${key}`,
        institutionId: key,
        name: '推拿科',
        aliases: ['推拿门诊'],
        ...base,
      })
      await tx.insert(doctors).values({
        id: `doc-${key}`,
        institutionId: key,
        departmentId: `dep-${key}`,
        name: '陆闻溪',
        title: '副主任中医师',
        internetScienceFiledOn: '2026-01-12',
        ...base,
      })
      await tx.insert(credentials).values({
        id: `cred-${key}`,
        institutionId: key,
        doctorId: `doc-${key}`,
        kind: '医师定期考核',
        expiresOn: '2027-06-30',
        gatesPublishing: true,
        ...base,
      })
      await tx.insert(specialtyLines).values({
        id: `line-${key}`,
        institutionId: key,
        departmentId: `dep-${key}`,
        name: '颈肩推拿',
        ...base,
      })
      for (const [platform, publishRoute] of [
        ['douyin', 'handoff'],
        ['xiaohongshu', 'manual'],
        ['kuaishou', 'api'],
      ] as const)
        await tx.insert(accounts).values({
          id: `${platform}-${key}`,
          institutionId: key,
          platform,
          publishRoute,
          displayName: `${platform}账号`,
          ownerType: 'institution',
          certificationStatus: 'certified',
          operatedBy: 'team',
          ...(publishRoute === 'api' && connection(`${platform}-${key}`, dataKey)),
          ...base,
        })
      for (const role of roles) {
        const id = `${role}-${key}`
        await tx.insert(users).values({
          id,
          username: id,
          displayName: id,
          passwordHash: 'no-password',
          ...base,
        })
        await tx.insert(memberships).values({
          userId: id,
          institutionId: key,
          role,
          doctorId: role === 'doctor' ? `doc-${key}` : null,
        })
        await tx.insert(sessions).values({
          id: `ses-${id}`,
          tokenHash: sha256Hex(`token-${id}`),
          userId: id,
          institutionId: key,
          createdAt: at,
          lastSeenAt: at,
          expiresAt: new Date(at.getTime() + 365 * 86_400_000),
          ip: '127.0.0.1',
          userAgent: 'test',
        })
      }
    }
  })
}

/** For what runs in real time: nothing here expires while these tests are kept. */
export const keepCredentials = (db: Database): Promise<void> =>
  db.inTransaction(async (tx) => {
    await tx.update(credentials).set({ expiresOn: null })
  })

type Call = {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  body?: unknown
  language?: string
  headers?: Record<string, string>
}
export type Answer = { status: number; body: never; text: string; headers: Record<string, unknown> }

/** The real app over a real, empty database; `as('operator')` speaks for that person of institution `a`. */
export async function testApp(env: Record<string, string> = {}) {
  const { db, dir } = freshDatabase()
  await seedPeople(db)
  const { deps, clock } = testDeps(db, dir, env)
  const app = await buildApp(deps, { webDir: null })
  onTestFinished(() => app.close())

  /** Somebody of a role in an institution; `null` is nobody. */
  const as =
    (role: Role | null, institution = 'a') =>
    async (
      url: string,
      { method, body, language = 'zh-CN', headers = {} }: Call = {},
    ): Promise<Answer> => {
      const res = await app.inject({
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        url,
        headers: {
          'accept-language': language,
          ...(role && { cookie: `xingbo=token-${role}-${institution}` }),
          ...headers,
        },
        ...(body !== undefined && { payload: body as object }),
      })
      const json = res.body !== '' && String(res.headers['content-type']).includes('json')
      return {
        status: res.statusCode,
        body: (json ? res.json() : undefined) as never,
        text: res.body,
        headers: res.headers,
      }
    }
  return { app, db, dir, deps, clock, as }
}
