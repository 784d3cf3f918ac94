import { z } from 'zod'
import { type Envelope, readEnvelope } from '../envelope.ts'
import { callPlatform } from '../http.ts'
import type { Answer, PlatformTools } from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { douyinCodes } from './errors.ts'

/** Tokens and tickets live two hours; one that dies within this margin is fetched anew. */
const marginMs = 5 * 60_000

const code = z.union([z.int(), z.string()]).transform(String).nullish()
const carrier = z.object({ error_code: code, description: z.string().nullish() }).nullish()
const envelopeShape = z.object({
  data: carrier,
  extra: carrier,
  err_no: code,
  err_msg: z.string().nullish(),
  error_code: code,
  message: z.string().nullish(),
})
/** The code may sit in `data`, in `extra`, in `err_no` or at the top; any that is not 0 is the answer. */
export function douyinEnvelope(body: unknown): Envelope | null {
  const read = envelopeShape.safeParse(body)
  if (!read.success) return null
  const { data, extra, err_no, err_msg, error_code, message } = read.data
  const places = [
    { code: data?.error_code, message: data?.description },
    { code: extra?.error_code, message: extra?.description },
    { code: err_no, message: err_msg },
    { code: error_code, message },
  ]
  const named = places.filter((place) => place.code != null)
  if (named.length === 0) return null
  const failed = named.find((place) => place.code !== '0')
  return failed?.code
    ? { ok: false, code: failed.code, message: failed.message ?? '' }
    : { ok: true }
}

type Kept = { readonly value: string; readonly expiresAt: number }
type Called = { readonly signal?: AbortSignal }

/**
 * The application's own calls on Douyin's open platform (no user token is involved in a hand-off):
 * docs dop/develop/sdk/web-app/h5/share-to-h5 and dop/develop/openapi.
 */
export function douyinClient(settings: PlatformSettings, tools: PlatformTools) {
  const { baseUrl, clientKey, clientSecret } = settings.douyin

  async function call<S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    value: S,
    rest: Called & {
      query?: Record<string, string>
      body?: Record<string, unknown>
      accessToken?: string
      secrets?: readonly string[]
    },
  ): Promise<Answer<z.output<S>>> {
    const url = new URL(path, baseUrl)
    url.search = new URLSearchParams(rest.query).toString()
    const secrets = [clientSecret, rest.accessToken ?? '', ...(rest.secrets ?? [])]
    const wire = await callPlatform(
      {
        method,
        url,
        headers: {
          'content-type': 'application/json',
          ...(rest.accessToken && { 'access-token': rest.accessToken }),
        },
        ...(rest.body && { body: JSON.stringify(rest.body) }),
        secrets,
        signal: rest.signal,
        deadlineMs: settings.deadlineMs,
      },
      tools.now,
    )
    return readEnvelope(wire, {
      envelope: douyinEnvelope,
      codes: douyinCodes,
      value,
      purpose: 'read',
      secrets,
    })
  }

  /** Keeps what `fetchIt` gave until shortly before it expires; callers at the same time share one call. */
  function keep(fetchIt: (called: Called) => Promise<Answer<Kept>>) {
    let kept: Kept | null = null
    let running: Promise<Answer<Kept>> | null = null
    return {
      drop: () => {
        kept = null
      },
      async get(called: Called): Promise<Answer<Kept>> {
        if (kept && kept.expiresAt - marginMs > tools.now().getTime())
          return { kind: 'ok', value: kept }
        running ??= fetchIt(called).finally(() => {
          running = null
        })
        const answer = await running
        if (answer.kind === 'ok') kept = answer.value
        return answer
      },
    }
  }
  const lifetime = z.coerce.number().positive()
  const keptFor = (value: string, seconds: number): Answer<Kept> => ({
    kind: 'ok',
    value: { value, expiresAt: tools.now().getTime() + seconds * 1000 },
  })

  const clientToken = keep(async (called) => {
    const answer = await call(
      'POST',
      '/oauth/client_token/',
      z.object({ data: z.object({ access_token: z.string().min(1), expires_in: lifetime }) }),
      {
        ...called,
        body: {
          client_key: clientKey,
          client_secret: clientSecret,
          grant_type: 'client_credential',
        },
      },
    )
    if (answer.kind !== 'ok') return answer
    return keptFor(answer.value.data.access_token, answer.value.data.expires_in)
  })

  /** With the application's token; one that turns out to be dead is fetched anew, once. */
  async function withToken<T>(
    called: Called,
    work: (accessToken: string) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const token = await clientToken.get(called)
    if (token.kind !== 'ok') return token
    const first = await work(token.value.value)
    if (first.kind !== 'refused' || first.category !== 'auth_expired') return first
    clientToken.drop()
    const fresh = await clientToken.get(called)
    return fresh.kind === 'ok' ? work(fresh.value.value) : fresh
  }

  const ticket = keep((called) =>
    withToken(called, async (accessToken) => {
      const answer = await call(
        'GET',
        '/open/getticket/',
        z.object({ data: z.object({ ticket: z.string().min(1), expires_in: lifetime }) }),
        { ...called, accessToken },
      )
      if (answer.kind !== 'ok') return answer
      return keptFor(answer.value.data.ticket, answer.value.data.expires_in)
    }),
  )

  return {
    configured: clientKey !== '' && clientSecret !== '',
    clientToken: (called: Called = {}) => clientToken.get(called),
    ticket: (called: Called = {}) => ticket.get(called),
    /** The id that comes back in the `create_video` webhook. */
    shareId: (called: Called = {}): Promise<Answer<string>> =>
      withToken(called, async (accessToken) => {
        const answer = await call(
          'GET',
          '/share-id/',
          z.object({
            data: z.object({ share_id: z.union([z.string().min(1), z.int()]).transform(String) }),
          }),
          { ...called, accessToken, query: { need_callback: 'true' } },
        )
        return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.data.share_id } : answer
      }),
    /** Lets Douyin make the link; needs the scope jump.basic. */
    getShare: (body: Record<string, unknown>, called: Called = {}): Promise<Answer<string>> =>
      withToken(called, async (accessToken) => {
        const answer = await call(
          'POST',
          '/api/douyin/v1/schema/get_share/',
          z.object({ data: z.object({ schema: z.string().min(1) }) }),
          { ...called, accessToken, body },
        )
        return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.data.schema } : answer
      }),
  }
}
