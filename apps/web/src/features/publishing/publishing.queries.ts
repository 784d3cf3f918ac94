import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { listAccounts, setAccountOwner } from '@xingbo/shared/accounts/account.schema'
import { getContent, listContents } from '@xingbo/shared/content/content.schema'
import { listHolds } from '@xingbo/shared/content/hold.schema'
import type { EndpointInput } from '@xingbo/shared/contract'
import { getDoctor } from '@xingbo/shared/doctors/doctor.schema'
import { listColleagues } from '@xingbo/shared/identity/user.schema'
import { listContentAssets } from '@xingbo/shared/media/asset.schema'
import * as handOff from '@xingbo/shared/publishing/hand-off.schema'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import * as api from '@xingbo/shared/publishing/publication.schema'
import { getScript } from '@xingbo/shared/scripts/script.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export type PublicationFilter = NonNullable<EndpointInput<typeof api.listPublications>['query']>

const root = ['publishing'] as const

export const publicationQueries = {
  list: (filter: PublicationFilter) =>
    queryOptions({
      queryKey: [...root, 'list', filter],
      queryFn: ({ signal }) => request(api.listPublications, { query: filter }, signal),
    }),
  /** How many there are, without carrying them. */
  count: (filter: PublicationFilter) =>
    queryOptions({
      queryKey: [...root, 'count', filter],
      queryFn: async ({ signal }) => {
        const query = { ...filter, page: 1, pageSize: 1 }
        return (await request(api.listPublications, { query }, signal)).total
      },
    }),
  detail: (publicationId: string) =>
    queryOptions({
      queryKey: [...root, 'detail', publicationId],
      queryFn: ({ signal }) => request(api.getPublication, { params: { publicationId } }, signal),
    }),
  handOffs: () =>
    queryOptions({
      queryKey: [...root, 'hand-offs'],
      queryFn: ({ signal }) => request(handOff.listHandOffs, {}, signal),
    }),
  /** Items that stand in `ready`, with the publications they have by now. */
  undated: () =>
    queryOptions({
      queryKey: [...root, 'undated'],
      queryFn: async ({ signal }) => {
        const [board, made] = await Promise.all([
          request(listContents, { query: { stage: 'ready', limit: 500 } }, signal),
          request(
            api.listPublications,
            { query: { contentStage: 'ready', pageSize: 1000 } },
            signal,
          ),
        ])
        return { items: board.columns.flatMap(({ items }) => items), publications: made.items }
      },
    }),
}
liveQueries('publication', root)
liveQueries('content', [...root, 'undated'], [...root, 'item'])

/** Everything the schedule dialog asks about one item and the accounts it may go to. */
async function loadMaterial(contentId: string, signal: AbortSignal) {
  const params = { contentId }
  const [content, script, media, accounts, holds, made] = await Promise.all([
    request(getContent, { params }, signal),
    request(getScript, { params }, signal),
    request(listContentAssets, { params }, signal),
    request(listAccounts, { query: { pageSize: 200 } }, signal),
    request(listHolds, { query: { kind: 'account' } }, signal),
    request(api.listPublications, { query: { contentId, pageSize: 1000 } }, signal),
  ])
  const doctor = content.doctor
    ? await request(getDoctor, { params: { doctorId: content.doctor.id } }, signal)
    : null
  return {
    content,
    script,
    media,
    doctor,
    accounts: accounts.items,
    holds: holds.items,
    publications: made.items,
  }
}
export type ScheduleMaterial = Awaited<ReturnType<typeof loadMaterial>>

export const scheduleQuery = (contentId: string) =>
  queryOptions({
    queryKey: [...root, 'item', contentId],
    queryFn: ({ signal }) => loadMaterial(contentId, signal),
  })
for (const kind of ['script', 'sign_off', 'compliance', 'asset', 'account', 'hold', 'doctor'])
  liveQueries(kind, [...root, 'item'])
/** Accounts for the filters; archived ones stay choosable, their posts are still there. */
export const accountChoicesQuery = queryOptions({
  queryKey: [...root, 'accounts'],
  queryFn: ({ signal }) =>
    request(listAccounts, { query: { pageSize: 200, archived: 'all' } }, signal),
})
liveQueries('account', accountChoicesQuery.queryKey)

/** People a hand-off can be given to. */
export const colleaguesQuery = queryOptions({
  queryKey: [...root, 'colleagues'],
  queryFn: ({ signal }) => request(listColleagues, {}, signal),
})

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: root })

type Schedule = { contentId: string; body: EndpointInput<typeof api.schedulePublications>['body'] }
/** Refusals are shown in the dialog, at the account they are about. */
export const scheduleMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ contentId, body }: Schedule) =>
      request(api.schedulePublications, { params: { contentId }, body }),
    onSettled: () => refresh(client),
    meta: { errors: 'shown' },
  })

/**
 * The revision to act on. While a post waits, the server notes on its row that it looked again, which
 * nobody need see: when state and time are still those on screen, what the person saw is what stands.
 */
async function standingRevision(seen: Publication): Promise<number> {
  const now = await request(api.getPublication, { params: { publicationId: seen.id } })
  return now.state === seen.state && now.dueAt === seen.dueAt ? now.revision : seen.revision
}

type Shown = { readonly shown: 'as toast' | 'in form' }
const metaOf = ({ shown }: Shown) => (shown === 'in form' ? { errors: 'shown' as const } : {})

type Reschedule = { publication: Publication; dueAt: string }
export const rescheduleMutation = (client: QueryClient, shown: Shown) =>
  mutationOptions({
    mutationFn: async ({ publication, dueAt }: Reschedule) =>
      request(api.reschedulePublication, {
        params: { publicationId: publication.id },
        body: { revision: await standingRevision(publication), dueAt },
      }),
    onSettled: () => refresh(client),
    meta: metaOf(shown),
  })

type Cancel = { publication: Publication; reason: string }
export const cancelMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: async ({ publication, reason }: Cancel) =>
      request(api.cancelPublication, {
        params: { publicationId: publication.id },
        body: { revision: await standingRevision(publication), reason },
      }),
    onSettled: () => refresh(client),
  })

type Choice =
  | { choice: 'bind'; link: string }
  | { choice: 'send_again' | 'give_up'; reason: string }
type Resolve = { publication: Publication; how: Choice }
export const resolveMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: async ({ publication, how }: Resolve) =>
      request(api.resolvePublication, {
        params: { publicationId: publication.id },
        body: { ...how, revision: await standingRevision(publication) },
      }),
    onSettled: () => refresh(client),
  })

export const handOffLinkMutation = () =>
  mutationOptions({
    mutationFn: ({ publicationId, userId }: { publicationId: string; userId?: string }) =>
      request(handOff.createHandOffLink, { params: { publicationId }, body: { userId } }),
  })

/** `userId` null: back to the account's owner. */
export const takeOverMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ publicationId, userId }: { publicationId: string; userId: string | null }) =>
      request(handOff.takeOverHandOff, { params: { publicationId }, body: { userId } }),
    onSettled: () => refresh(client),
  })

export const accountOwnerMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ accountId, userId }: { accountId: string; userId: string }) =>
      request(setAccountOwner, { params: { accountId }, body: { userId } }),
    onSettled: () => refresh(client),
  })
