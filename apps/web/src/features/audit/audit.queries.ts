import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AuditEntry } from '@xingbo/shared/audit/audit.schema'
import * as api from '@xingbo/shared/audit/audit.schema'
import { auditSubjectLabels } from '@xingbo/shared/audit/audit-subjects'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export type AuditSearch = {
  actorId?: string | undefined
  action?: string | undefined
  subjectType?: string | undefined
  subjectId?: string | undefined
  contentId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

export const auditQueries = {
  all: () => ['audit'] as const,
  /** Page by page from the newest; `data.items` are all that were loaded. */
  list: (search: AuditSearch) =>
    infiniteQueryOptions({
      queryKey: [...auditQueries.all(), 'list', search],
      queryFn: ({ pageParam, signal }) =>
        request(api.listAudit, { query: { ...search, before: pageParam } }, signal),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      select: ({ pages }): { items: AuditEntry[] } => ({
        items: pages.flatMap(({ items }) => items),
      }),
    }),
  /** Walks the whole log on the server, so it is not asked again by itself. */
  chain: queryOptions({
    queryKey: ['audit-chain'],
    queryFn: ({ signal }) => request(api.verifyAudit, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }),
}
for (const kind of Object.keys(auditSubjectLabels)) liveQueries(kind, auditQueries.all())
