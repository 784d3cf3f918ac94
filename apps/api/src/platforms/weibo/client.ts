import { z } from 'zod'
import { type Envelope, readEnvelope } from '../envelope.ts'
import { callPlatform, type WireRequest } from '../http.ts'
import type { Answer, PlatformTools, TokenSet } from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { weiboCodes } from './errors.ts'

/** An id as text, however it is written; a number beyond 2^53 has become text already. */
const id = z.union([z.string().min(1), z.int()]).transform(String)
const count = z.int().nonnegative().nullish()

const status = z
  .object({
    idstr: id.nullish(),
    id: id.nullish(),
    created_at: z.string().default(''),
    text: z.string().default(''),
    visible: z.object({ type: z.int() }).nullish(),
    user: z.object({ idstr: id.nullish(), id: id.nullish() }).nullish(),
    reposts_count: count,
    comments_count: count,
    attitudes_count: count,
  })
  .transform((value, context) => {
    const remoteId = value.idstr ?? value.id
    if (remoteId) return { ...value, remoteId }
    context.addIssue({ code: 'custom', message: 'no id', path: ['idstr'] })
    return z.NEVER
  })
export type WeiboStatus = z.output<typeof status>

const token = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  uid: id,
})

const failure = z.object({
  error_code: z.union([z.int(), z.string()]).transform(String),
  error: z.string().nullish(),
})
/** An answer without `error_code` is the thing asked for itself. */
function envelope(body: unknown): Envelope | null {
  if (typeof body !== 'object' || body === null) return null
  const failed = failure.safeParse(body)
  return failed.success
    ? { ok: false, code: failed.data.error_code, message: failed.data.error ?? '' }
    : { ok: true }
}

/** "Tue May 31 17:46:55 +0800 2011"; null when it is no time. */
export function instantOf(text: string): Date | null {
  const [, day, time, zone, year] = /^\w{3} (\w{3} \d+) (\S+) ([+-]\d{4}) (\d{4})$/.exec(text) ?? []
  const at = new Date(`${day} ${year} ${time} ${zone}`)
  return Number.isNaN(at.getTime()) ? null : at
}

type Called = { readonly signal?: AbortSignal }

/** Weibo's open platform, call by call: https://open.weibo.com/wiki (2/statuses/share, Oauth2). */
export function weiboClient(settings: PlatformSettings, tools: PlatformTools) {
  const { baseUrl, appKey, appSecret } = settings.weibo

  async function call<S extends z.ZodType>(
    purpose: 'submit' | 'read',
    value: S,
    request: Omit<WireRequest, 'deadlineMs'>,
  ): Promise<Answer<z.output<S>>> {
    const { secrets } = request
    const wire = await callPlatform({ ...request, deadlineMs: settings.deadlineMs }, tools.now)
    return readEnvelope(wire, { envelope, codes: weiboCodes, value, purpose, secrets })
  }
  // The base may have a path of its own: the sandbox's has.
  const at = (path: string, query: Record<string, string> = {}): URL => {
    const url = new URL(baseUrl + path)
    url.search = new URLSearchParams(query).toString()
    return url
  }
  const get = <S extends z.ZodType>(
    path: string,
    accessToken: string,
    value: S,
    { query, signal }: Called & { query?: Record<string, string> } = {},
  ) =>
    call('read', value, {
      method: 'GET',
      url: at(path, { access_token: accessToken, ...query }),
      secrets: [accessToken],
      signal,
    })

  return {
    configured: appKey !== '' && appSecret !== '',

    authorizeUrl: (state: string, redirectUri: string): string =>
      at('/oauth2/authorize', {
        client_id: appKey,
        redirect_uri: redirectUri,
        response_type: 'code',
        state,
      }).toString(),
    async accessToken(
      code: string,
      redirectUri: string,
      signal?: AbortSignal,
    ): Promise<Answer<TokenSet>> {
      const answer = await call('read', token, {
        method: 'POST',
        url: at('/oauth2/access_token'),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          client_id: appKey,
          client_secret: appSecret,
          grant_type: 'authorization_code',
          redirect_uri: redirectUri,
          code,
        }).toString(),
        secrets: [appSecret, code],
        signal,
      })
      if (answer.kind !== 'ok') return answer
      const { access_token: accessToken, expires_in, uid } = answer.value
      const ends = new Date(tools.now().getTime() + expires_in * 1000)
      return {
        kind: 'ok',
        value: {
          openId: uid,
          accessToken,
          accessTokenExpiresAt: ends,
          // Web applications get none (Oauth2/refresh_token is for the mobile SDK): the owner consents again.
          refreshToken: null,
          refreshTokenExpiresAt: ends,
          scopes: ['statuses_share'],
        },
      }
    },

    /** The irreversible call. */
    share: (
      form: { readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> },
      accessToken: string,
      rest: Called = {},
    ) =>
      call('submit', status, {
        method: 'POST',
        url: at('/2/statuses/share.json'),
        headers: { 'content-type': form.contentType },
        body: form.body,
        once: true,
        secrets: [accessToken],
        signal: rest.signal,
      }),

    status: (accessToken: string, remoteId: string, rest: Called = {}) =>
      get('/2/statuses/show.json', accessToken, status, { ...rest, query: { id: remoteId } }),
    /** The account's own posts; `page` counts from 1, a page holds 100 at most. */
    timeline: (accessToken: string, page: number, pageSize: number, rest: Called = {}) =>
      get(
        '/2/statuses/user_timeline.json',
        accessToken,
        z.object({ statuses: z.array(status).default([]) }),
        { ...rest, query: { count: String(pageSize), page: String(page) } },
      ),
    user: (accessToken: string, uid: string, rest: Called = {}) =>
      get('/2/users/show.json', accessToken, z.object({ followers_count: count }), {
        ...rest,
        query: { uid },
      }),
    /** Whose token it is. */
    uid: (accessToken: string, rest: Called = {}) =>
      get('/2/account/get_uid.json', accessToken, z.object({ uid: id }), rest),
  }
}
