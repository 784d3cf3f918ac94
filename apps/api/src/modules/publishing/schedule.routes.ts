import type { Batch } from '@xingbo/shared/publishing/batch.schema'
import * as api from '@xingbo/shared/publishing/batch.schema'
import type { PostingSlot } from '@xingbo/shared/publishing/slot.schema'
import * as slots from '@xingbo/shared/publishing/slot.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { type BatchView, listBatchViews } from './batch.repository.ts'
import { check, propose, save, undo } from './batch.service.ts'
import { listSlotsOf, type SlotRow } from './slot.repository.ts'
import { addSlot, changeSlot, nextFree, takeSlotAway } from './slot.service.ts'

const RECENT = 10

const presentSlot = (row: SlotRow): PostingSlot => ({
  id: row.id,
  accountId: row.accountId,
  name: row.name,
  weekdays: row.weekdays,
  time: row.time,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  revision: row.revision,
})

const presentBatch = ({ row, createdByName, made, open }: BatchView): Batch => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  createdByName,
  undoneAt: row.undoneAt?.toISOString() ?? null,
  total: made + row.moves.length,
  open: open + (row.undoneAt ? 0 : row.moves.length),
})

/** Scheduling by the hundred, and the posting times it may go by. */
export const scheduleRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { read } = deps.db

  app.route({
    ...toRoute(slots.listSlots),
    handler: async (request) => {
      const { accountId } = request.query
      const rows = await listSlotsOf(
        read,
        actorOf(request).institutionId,
        accountId === undefined ? undefined : [accountId],
      )
      return { items: rows.map(presentSlot) }
    },
  })
  app.route({
    ...toRoute(slots.createSlot),
    handler: async (request) =>
      presentSlot(await addSlot(deps, actorOf(request), request.params.accountId, request.body)),
  })
  app.route({
    ...toRoute(slots.updateSlot),
    handler: async (request) =>
      presentSlot(await changeSlot(deps, actorOf(request), request.params.slotId, request.body)),
  })
  app.route({
    ...toRoute(slots.removeSlot),
    handler: async (request) => {
      await takeSlotAway(deps, actorOf(request), request.params.slotId, request.query.revision)
      return { removed: true as const }
    },
  })
  app.route({
    ...toRoute(slots.nextFreeSlots),
    handler: async (request) => ({
      slots: await nextFree(read, actorOf(request).institutionId, request.body),
    }),
  })
  app.route({
    ...toRoute(api.spreadPlan),
    handler: (request) => propose(read, actorOf(request).institutionId, deps.now(), request.body),
  })
  app.route({
    ...toRoute(api.checkPlan),
    handler: async (request) => ({
      rows: await check(read, actorOf(request).institutionId, deps.now(), request.body),
    }),
  })
  app.route({
    ...toRoute(api.saveBatch),
    handler: async (request) => presentBatch(await save(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(api.listBatches),
    handler: async (request) => ({
      items: (await listBatchViews(read, actorOf(request).institutionId, RECENT)).map(presentBatch),
    }),
  })
  app.route({
    ...toRoute(api.undoBatch),
    handler: (request) => undo(deps, actorOf(request), request.params.batchId),
  })
}
