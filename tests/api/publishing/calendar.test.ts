import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { expect, test } from 'vitest'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { readyItem } from '../../support/ready-item.ts'
import { testApp, testNow } from '../../support/test-app.ts'

const POSTS = 2_000
/** Generous: it takes about a tenth of it on two idle cores. */
const READ_WITHIN_MS = 3_000

test('a month of 2,000 posts is one answer, with title and picture of each', async () => {
  const t = await testApp()
  await readyItem(t.deps, 'c1')
  const operator = t.as('operator')
  const first = await operator('/api/contents/c1/publications', {
    body: {
      items: [{ accountId: 'douyin-a', dueAt: new Date(testNow.getTime() + 6e7).toISOString() }],
    },
  })
  expect(first.status, first.text).toBe(200)
  const [row] = await t.db.read.select().from(publications)
  const [item] = await t.db.read.select().from(contentItems)
  if (!row || !item) throw new Error('nothing was scheduled')
  await t.db.inTransaction(async (tx) => {
    for (let n = 1; n < POSTS; n += 1) {
      const id = `more-${n}`
      await tx.insert(contentItems).values({ ...item, id })
      await tx.insert(publications).values({
        ...row,
        id,
        contentId: id,
        dueAt: new Date(testNow.getTime() + n * 20 * 60_000),
      })
    }
  })
  const from = testNow.toISOString()
  const to = new Date(testNow.getTime() + 31 * 86_400_000).toISOString()
  const started = performance.now()
  const answer = await operator(`/api/publications?from=${from}&to=${to}&pageSize=3000`)
  const took = performance.now() - started
  const { items, total } = answer.body as { items: Publication[]; total: number }
  expect([items.length, total]).toEqual([POSTS, POSTS])
  expect(items.find(({ id }) => id === row.id)).toMatchObject({
    title: '这几种情况先别做颈椎推拿 c1',
    posterAssetId: 'ast_c1',
  })
  expect(took).toBeLessThan(READ_WITHIN_MS)
})
