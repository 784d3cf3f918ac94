import type { PlatformErrorCategory } from '@xingbo/shared/publishing/platform-error'
import { hearDate } from './clock.ts'
import { mayBegin } from './last-look.ts'
import type { Refused, Unknown } from './platform.port.ts'

/** No call to a platform takes longer than this, slow bodies included. */
const defaultDeadlineMs = 120_000
/** Their answers are a few KB; a list of 200 posts stays under 1 MB. */
const maxAnswerBytes = 4 * 1024 * 1024
/** A platform asking for more patience than this is asked again anyway. */
const maxRetryAfterSeconds = 3600
const maxMessageLength = 300

/** Failures of the road that happen before a byte of the request is sent. */
const neverSent = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
])
/** Before a byte is sent only when it was the connecting that failed. */
const neverSentOnConnect = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET'])

/** Statuses with which a gateway turns a request away (RFC 9110 §15.5, RFC 6585 §4). */
const turnedAway: Readonly<
  Record<number, { category: PlatformErrorCategory; retryable: boolean }>
> = {
  401: { category: 'auth_expired', retryable: true },
  403: { category: 'permission_missing', retryable: false },
  407: { category: 'unreachable', retryable: true },
  413: { category: 'media_invalid', retryable: false },
  429: { category: 'rate_limited', retryable: true },
}

export type WireRequest = {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Blob | Uint8Array<ArrayBuffer>
  /**
   * Leaves this process once and only once. Not on a pooled connection (a stale one would turn a request
   * never sent into an unknown outcome), and with a body fetch cannot send again: given bytes, it would
   * repeat a POST that is answered 421 (Fetch standard, HTTP-network-or-cache fetch).
   */
  readonly once?: boolean
  readonly signal?: AbortSignal
  readonly deadlineMs?: number
  /** Blacked out of everything that is handed on. */
  readonly secrets: readonly string[]
}
export type WireAnswer =
  | {
      readonly kind: 'json'
      readonly status: number
      readonly body: unknown
      /** What the status alone says, where the body names no code. */
      readonly byStatus: Refused | null
    }
  | Refused
  | Unknown

const unknown = (why: Unknown['why'], detail: string): Unknown => ({ kind: 'unknown', why, detail })

/** A text without the secrets in it, cut to a length one can store. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets)
    if (secret !== '') {
      clean = clean.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***')
    }
  return clean.length > maxMessageLength ? `${clean.slice(0, maxMessageLength)}…` : clean
}

/** JSON whose integers beyond 2^53 come out as strings, digit for digit: they are ids. */
export function parseJson(text: string): unknown {
  const keepBigIds = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? context.source
      : value
  return JSON.parse(text, keepBigIds)
}

/** `Retry-After` in seconds, either form, capped; `undefined` when absent or unreadable. */
export function retryAfter(header: string | null, now: Date): number | undefined {
  if (!header) return undefined
  const seconds = /^\d+$/.test(header.trim())
    ? Number(header)
    : Math.ceil((Date.parse(header) - now.getTime()) / 1000)
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(seconds, maxRetryAfterSeconds)
    : undefined
}

/**
 * One HTTP call. Redirects are not followed (the request carries tokens and may not be sent twice), the
 * whole exchange has one deadline, and every way it can end is an answer: it never throws for the network.
 */
export async function callPlatform(request: WireRequest, now: () => Date): Promise<WireAnswer> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), request.deadlineMs ?? defaultDeadlineMs)
  const signals = request.signal ? [deadline.signal, request.signal] : [deadline.signal]
  const lastLook = new LastLook(request.once ? mayBegin() : () => true)
  if (request.body === undefined && !lastLook.mayBegin()) return notBegun
  const begunAt = performance.now()
  try {
    const response = await fetch(request.url, {
      method: request.method,
      ...bodyAndHeaders(request, lastLook),
      redirect: 'manual',
      signal: AbortSignal.any(signals),
    })
    hearDate(request.url.host, response.headers, begunAt)
    const text = await readText(response)
    return text === null
      ? unknown('unreadable', `answer over ${maxAnswerBytes} bytes`)
      : readAnswer(response, text, request.secrets, now())
  } catch (error) {
    if (lastLook.calledOff) return notBegun
    if (deadline.signal.aborted) return unknown('timeout', 'no complete answer in time')
    if (request.signal?.aborted) return unknown('connection_lost', 'ended by us')
    return roadFailure(error)
  } finally {
    clearTimeout(timer)
  }
}

/** Nothing left this process: it was no longer time to. */
const notBegun: Refused = {
  kind: 'refused',
  code: 'called_off',
  message: '',
  category: 'unreachable',
  retryable: true,
}

/** Asks once more when the connection stands and the first bytes are wanted; before them not even a header leaves. */
class LastLook {
  calledOff = false
  private begun = false
  readonly mayBegin: () => boolean
  constructor(mayBegin: () => boolean) {
    this.mayBegin = mayBegin
  }

  before(bytes: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reader = bytes.stream().getReader()
    return new ReadableStream(
      {
        pull: async (controller) => {
          const { done, value } = await reader.read()
          if (!this.begun && !this.mayBegin()) {
            this.calledOff = true
            controller.error(new Error('called off'))
          } else if (done) controller.close()
          else controller.enqueue(value)
          this.begun = true
        },
      },
      // Nothing is read ahead: `pull` is the socket asking.
      { highWaterMark: 0 },
    )
  }
}

function bodyAndHeaders({ headers, body, once }: WireRequest, lastLook: LastLook): RequestInit {
  if (body === undefined) return { headers: { ...headers } }
  if (!once) return { headers: { ...headers }, body }
  const bytes = new Blob([body])
  const alone = { connection: 'close', 'content-length': String(bytes.size) }
  // `duplex` is Node's; the DOM's type does not know it.
  const halfDuplex = { duplex: 'half' as const }
  return { headers: { ...headers, ...alone }, body: lastLook.before(bytes), ...halfDuplex }
}

async function readText(response: Response): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxAnswerBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function readAnswer(
  response: Response,
  text: string,
  secrets: readonly string[],
  now: Date,
): WireAnswer {
  const { status } = response
  if (status >= 500) return unknown('server_error', `http_${status}`)
  if (status >= 300 && status < 400) return unknown('unreadable', `redirect http_${status}`)
  const known = turnedAway[status]
  const wait = retryAfter(response.headers.get('retry-after'), now)
  const byStatus: Refused | null = known
    ? {
        kind: 'refused',
        code: `http_${status}`,
        message: '',
        ...known,
        ...(wait !== undefined && { retryAfterSeconds: wait }),
      }
    : null
  try {
    return { kind: 'json', status, body: parseJson(text), byStatus }
  } catch {
    if (byStatus) return byStatus
    return unknown('unreadable', redact(`http_${status} ${text.slice(0, 80)}`, secrets))
  }
}

type SystemError = { code?: unknown; syscall?: unknown; errors?: unknown }

function roadFailure(error: unknown): Refused | Unknown {
  const cause = (error instanceof Error ? (error.cause ?? error) : {}) as SystemError
  const attempts = Array.isArray(cause.errors) ? (cause.errors as SystemError[]) : [cause]
  const code = typeof cause.code === 'string' ? cause.code : 'network'
  // A name with several addresses fails once for each: all of them must have failed before sending.
  if (attempts.length > 0 && attempts.every(failedBeforeSending))
    return { kind: 'refused', code, message: '', category: 'unreachable', retryable: true }
  return unknown('connection_lost', code)
}

function failedBeforeSending({ code, syscall }: SystemError): boolean {
  if (typeof code !== 'string') return false
  return neverSent.has(code) || (syscall === 'connect' && neverSentOnConnect.has(code))
}
