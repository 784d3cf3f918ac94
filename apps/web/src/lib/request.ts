import {
  type Endpoint,
  type EndpointInput,
  type EndpointOutput,
  methodAndPath,
} from '@xingbo/shared/contract'
import { type ErrorBody, errorBody } from '@xingbo/shared/errors'
import { permissions } from '@xingbo/shared/identity/permissions'
import { fill, type TextValues } from '@xingbo/shared/text'
import type { z } from 'zod'
import { getLanguage } from './i18n.ts'
import { requestTexts } from './request.texts.ts'
import { createStoredValue } from './value.ts'

const words = (key: keyof typeof requestTexts, values?: TextValues) =>
  fill(requestTexts[key], getLanguage(), values)

/** The server refused; `body.message` is its sentence in the reader's language. */
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

/** The institution this tab works in; two tabs may work in two. */
export const tabInstitution = createStoredValue('xingbo.institution', 'session')

type Listener = () => void
let onSignedOut: Listener = () => {}
/** The page says once what happens when the server no longer knows the session (401 on a closed route). */
export const whenSignedOut = (listener: Listener): void => {
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
function address(endpoint: Endpoint, { params = {}, query = {} }: Parts): string {
  const path = methodAndPath(endpoint.route).path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(params[key] ?? ''),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') search.append(key, String(one))
  return search.size ? `${path}?${search}` : path
}

/**
 * The address of an endpoint where the browser itself asks: `<a download>`, `<img>`, `<video>`, EventSource.
 * They cannot send headers, so this tab's institution stands in the query.
 */
export const addressOf = <const E extends Endpoint>(
  endpoint: E,
  input: Omit<EndpointInput<E>, 'body'>,
): string => {
  const { params, query } = input as Parts
  return address(endpoint, {
    ...(params && { params }),
    query: { ...query, institution: tabInstitution.get() },
  })
}

async function refusal(res: Response): Promise<ApiError> {
  const parsed = errorBody.safeParse(await res.json().catch(() => null))
  if (parsed.success) return new ApiError(res.status, parsed.data)
  return new ApiError(res.status, {
    code: 'UNAVAILABLE',
    message: words('noAnswer', { status: res.status }),
    requestId: res.headers.get('x-request-id') ?? '',
  })
}

/**
 * Calls an endpoint of the contract: `request(getTopic, { params: { topicId } }, signal)`.
 * A `FormData` as body is sent as a form with files, anything else as JSON. Throws `ApiError` for every refusal and
 * `NetworkError` when nothing came back.
 */
export async function request<const E extends Endpoint>(
  endpoint: E,
  input: EndpointInput<E>,
  signal?: AbortSignal,
): Promise<EndpointOutput<E>> {
  const parts = input as Parts
  const { body } = parts
  const form = body instanceof FormData
  const res = await fetch(address(endpoint, parts), {
    method: methodAndPath(endpoint.route).method,
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
  if (!res.ok) {
    const error = await refusal(res)
    const expected = endpoint.route === 'GET /api/me' || permissions[endpoint.route] === 'public'
    if (res.status === 401 && !expected) onSignedOut()
    throw error
  }
  const parsed = (endpoint.response as z.ZodType).safeParse(await res.json().catch(() => null))
  // A shape we do not know comes from a server newer than this page.
  if (!parsed.success) throw new Error(words('oldPage'), { cause: parsed.error })
  return parsed.data as EndpointOutput<E>
}
