import type { Role } from '@xingbo/shared/identity/actor'
import type { ImportRow, ImportSummary } from '@xingbo/shared/metrics/import.schema'
import type { ImportRowFate } from '@xingbo/shared/metrics/import-fate'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '../../../apps/api/src/db/database.ts'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { doctors } from '../../../apps/api/src/db/schema/doctors.ts'
import {
  departments,
  institutions,
  specialtyLines,
} from '../../../apps/api/src/db/schema/institutions.ts'
import { touchTokens } from '../../../apps/api/src/db/schema/leads.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { parseDouyinWorks } from '../../../apps/api/src/modules/metrics/parsing/douyin-works.ts'
import { asOf, sampleBytes, sampleSheets } from '../../imports/sample-files.ts'
import { type testApp, testNow } from '../../support/test-app.ts'

export type App = Awaited<ReturnType<typeof testApp>>
const base = { createdAt: testNow, updatedAt: testNow, updatedBy: 'seed' }

/** Institution `a` becomes 栖梧医院 of the sample files, with its departments, doctors, accounts, lines and desks. */
export async function seedQiwu(db: Database): Promise<void> {
  const institutionId = 'a'
  await db.inTransaction(async (tx) => {
    await tx
      .update(institutions)
      .set({ name: '澜州大学附属栖梧医院', shortName: '栖梧医院' })
      .where(eq(institutions.id, 'a'))
    for (const [id, name, aliases] of [
      ['dep-nose', '鼻科', ['耳鼻喉-鼻科']],
      ['dep-children', '儿科', []],
      ['dep-women', '妇产科', []],
      ['dep-general', '全科医学科', []],
    ] as const)
      await tx
        .insert(departments)
        .values({ id, institutionId, name, aliases: [...aliases], ...base })
    for (const [id, name, departmentId] of [
      ['doc-shen', '沈怀屿', 'dep-nose'],
      ['doc-bai', '白予安', 'dep-children'],
      ['doc-ruan', '阮青禾', 'dep-women'],
      ['doc-ji', '季允舒', 'dep-general'],
    ] as const)
      await tx.insert(doctors).values({ id, institutionId, name, departmentId, ...base })
    for (const [id, platform, displayName] of [
      ['dy-lu', 'douyin', '推拿科陆闻溪医生'],
      ['ch-lu', 'channels', '陆闻溪讲颈椎'],
      ['oa-qiwu', 'wechat_oa', '栖梧医院'],
    ] as const)
      await tx.insert(accounts).values({
        id,
        institutionId,
        platform,
        displayName,
        publishRoute: 'manual',
        ownerType: 'institution',
        certificationStatus: 'certified',
        operatedBy: 'team',
        ...base,
      })
    for (const name of ['过敏性鼻炎', '失眠'])
      await tx.insert(specialtyLines).values({ id: `line-${name}`, institutionId, name, ...base })
    for (const [token, accountId] of [
      ['qw-oa-menu', 'oa-qiwu'],
      ['qw-tuina-desk', null],
      ['qw-nose-desk', null],
    ] as const)
      await tx.insert(touchTokens).values({
        token,
        institutionId,
        accountId,
        label: `触点 ${token}`,
        createdBy: 'operator-a',
        createdAt: testNow,
      })
  })
}

type Piece = {
  id: string
  title: string
  at: Date
  accountId: string
  institutionId?: string
  state?: PublicationState
  nature?: 'science' | 'institution_info'
}

/** Publications that have gone out, with only what an import and a touch token look at. */
export async function seedPublications(db: Database, pieces: readonly Piece[]): Promise<void> {
  await db.inTransaction(async (tx) => {
    for (const { id, title, at, accountId, institutionId = 'a', ...more } of pieces) {
      await tx.insert(contentItems).values({
        id: `con-${id}`,
        institutionId,
        title,
        stage: 'live',
        stageEnteredAt: at,
        position: 1,
        departmentId: `dep-${institutionId}`,
        nature: more.nature ?? 'science',
        ...base,
      })
      const state = more.state ?? 'published'
      await tx.insert(publications).values({
        id,
        institutionId,
        contentId: `con-${id}`,
        accountId,
        platform: accountId.startsWith('xiaohongshu') ? 'xiaohongshu' : 'douyin',
        route: 'handoff',
        state,
        stateEnteredAt: at,
        dueAt: at,
        timeZone: 'Asia/Shanghai',
        snapshot: { title },
        snapshotSha256: '0'.repeat(64),
        scriptSha256: '0'.repeat(64),
        publishedAt: state === 'published' ? at : null,
        createdBy: `operator-${institutionId}`,
        ...base,
      })
    }
  })
}

/** The 60 pieces of the sample Douyin export, planned for the minute each of them came out in, on `accountId`. */
export async function seedPieces(db: Database, accountId: string): Promise<void> {
  const { rows } = parseDouyinWorks(await sampleSheets('douyin-works.xlsx'), asOf)
  await seedPublications(
    db,
    rows.flatMap(({ value }, at) =>
      value
        ? [
            {
              id: `${accountId}-${String(at).padStart(2, '0')}`,
              title: value.title,
              at: new Date(Math.floor(value.publishedAt.getTime() / 60_000) * 60_000),
              accountId,
            },
          ]
        : [],
    ),
  )
}

type Upload = {
  role?: Role
  institution?: string
  kind: string
  file: string | Buffer
  name?: string
  accountId?: string
  asOf?: string
  language?: string
}
type Sent = { status: number; body: ImportSummary & { code: string; message: string } }

/** Sends a file as the browser's form does. */
export async function upload(app: App['app'], wish: Upload): Promise<Sent> {
  const { role = 'admin', institution = 'a', file, language = 'zh-CN' } = wish
  const form = new FormData()
  form.set('kind', wish.kind)
  if (wish.accountId) form.set('accountId', wish.accountId)
  if (wish.asOf) form.set('asOf', wish.asOf)
  const bytes = typeof file === 'string' ? sampleBytes(file) : file
  const name = wish.name ?? (typeof file === 'string' ? file : 'list.csv')
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  const whole = new Response(form)
  const res = await app.inject({
    method: 'POST',
    url: '/api/imports',
    headers: {
      cookie: `xingbo=token-${role}-${institution}`,
      'accept-language': language,
      'content-type': whole.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await whole.arrayBuffer()),
  })
  return { status: res.statusCode, body: res.json() }
}

/** An import that must succeed. */
export async function bring(app: App['app'], wish: Upload): Promise<ImportSummary> {
  const { status, body } = await upload(app, wish)
  expect(body.message).toBeUndefined()
  expect(status).toBe(200)
  return body
}

export type Detail = { import: ImportSummary; rows: { items: ImportRow[]; total: number } }

export async function rowsOf(
  as: App['as'],
  importId: string,
  fate?: ImportRowFate,
  role: Role = 'admin',
): Promise<ImportRow[]> {
  const query = `pageSize=200${fate ? `&fate=${fate}` : ''}`
  const { status, body } = await as(role)(`/api/imports/${importId}?${query}`)
  expect(status).toBe(200)
  return (body as Detail).rows.items
}

export const csv = (...lines: string[]): Buffer => Buffer.from(lines.join('\n'))
export const only = <T>(list: readonly T[]): T => {
  const [one] = list
  expect(list).toHaveLength(1)
  if (one === undefined) throw new Error('there is no such row')
  return one
}
