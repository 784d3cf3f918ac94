import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Role } from '@xingbo/shared/identity/actor'
import type { Asset } from '@xingbo/shared/media/asset.schema'
import { eq } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../../apps/api/src/db/database.ts'
import { outbox } from '../../../apps/api/src/db/schema/audit.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { assets } from '../../../apps/api/src/db/schema/media.ts'
import type { Deps } from '../../../apps/api/src/deps.ts'
import { mediaHandlers } from '../../../apps/api/src/modules/media/media.jobs.ts'
import { testNow } from '../../support/test-app.ts'

export const sample = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/media/${name}`, import.meta.url)))
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** A content item in production in each institution, `con-a` and `con-b`. */
export async function seedContents(db: Database, stage: 'production' | 'ready' = 'production') {
  await db.inTransaction(async (tx) => {
    for (const key of ['a', 'b'])
      await tx.insert(contentItems).values({
        id: `con-${key}`,
        institutionId: key,
        title: '落枕了能不能马上推拿',
        stage,
        stageEnteredAt: testNow,
        doctorId: `doc-${key}`,
        platforms: ['douyin', 'kuaishou'],
        position: 1,
        createdAt: testNow,
        updatedAt: testNow,
      })
  })
}

type Who = { role?: Role; institution?: string; language?: string }
const headersOf = ({ role = 'producer', institution = 'a', language = 'zh-CN' }: Who) => ({
  cookie: `xingbo=token-${role}-${institution}`,
  'accept-language': language,
  'tus-resumable': '1.0.0',
})
const encoded = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

export type TusAnswer = {
  status: number
  headers: Record<string, unknown>
  message: string
  offset: number
}

/** Speaks tus to the app as somebody: the requests of the protocol, one by one. */
export function tusOf(app: FastifyInstance, who: Who = {}) {
  const call = async (
    method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS',
    url: string,
    headers: Record<string, string> = {},
    payload?: Buffer,
  ): Promise<TusAnswer> => {
    const res = await app.inject({
      method,
      url,
      headers: { ...headersOf(who), ...headers },
      ...(payload && { payload }),
    })
    const json = String(res.headers['content-type']).includes('json') && method !== 'HEAD'
    return {
      status: res.statusCode,
      headers: res.headers,
      message: json ? String(res.json<{ message: string }>().message) : '',
      offset: Number(res.headers['upload-offset'] ?? Number.NaN),
    }
  }
  return {
    call,
    begin: (
      size: number,
      { name = '成片.mp4', kind = 'cut', contentId = 'con-a' }: Partial<Begin> = {},
    ) =>
      call('POST', '/api/uploads', {
        'upload-length': String(size),
        'upload-metadata': encoded({ filename: name, kind, contentId }),
      }),
    head: (id: string) => call('HEAD', `/api/uploads/${id}`),
    send: (id: string, offset: number, bytes: Buffer) =>
      call(
        'PATCH',
        `/api/uploads/${id}`,
        { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        bytes,
      ),
    cancel: (id: string) => call('DELETE', `/api/uploads/${id}`),
    async whole(bytes: Buffer, how: Partial<Begin> = {}): Promise<string> {
      const id = idOf(await this.begin(bytes.length, how))
      await this.send(id, 0, bytes)
      return id
    },
  }
}
type Begin = { name: string; kind: string; contentId: string }

export const idOf = (begun: TusAnswer): string =>
  String(begun.headers.location).replace('/api/uploads/', '')

/** Does what the queue would: runs every job the outbox asks for. */
export async function runJobs(deps: Deps): Promise<string[]> {
  const rows = await deps.db.read.select().from(outbox)
  for (const row of rows) {
    const handler = mediaHandlers(deps).find(({ job }) => job.name === row.job)
    if (!handler) throw new Error(`no handler for ${row.job}`)
    await handler.run(row.payload as never)
    await deps.db.inTransaction(async (tx) => {
      await tx.delete(outbox).where(eq(outbox.id, row.id))
    })
  }
  return rows.map((row) => row.jobId)
}

export async function assetRow(db: Database, id: string) {
  const [row] = await db.read.select().from(assets).where(eq(assets.id, id))
  return row
}

/** Everything on disk that names this asset. */
export const filesOf = (dir: string, id: string): string[] =>
  ['uploads', 'media'].flatMap((part) =>
    existsSync(join(dir, part))
      ? readdirSync(join(dir, part), { recursive: true })
          .map(String)
          .filter((name) => name.startsWith(id))
          .map((name) => `${part}/${name}`)
      : [],
  )

/** Uploads a file whole and has it checked. */
export async function uploaded(
  { app, deps }: { app: FastifyInstance; deps: Deps },
  bytes: Buffer,
  how: Partial<Begin> = {},
  who: Who = {},
): Promise<string> {
  const id = await tusOf(app, who).whole(bytes, how)
  await runJobs(deps)
  return id
}

export type { Asset }
