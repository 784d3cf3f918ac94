import { z } from 'zod'
import { type Envelope, readEnvelope } from '../envelope.ts'
import { callPlatform, type WireRequest } from '../http.ts'
import type { Answer, PlatformTools, TokenSet } from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { kuaishouCodes } from './errors.ts'

/** An id as text, however it is written; a number beyond 2^53 has become text already. */
const id = z.union([z.string().min(1), z.int()]).transform(String)
const count = z.int().nonnegative().nullish()

const videoInfo = z.object({
  photo_id: id,
  caption: z.string().default(''),
  cover: z.string().default(''),
  play_url: z.string().default(''),
  /** Milliseconds in every sample seen; seconds are taken too (see `instant`). */
  create_time: z.coerce.number().nullish(),
  like_count: count,
  comment_count: count,
  view_count: count,
  pending: z.boolean().nullish(),
})
export type KuaishouVideo = z.output<typeof videoInfo>

const tokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1),
  refresh_token_expires_in: z.coerce.number().positive(),
  open_id: id,
  scopes: z.array(z.string()).default([]),
})

const envelopeShape = z.object({
  result: z.union([z.int(), z.string()]).transform(String),
  error: z.string().nullish(),
  error_msg: z.string().nullish(),
})
function envelope(body: unknown): Envelope | null {
  const read = envelopeShape.safeParse(body)
  if (!read.success) return null
  const { result, error, error_msg } = read.data
  return result === '1'
    ? { ok: true }
    : { ok: false, code: result, message: error_msg ?? error ?? '' }
}

/** A Kuaishou time, in milliseconds or seconds since 1970; 10^11 s is the year 5138, 10^11 ms is 1973. */
export const instant = (time: number): Date => new Date(time > 1e11 ? time : time * 1000)

export type UploadSession = { readonly token: string; readonly endpoint: string }
type Called = { readonly signal?: AbortSignal }

/**
 * Kuaishou's open platform, call by call: https://mp.kuaishou.com/platformDocs/openAbility (2024-09-26).
 * Tokens travel in the query string, so no URL of it may ever be logged.
 */
export function kuaishouClient(settings: PlatformSettings, tools: PlatformTools) {
  const { baseUrl, appId, appSecret, uploadHosts } = settings.kuaishou

  async function call<S extends z.ZodType>(
    purpose: 'submit' | 'read',
    value: S,
    request: Omit<WireRequest, 'deadlineMs'>,
  ): Promise<Answer<z.output<S>>> {
    const { secrets } = request
    const wire = await callPlatform({ ...request, deadlineMs: settings.deadlineMs }, tools.now)
    return readEnvelope(wire, { envelope, codes: kuaishouCodes, value, purpose, secrets })
  }
  const at = (base: string, path: string, query: Record<string, string>): URL => {
    const url = new URL(path, base)
    url.search = new URLSearchParams(query).toString()
    return url
  }
  /** A call in the name of an account. */
  const asAccount = <S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    accessToken: string,
    value: S,
    rest: Called & { query?: Record<string, string> } = {},
  ) =>
    call('read', value, {
      method,
      url: at(baseUrl, path, { access_token: accessToken, app_id: appId, ...rest.query }),
      secrets: [accessToken],
      signal: rest.signal,
    })

  async function tokenCall(
    path: string,
    query: Record<string, string>,
    secret: string,
    signal?: AbortSignal,
  ): Promise<Answer<TokenSet>> {
    const answer = await call('read', tokens, {
      method: 'GET',
      url: at(baseUrl, path, { app_id: appId, app_secret: appSecret, ...query }),
      secrets: [appSecret, secret],
      signal,
    })
    if (answer.kind !== 'ok') return answer
    const { value } = answer
    const inSeconds = (seconds: number) => new Date(tools.now().getTime() + seconds * 1000)
    return {
      kind: 'ok',
      value: {
        openId: value.open_id,
        accessToken: value.access_token,
        accessTokenExpiresAt: inSeconds(value.expires_in),
        refreshToken: value.refresh_token,
        refreshTokenExpiresAt: inSeconds(value.refresh_token_expires_in),
        scopes: value.scopes,
      },
    }
  }

  /** The upload host is plain http in the documents; only hosts of the allow-list are ever called. */
  const uploadCall = <S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    { token, endpoint }: UploadSession,
    value: S,
    rest: Called & { query?: Record<string, string>; body?: Blob } = {},
  ) =>
    call('read', value, {
      method,
      url: at(`http://${endpoint}`, path, { upload_token: token, ...rest.query }),
      ...(rest.body && { body: rest.body, headers: { 'content-type': rest.body.type } }),
      secrets: [token],
      signal: rest.signal,
    })

  return {
    configured: appId !== '' && appSecret !== '',

    authorizeUrl: (state: string, redirectUri: string): string =>
      at(baseUrl, '/oauth2/authorize', {
        app_id: appId,
        scope: 'user_info,user_video_publish,user_video_info',
        response_type: 'code',
        redirect_uri: redirectUri,
        state,
      }).toString(),
    accessToken: (code: string, signal?: AbortSignal) =>
      tokenCall('/oauth2/access_token', { code, grant_type: 'authorization_code' }, code, signal),
    refreshToken: (token: string, signal?: AbortSignal) =>
      tokenCall(
        '/oauth2/refresh_token',
        { refresh_token: token, grant_type: 'refresh_token' },
        token,
        signal,
      ),
    userInfo: (accessToken: string, rest: Called = {}) =>
      asAccount(
        'GET',
        '/openapi/user_info',
        accessToken,
        z.object({ user_info: z.object({ name: z.string(), fan: count, follow: count }) }),
        rest,
      ),

    /** Refuses an upload host that is not on the allow-list, before a byte goes there. */
    async startUpload(accessToken: string, rest: Called = {}): Promise<Answer<UploadSession>> {
      const answer = await asAccount(
        'POST',
        '/openapi/photo/start_upload',
        accessToken,
        z.object({ upload_token: z.string().min(1), endpoint: z.string().min(1) }),
        rest,
      )
      if (answer.kind !== 'ok') return answer
      const { upload_token: token, endpoint } = answer.value
      if (hostAllowed(endpoint, uploadHosts)) return { kind: 'ok', value: { token, endpoint } }
      return {
        kind: 'refused',
        code: 'upload_host_refused',
        message: endpoint.slice(0, 100),
        category: 'human_action_required',
        retryable: false,
      }
    },
    hostAllowed: (endpoint: string): boolean => hostAllowed(endpoint, uploadHosts),
    uploadWhole: (session: UploadSession, video: Blob, rest: Called = {}) =>
      uploadCall('POST', '/api/upload', session, z.unknown(), { ...rest, body: video }),
    uploadFragment: (session: UploadSession, fragment: number, bytes: Blob, rest: Called = {}) =>
      uploadCall('POST', '/api/upload/fragment', session, z.unknown(), {
        ...rest,
        query: { fragment_id: String(fragment) },
        body: bytes,
      }),
    resumeUpload: (session: UploadSession, rest: Called = {}) =>
      uploadCall(
        'GET',
        '/api/upload/resume',
        session,
        z.object({
          fragment_index: z.int().default(-1),
          fragment_list: z.array(z.object({ id: z.int(), size: z.int() })).nullish(),
        }),
        rest,
      ),
    completeUpload: (session: UploadSession, fragments: number, rest: Called = {}) =>
      uploadCall('POST', '/api/upload/complete', session, z.unknown(), {
        ...rest,
        query: { fragment_count: String(fragments) },
      }),

    /** The irreversible call. */
    publish: (
      accessToken: string,
      uploadToken: string,
      form: { readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> },
      rest: Called = {},
    ) =>
      call('submit', z.looseObject({ video_info: z.looseObject(videoInfo.shape) }), {
        method: 'POST',
        url: at(baseUrl, '/openapi/photo/publish', {
          access_token: accessToken,
          app_id: appId,
          upload_token: uploadToken,
        }),
        headers: { 'content-type': form.contentType },
        body: form.body,
        once: true,
        secrets: [accessToken, uploadToken],
        signal: rest.signal,
      }),

    photoInfo: (accessToken: string, photoId: string, rest: Called = {}) =>
      asAccount('GET', '/openapi/photo/info', accessToken, z.object({ video_info: videoInfo }), {
        ...rest,
        query: { photo_id: photoId },
      }),
    /** `cursor` is the last photo_id of the page before; a page holds 200 at most. */
    photoList: (accessToken: string, cursor: string, pageSize: number, rest: Called = {}) =>
      asAccount(
        'GET',
        '/openapi/photo/list',
        accessToken,
        z.object({ video_list: z.array(videoInfo).default([]) }),
        { ...rest, query: { ...(cursor && { cursor }), count: String(pageSize) } },
      ),
    photoCount: (accessToken: string, rest: Called = {}) =>
      asAccount(
        'GET',
        '/openapi/photo/count',
        accessToken,
        z.object({
          all_count: count,
          public_count: count,
          friend_count: count,
          private_count: count,
        }),
        rest,
      ),
  }
}

/** `host[:port]` of an allow-list entry, exactly, or a subdomain of `*.suffix` without a port. */
function hostAllowed(endpoint: string, allowed: readonly string[]): boolean {
  const host = endpoint.toLowerCase()
  if (!/^[a-z0-9][a-z0-9.-]*(?::\d{1,5})?$/.test(host)) return false
  return allowed.some((entry) =>
    entry.startsWith('*.') ? !host.includes(':') && host.endsWith(entry.slice(1)) : host === entry,
  )
}
