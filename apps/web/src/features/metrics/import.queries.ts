import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as api from '@xingbo/shared/metrics/import.schema'
import { listPublications } from '@xingbo/shared/publishing/publication.schema'
import { addressOf, apiHeaders, NetworkError } from '../../lib/http.ts'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'
import { type ImportWish, uploadImport } from './upload-import.ts'

export type ImportQuery = NonNullable<EndpointInput<typeof api.listImports>['query']>
export type ImportRowQuery = NonNullable<EndpointInput<typeof api.getImport>['query']>

const root = ['imports'] as const

export const importQueries = {
  list: (query: ImportQuery) =>
    queryOptions({
      queryKey: [...root, 'list', query],
      queryFn: ({ signal }) => request(api.listImports, { query }, signal),
    }),
  detail: (importId: string, query: ImportRowQuery) =>
    queryOptions({
      queryKey: [...root, 'detail', importId, query],
      queryFn: ({ signal }) => request(api.getImport, { params: { importId }, query }, signal),
    }),
  /** Publications of the account a row may be bound to by hand. */
  publications: (accountId: string, q: string) =>
    queryOptions({
      queryKey: [...root, 'publications', accountId, q],
      queryFn: ({ signal }) =>
        request(listPublications, { query: { accountId, pageSize: 50, ...(q && { q }) } }, signal),
    }),
}
liveQueries('import', root)

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: root })

export const createImportMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ wish, onSent }: { wish: ImportWish; onSent: (percent: number) => void }) =>
      uploadImport(wish, onSent),
    onSuccess: () => refresh(client),
    meta: { errors: 'shown' },
  })

type Answer = {
  importId: string
  rowId: string
  body: EndpointInput<typeof api.resolveImportRow>['body']
}

export const answerRowMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ importId, rowId, body }: Answer) =>
      request(api.resolveImportRow, { params: { importId, rowId }, body }),
    onSettled: () => refresh(client),
  })

/** Fetches the report in the page's language, which a plain link could not ask for, and hands it to the browser. */
export const downloadReportMutation = () =>
  mutationOptions({
    mutationFn: async (importId: string) => {
      const route = api.getImportReport.route
      const address = addressOf<typeof api.getImportReport>(route, { params: { importId } })
      const answer = await fetch(address, { headers: apiHeaders() }).catch((cause: unknown) => {
        throw new NetworkError(cause)
      })
      if (!answer.ok) throw new NetworkError(answer.status)
      const url = URL.createObjectURL(await answer.blob())
      const link = document.createElement('a')
      link.href = url
      link.download = `import-${importId}.csv`
      link.click()
      URL.revokeObjectURL(url)
    },
  })
