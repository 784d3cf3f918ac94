import { z } from 'zod'
import { type Envelope, readEnvelope } from '../envelope.ts'
import { callPlatform, type WireRequest } from '../http.ts'
import type { Answer, PlatformTools, TokenSet } from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { bilibiliCodes } from './errors.ts'
import { signedHeaders } from './signature.ts'

const count = z.int().nonnegative().nullish()
const seconds = z.coerce.number().int().nonnegative().nullish()

/** A work ("稿件"). `video_info` is empty, and `ptime` 0, until it is open. */
const archive = z.object({
  resource_id: z.string().min(1),
  title: z.string().default(''),
  desc: z.string().default(''),
  ctime: seconds,
  ptime: seconds,
  addit_info: z.object({
    state: z.coerce.number().int(),
    state_desc: z.string().default(''),
    reject_reason: z.string().default(''),
  }),
  video_info: z
    .object({
      duration: z.coerce.number().nonnegative().nullish(),
      share_url: z.string().nullish(),
    })
    .nullish(),
})
export type BilibiliArchive = z.output<typeof archive>

const tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  scopes: z.array(z.string()).default([]),
})

const envelopeShape = z.object({
  code: z.union([z.int(), z.string()]).transform(String),
  message: z.string().nullish(),
})
function envelope(body: unknown): Envelope | null {
  const read = envelopeShape.safeParse(body)
  if (!read.success) return null
  const { code, message } = read.data
  return code === '0' ? { ok: true } : { ok: false, code, message: message ?? '' }
}

/** `expires_in` is an epoch second by the document, a duration in code in use; 10^9 s is 2001, or 31 years. */
export const expiryOf = (expiresIn: number, now: Date): Date =>
  new Date(expiresIn > 1e9 ? expiresIn * 1000 : now.getTime() + expiresIn * 1000)

export type Submission = {
  readonly title: string
  readonly tid: number
  readonly tag: string
  readonly desc: string
  readonly cover: string
  /** 1: our own work; 2 would be a repost and want its source. */
  readonly copyright: 1
  /** 1: others may not repost it. */
  readonly no_reprint: 1
}
type Called = { readonly signal?: AbortSignal }

/** Bilibili's open platform, call by call: https://open.bilibili.com/doc/4 (as of 2026-07-23). */
export function bilibiliClient(settings: PlatformSettings, tools: PlatformTools) {
  const { baseUrl, accountUrl, tokenUrl, uploadUrl, clientId, clientSecret } = settings.bilibili

  async function call<S extends z.ZodType>(
    purpose: 'submit' | 'read',
    value: S,
    request: Omit<WireRequest, 'deadlineMs'>,
  ): Promise<Answer<z.output<S>>> {
    const { secrets } = request
    const wire = await callPlatform({ ...request, deadlineMs: settings.deadlineMs }, tools.now)
    return readEnvelope(wire, { envelope, codes: bilibiliCodes, value, purpose, secrets })
  }
  const at = (base: string, path: string, query: Record<string, string> = {}): URL => {
    const url = new URL(path, base)
    url.search = new URLSearchParams(query).toString()
    return url
  }
  type Signing = Called & {
    readonly query?: Record<string, string>
    readonly json?: object
    readonly form?: { readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> }
    readonly once?: boolean
    readonly secrets?: readonly string[]
  }
  /** A signed call in the name of an account. A form's bytes are not part of the signature, a JSON text is. */
  const asAccount = <S extends z.ZodType>(
    purpose: 'submit' | 'read',
    method: 'GET' | 'POST',
    path: string,
    accessToken: string,
    data: S,
    { query, json, form, once = false, secrets = [], signal }: Signing = {},
  ) => {
    const body = json ? JSON.stringify(json) : ''
    return call(purpose, z.object({ data }), {
      method,
      url: at(baseUrl, path, query),
      headers: {
        accept: 'application/json',
        'content-type': form?.contentType ?? 'application/json',
        'access-token': accessToken,
        ...signedHeaders({
          clientId,
          clientSecret,
          body,
          nonce: tools.nonce(),
          timestamp: Math.floor(tools.now().getTime() / 1000),
        }),
      },
      ...(form ? { body: form.body } : method === 'POST' && { body }),
      once,
      secrets: [accessToken, clientSecret, ...secrets],
      signal,
    })
  }

  async function tokenCall(
    path: string,
    form: Record<string, string>,
    secret: string,
    signal?: AbortSignal,
  ): Promise<Answer<TokenSet>> {
    const answer = await call('read', z.object({ data: tokens }), {
      method: 'POST',
      url: at(tokenUrl, path),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        ...form,
      }).toString(),
      // A refresh token is good once: a repeated call would spend the one just given.
      once: true,
      secrets: [clientSecret, secret],
      signal,
    })
    if (answer.kind !== 'ok') return answer
    const { data } = answer.value
    const ends = expiryOf(data.expires_in, tools.now())
    return {
      kind: 'ok',
      value: {
        openId: '',
        accessToken: data.access_token,
        accessTokenExpiresAt: ends,
        refreshToken: data.refresh_token,
        // Its own life is not published, and an expired access token wants consent anew.
        refreshTokenExpiresAt: ends,
        scopes: data.scopes,
      },
    }
  }
  /** The upload host knows nothing but the upload token. */
  const uploadPart = (token: string, part: number, bytes: Blob, { signal }: Called = {}) =>
    call('read', z.unknown(), {
      method: 'POST',
      url: at(uploadUrl, '/video/v2/part/upload', {
        upload_token: token,
        part_number: String(part),
      }),
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
      secrets: [token],
      signal,
    })

  return {
    configured: clientId !== '' && clientSecret !== '',

    authorizeUrl: (state: string, redirectUri: string): string =>
      at(accountUrl, '/pc/account-pc/auth/oauth', {
        client_id: clientId,
        gourl: redirectUri,
        state,
      }).toString(),
    accessToken: (code: string, signal?: AbortSignal) =>
      tokenCall(
        '/x/account-oauth2/v1/token',
        { grant_type: 'authorization_code', code },
        code,
        signal,
      ),
    refreshToken: (token: string, signal?: AbortSignal) =>
      tokenCall(
        '/x/account-oauth2/v1/refresh_token',
        { grant_type: 'refresh_token', refresh_token: token },
        token,
        signal,
      ),
    /** Whose token it is; the token's own answer does not say. */
    accountInfo: (accessToken: string, rest: Called = {}) =>
      asAccount(
        'read',
        'GET',
        '/arcopen/fn/user/account/info',
        accessToken,
        z.object({ name: z.string().default(''), openid: z.string().min(1) }),
        rest,
      ),

    startUpload: (accessToken: string, name: string, rest: Called = {}) =>
      asAccount(
        'read',
        'POST',
        '/arcopen/fn/archive/video/init',
        accessToken,
        z.object({ upload_token: z.string().min(1) }),
        { ...rest, json: { name, utype: '0' } },
      ),
    uploadPart,
    completeUpload: (accessToken: string, token: string, rest: Called = {}) =>
      asAccount(
        'read',
        'POST',
        '/arcopen/fn/archive/video/complete',
        accessToken,
        z.unknown().optional(),
        { ...rest, query: { upload_token: token }, secrets: [token] },
      ),
    uploadCover: (
      accessToken: string,
      form: { readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> },
      rest: Called = {},
    ) =>
      asAccount(
        'read',
        'POST',
        '/arcopen/fn/archive/cover/upload',
        accessToken,
        z.object({ url: z.string().min(1) }),
        { ...rest, form },
      ),

    /** The irreversible call. */
    submit: (accessToken: string, token: string, submission: Submission, rest: Called = {}) =>
      asAccount(
        'submit',
        'POST',
        '/arcopen/fn/archive/add-by-utoken',
        accessToken,
        // A word in documents, but a number is kept digit for digit too.
        z.object({ resource_id: z.union([z.string().min(1), z.int()]).transform(String) }),
        { ...rest, query: { upload_token: token }, json: submission, once: true, secrets: [token] },
      ),

    view: (accessToken: string, resourceId: string, rest: Called = {}) =>
      asAccount('read', 'GET', '/arcopen/fn/archive/view', accessToken, archive, {
        ...rest,
        query: { resource_id: resourceId },
      }),
    /** `page` counts from 1; a page holds 50 at most. */
    viewList: (accessToken: string, page: number, pageSize: number, rest: Called = {}) =>
      asAccount(
        'read',
        'GET',
        '/arcopen/fn/archive/viewlist',
        accessToken,
        z.object({ list: z.array(archive).nullish() }),
        { ...rest, query: { pn: String(page), ps: String(pageSize), status: 'all' } },
      ),
    workStat: (accessToken: string, resourceId: string, rest: Called = {}) =>
      asAccount(
        'read',
        'GET',
        '/arcopen/fn/data/arc/stat',
        accessToken,
        z.object({ view: count, reply: count, favorite: count, share: count, like: count }),
        { ...rest, query: { resource_id: resourceId } },
      ),
    userStat: (accessToken: string, rest: Called = {}) =>
      asAccount(
        'read',
        'GET',
        '/arcopen/fn/data/user/stat',
        accessToken,
        z.object({ follower: count }),
        rest,
      ),
  }
}
