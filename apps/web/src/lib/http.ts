import { type Endpoint, type EndpointInput, methodAndPath } from '@xingbo/shared/contract'
import type { ErrorBody } from '@xingbo/shared/errors'
import { permissions, type RouteKey } from '@xingbo/shared/identity/permissions'
import { fill, type TextValues } from '@xingbo/shared/text'
import { httpTexts } from './http.texts.ts'
import { getLanguage } from './i18n.ts'
import { createStoredValue } from './value.ts'

const words = (key: keyof typeof httpTexts, values?: TextValues) =>
  fill(httpTexts[key], getLanguage(), values)

/** The server refused; `message` is its sentence in the reader's language. */
export class ApiError extends Error {
  readonly status: number
  readonly body: ErrorBody
  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.name = 'ApiError'
    this.status = status
    this.body = body
  }
}

/** Nothing came back; whether the server did the work is unknown. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super(words('offline'), { cause })
    this.name = 'NetworkError'
  }
}

/** The answer has a shape this page does not know: the server is newer than the page. */
export class OldPageError extends Error {
  constructor(cause: unknown) {
    super(words('oldPage'), { cause })
    this.name = 'OldPageError'
  }
}

/** The institution this tab works in; two tabs may work in two. */
export const tabInstitution = createStoredValue('xingbo.institution', 'session')

let onSignedOut = () => {}
/** The page says once what happens when the server no longer knows the session (401 on a closed route). */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener
}

/** Headers every call to our API carries; for libraries that make their own requests (tus). */
export function apiHeaders(): Record<string, string> {
  const institution = tabInstitution.get()
  return {
    'accept-language': getLanguage() === 'zh' ? 'zh-CN' : 'en',
    ...(institution && { 'x-institution-id': institution }),
  }
}

type Parts = {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/** Empty query values are left out. */
function address(route: RouteKey, { params = {}, query = {} }: Parts): string {
  const path = methodAndPath(route).path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(params[key] ?? ''),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') search.append(key, String(one))
  return search.size ? `${path}?${search}` : path
}

/**
 * The address of a route where the browser itself asks: `<a download>`, `<img>`, `<video>`, EventSource.
 * They cannot send headers, so this tab's institution stands in the query.
 * `addressOf<typeof api.getAssetFile>('GET /api/assets/:assetId/file', { params: { assetId } })`
 */
export const addressOf = <E extends Endpoint>(
  route: E['route'],
  input: Omit<EndpointInput<E>, 'body'>,
): string => {
  const { params, query } = input as Parts
  return address(route, {
    ...(params && { params }),
    query: { ...query, institution: tabInstitution.get() },
  })
}

const isErrorBody = (json: unknown): json is ErrorBody =>
  typeof json === 'object' &&
  json !== null &&
  'code' in json &&
  'message' in json &&
  typeof json.message === 'string'

async function refusal(res: Response): Promise<ApiError> {
  const json: unknown = await res.json().catch(() => null)
  if (isErrorBody(json)) return new ApiError(res.status, json)
  return new ApiError(res.status, {
    code: 'UNAVAILABLE',
    message: words('noAnswer', { status: res.status }),
    requestId: res.headers.get('x-request-id') ?? '',
  })
}

/**
 * Sends one call and returns what the server says, unread. A `FormData` as body goes as a form with files,
 * anything else as JSON. Throws `ApiError` for every refusal and `NetworkError` when nothing came back.
 */
export async function send(
  route: RouteKey,
  input: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const parts = input as Parts
  const { body } = parts
  const form = body instanceof FormData
  const res = await fetch(address(route, parts), {
    method: methodAndPath(route).method,
    credentials: 'same-origin',
    headers: {
      ...apiHeaders(),
      // A form's type carries its boundary, which only the browser knows.
      ...(body !== undefined && !form && { 'content-type': 'application/json' }),
    },
    ...(signal && { signal }),
    ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new NetworkError(cause)
  })
  if (res.ok) return res.json().catch((cause: unknown) => Promise.reject(new NetworkError(cause)))
  const error = await refusal(res)
  // `me` is how a page finds out whether anyone is signed in; its 401 is an answer.
  const expected = route === 'GET /api/me' || permissions[route] === 'public'
  if (res.status === 401 && !expected) onSignedOut()
  throw error
}
