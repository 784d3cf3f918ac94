import {
  keepPreviousData,
  mutationOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { type EndpointInput, methodAndPath } from '@xingbo/shared/contract'
import * as batch from '@xingbo/shared/publishing/batch.schema'
import * as files from '@xingbo/shared/publishing/calendar-file.schema'
import type { PostingSlot } from '@xingbo/shared/publishing/slot.schema'
import * as slots from '@xingbo/shared/publishing/slot.schema'
import { apiHeaders, NetworkError, send } from '../../lib/http.ts'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

const root = ['publishing', 'schedule'] as const

export type SpreadInput = EndpointInput<typeof batch.spreadPlan>['body']
export type PlanRowInput = EndpointInput<typeof batch.checkPlan>['body']['rows'][number]

/** A proposal or a check is what stands at this moment: posts of others make it old at once. */
export const spreadQuery = (body: SpreadInput) =>
  queryOptions({
    queryKey: [...root, 'spread', body],
    queryFn: ({ signal }) => request(batch.spreadPlan, { body }, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

export const checkQuery = (body: EndpointInput<typeof batch.checkPlan>['body']) =>
  queryOptions({
    queryKey: [...root, 'check', body],
    queryFn: ({ signal }) => request(batch.checkPlan, { body }, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

/** The next free slot of each account from `start` on, by account; accounts without one are left out. */
export const nextFreeMutation = () =>
  mutationOptions({
    mutationFn: async (asked: { timeZone: string; accountIds: string[]; start: string }) => {
      const { slots: times } = await request(slots.nextFreeSlots, { body: asked })
      return Object.fromEntries(times.map(({ accountId, at }) => [accountId, at]))
    },
  })

export const slotsQuery = queryOptions({
  queryKey: [...root, 'slots'],
  queryFn: ({ signal }) => request(slots.listSlots, { query: {} }, signal),
})
liveQueries('slot', slotsQuery.queryKey, [...root, 'spread'])

export const bestTimeQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...root, 'best-time', accountId],
    queryFn: ({ signal }) => request(slots.getBestTime, { params: { accountId } }, signal),
  })

export const batchesQuery = queryOptions({
  queryKey: [...root, 'batches'],
  queryFn: ({ signal }) => request(batch.listBatches, {}, signal),
})
liveQueries('schedule', batchesQuery.queryKey)

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: ['publishing'] })

export const saveBatchMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof batch.saveBatch>['body']) =>
      request(batch.saveBatch, { body }),
    onSettled: () => refresh(client),
    meta: { errors: 'shown' },
  })

export const undoBatchMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (batchId: string) => request(batch.undoBatch, { params: { batchId } }),
    onSettled: () => refresh(client),
  })

export type SlotValues = EndpointInput<typeof slots.createSlot>['body']
/** `slot` given: changes it; else makes one on `accountId`. */
export const saveSlotMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({
      accountId,
      slot,
      values,
    }: {
      accountId: string
      slot: PostingSlot | null
      values: SlotValues
    }) =>
      slot
        ? request(slots.updateSlot, {
            params: { slotId: slot.id },
            body: { ...values, revision: slot.revision },
          })
        : request(slots.createSlot, { params: { accountId }, body: values }),
    onSettled: () => refresh(client),
    meta: { errors: 'shown' },
  })

export const removeSlotMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, revision }: PostingSlot) =>
      request(slots.removeSlot, { params: { slotId: id }, query: { revision } }),
    onSettled: () => refresh(client),
  })

const formOf = (file: File) => {
  const form = new FormData()
  form.append('file', file)
  return form
}

/** What would become of each row; nothing is saved. */
export const readFileMutation = () =>
  mutationOptions({
    mutationFn: async (file: File) =>
      files.readCalendarFile.response.parse(
        await send(files.readCalendarFile.route, { body: formOf(file) }),
      ),
    meta: { errors: 'shown' },
  })

type Download = { address: string; name: string; init?: RequestInit }

/** Fetches a file in the page's language, which a plain link could not ask for, and hands it to the browser. */
export const downloadMutation = () =>
  mutationOptions({
    mutationFn: async ({ address, name, init }: Download) => {
      const answer = await fetch(address, {
        ...init,
        headers: apiHeaders(),
        credentials: 'same-origin',
      }).catch((cause: unknown) => {
        throw new NetworkError(cause)
      })
      if (!answer.ok) throw new NetworkError(answer.status)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await answer.blob())
      link.download = name
      link.click()
      URL.revokeObjectURL(link.href)
    },
  })

/** The refused rows of a calendar file, with their reasons. */
export const errorsOf = (file: File): Download => {
  const { method, path } = methodAndPath(files.getCalendarFileErrors.route)
  return { address: path, name: 'calendar-errors.csv', init: { method, body: formOf(file) } }
}
