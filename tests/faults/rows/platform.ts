import type { FaultRow } from './row.ts'

const HOUR_MS = 3_600_000
/** `F-50` to `F-63`: what a platform may answer. */
export const platformRows: readonly FaultRow[] = [
  {
    id: 'F-50',
    title: {
      zh: '收下之前 500/502/503/504',
      en: '500, 502, 503 or 504 before the post was taken',
    },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const status = h.random.pick([500, 502, 503, 504])
      await w.fault({ match: { op: 'kuaishou.publish' }, mode: 'error_before', status })
      const id = await w.post('p1')
      const other = await w.post('p2', 90_000)
      await w.quiet(2 * HOUR_MS)
      const row = await w.row(id)
      h.equal('state', row.state, 'unconfirmed')
      h.equal('reason', row.reasonKey, 'publishing.needsPerson')
      h.equal('the other', (await w.row(other)).state, 'published')
      h.equal('posts', (await w.heldOf('p1')).length, 0)
      return h.verdict()
    },
  },
  {
    id: 'F-51',
    title: { zh: '收下之后 5xx', en: '5xx after the post was taken' },
    kind: 'quick',
    async run(_seed, h) {
      const w = await h.world()
      const status = h.random.pick([500, 502, 503, 504])
      await w.fault({ match: { op: 'kuaishou.publish' }, mode: 'error_after', status })
      const id = await w.post('p1')
      await w.quiet(2 * HOUR_MS)
      const row = await w.row(id)
      h.equal('state', row.state, 'published')
      h.equal('bound to', row.remoteId, (await w.heldOf('p1'))[0]?.id)
      return h.verdict()
    },
  },
]
