import type { EndpointOutput } from '@xingbo/shared/contract'
import type { ErrorBody } from '@xingbo/shared/errors'
import { createImport, importSummary } from '@xingbo/shared/metrics/import.schema'
import type { ImportKind } from '@xingbo/shared/metrics/import-kind'
import { ApiError, addressOf, apiHeaders, NetworkError, OldPageError } from '../../lib/http.ts'

export type ImportWish = {
  kind: ImportKind
  accountId?: string | undefined
  asOf?: string | null | undefined
  file: File
}

/** Sends the file as a form and tells how much of it has gone; `fetch` could not say. */
export function uploadImport(
  { kind, accountId, asOf, file }: ImportWish,
  onSent: (percent: number) => void,
): Promise<EndpointOutput<typeof createImport>> {
  const form = new FormData()
  form.set('kind', kind)
  if (accountId) form.set('accountId', accountId)
  if (asOf) form.set('asOf', asOf)
  // Last: the server reads the fields that come before the file.
  form.set('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', addressOf<typeof createImport>(createImport.route, {}))
    for (const [name, value] of Object.entries(apiHeaders())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onSent(Math.round((loaded / total) * 100))
    request.onerror = () => reject(new NetworkError('upload'))
    request.onload = () => {
      const { status, response } = request
      if (status >= 400 && response) return reject(new ApiError(status, response as ErrorBody))
      const parsed = importSummary.safeParse(response)
      return parsed.success ? resolve(parsed.data) : reject(new OldPageError(parsed.error))
    }
    request.send(form)
  })
}
