import type { AuditEntry } from '@xingbo/shared/audit/audit.schema'
import { describe, expect, test } from 'vitest'
import type { Database } from '../../../apps/api/src/db/database.ts'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { assets } from '../../../apps/api/src/db/schema/media.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { recordAudit, systemActor } from '../../../apps/api/src/modules/audit/audit.ts'
import { testApp, testNow } from '../../support/test-app.ts'

type Page = { items: AuditEntry[]; next: number | null }
const base = { createdAt: testNow, updatedAt: testNow }

/** An item with a file and a post in institution `a`, one in `b`, and what was done to them day by day. */
async function seedLog(db: Database) {
  const person = (key: string) => ({
    userId: `producer-${key}`,
    displayName: `编导${key}`,
    institutionId: key,
  })
  await db.inTransaction(async (tx) => {
    for (const key of ['a', 'b']) {
      await tx.insert(contentItems).values({
        id: `con-${key}`,
        institutionId: key,
        title: `标题${key}`,
        stage: 'production',
        stageEnteredAt: testNow,
        position: 1,
        ...base,
      })
      await tx.insert(assets).values({
        id: `ast-${key}`,
        institutionId: key,
        contentId: `con-${key}`,
        kind: 'cut',
        fileName: '成片.mp4',
        mimeType: 'video/mp4',
        sizeBytes: 9,
        state: 'ready',
        uploadedBy: `producer-${key}`,
        createdAt: testNow,
      })
      await tx.insert(publications).values({
        id: `pub-${key}`,
        institutionId: key,
        contentId: `con-${key}`,
        accountId: `kuaishou-${key}`,
        platform: 'kuaishou',
        route: 'api',
        state: 'published',
        stateEnteredAt: testNow,
        dueAt: testNow,
        timeZone: 'Asia/Shanghai',
        snapshot: {},
        snapshotSha256: '0',
        scriptSha256: '0',
        createdBy: `operator-${key}`,
        ...base,
      })
      const day = (n: number) => new Date(Date.UTC(2026, 10, n, 15, 59))
      const act = (
        n: number,
        action: Parameters<typeof recordAudit>[3]['action'],
        subjectType: Parameters<typeof recordAudit>[3]['subjectType'],
        subjectId: string,
        detail: Record<string, unknown> = {},
      ) =>
        recordAudit(tx, n === 15 ? systemActor(key) : person(key), day(n), {
          action,
          subjectType,
          subjectId,
          detail,
        })
      await act(10, 'content.created', 'content', `con-${key}`, { title: '旧标题' })
      await act(11, 'script.revised', 'script', `con-${key}`, { number: 1 })
      await act(12, 'asset.uploaded', 'asset', `ast-${key}`, { sizeBytes: 9 })
      await act(13, 'content.moved', 'content', `con-${key}`, {
        from: 'scripting',
        to: 'production',
      })
      await act(14, 'topic.created', 'topic', 'top-gone', { title: '别的选题' })
      await act(15, 'publication.published', 'publication', `pub-${key}`)
    }
  })
}

async function logApp() {
  const world = await testApp()
  await seedLog(world.db)
  const page = async (query: string, institution = 'a') =>
    (await world.as('manager', institution)(`/api/audit?${query}`)).body as unknown as Page
  const actions = async (query: string) => (await page(query)).items.map(({ action }) => action)
  return { ...world, page, actions }
}

describe('the audit log', () => {
  test('tells who did what to which, newest first, by the name it has today', async () => {
    const { page } = await logApp()
    const { items, next } = await page('')
    expect(next).toBeNull()
    expect(items).toHaveLength(6)
    expect(items[0]).toMatchObject({
      at: '2026-11-15T15:59:00.000Z',
      actorId: 'system',
      action: 'publication.published',
      subjectName: 'kuaishou账号 · 标题a',
      platform: 'kuaishou',
      contentId: 'con-a',
    })
    expect(items[1]).toMatchObject({ subjectType: 'topic', subjectName: null, contentId: null })
    expect(items[2]).toMatchObject({
      actorName: '编导a',
      subjectName: '标题a',
      detail: { from: 'scripting', to: 'production' },
    })
    expect(items[3]).toMatchObject({ subjectName: '成片.mp4', contentId: 'con-a' })
  })

  test('shows nothing of another institution', async () => {
    const { page } = await logApp()
    const { items } = await page('', 'b')
    expect(items).toHaveLength(6)
    expect(items.every((one) => !one.subjectId.endsWith('-a'))).toBe(true)
    expect((await page('contentId=con-a', 'b')).items).toEqual([])
  })

  test('is narrowed by person, act, thing and day', async () => {
    const { actions } = await logApp()
    expect(await actions('actorId=system')).toEqual(['publication.published'])
    expect(await actions('action=content.moved')).toEqual(['content.moved'])
    expect(await actions('subjectType=content&subjectId=con-a')).toEqual([
      'content.moved',
      'content.created',
    ])
    // 15:59 in UTC is 23:59 in Shanghai: the same day there.
    expect(await actions('from=2026-11-12&to=2026-11-13')).toEqual([
      'content.moved',
      'asset.uploaded',
    ])
    expect(await actions('from=2026-11-16')).toEqual([])
  })

  test('gives the whole story of an item, with its script, files and posts', async () => {
    const { actions } = await logApp()
    expect(await actions('contentId=con-a')).toEqual([
      'publication.published',
      'content.moved',
      'asset.uploaded',
      'script.revised',
      'content.created',
    ])
  })

  test('comes in pages that new entries do not shift', async () => {
    const { page, db } = await logApp()
    const first = await page('limit=2')
    expect(first.items.map(({ action }) => action)).toEqual([
      'publication.published',
      'topic.created',
    ])
    await db.inTransaction((tx) =>
      recordAudit(tx, systemActor('a'), testNow, {
        action: 'content.changed',
        subjectType: 'content',
        subjectId: 'con-a',
        detail: {},
      }),
    )
    const second = await page(`limit=2&before=${first.next}`)
    expect(second.items.map(({ action }) => action)).toEqual(['content.moved', 'asset.uploaded'])
    const third = await page(`limit=2&before=${second.next}`)
    expect(third.items.map(({ action }) => action)).toEqual(['script.revised', 'content.created'])
    expect(third.next).toBeNull()
  })

  test('is for reviewers, managers and administrators', async () => {
    const { as } = await logApp()
    for (const path of ['/api/audit', '/api/audit/verify']) {
      for (const role of ['reviewer', 'manager', 'admin'] as const)
        expect((await as(role)(path)).status).toBe(200)
      for (const role of ['operator', 'producer', 'doctor', 'advisor'] as const)
        expect((await as(role)(path)).status).toBe(403)
      expect((await as(null)(path)).status).toBe(401)
    }
  })
})
