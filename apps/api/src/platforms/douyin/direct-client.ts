import { z } from 'zod'
import { readEnvelope } from '../envelope.ts'
import { callPlatform } from '../http.ts'
import { multipart } from '../multipart.ts'
import type { Answer, PlatformTools, TokenSet } from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { douyinEnvelope } from './client.ts'
import { douyinCodes } from './errors.ts'

/** What posting, listing and counting need; the last lets the refresh token itself be prolonged. */
const scopes = 'video.create.bind,video.list.bind,video.data.bind,user_info,renew_refresh_token'

/** An id as text, however it is written; a number beyond 2^53 has become text already. */
const id = z.union([z.string().min(1), z.int()]).transform(String)
const seconds = z.coerce.number().positive()
const count = z.int().nonnegative().nullish()

const tokens = z.object({
  data: z.object({
    access_token: z.string().min(1),
    expires_in: seconds,
    refresh_token: z.string().min(1),
    refresh_expires_in: seconds,
    open_id: id,
    scope: z.string().default(''),
  }),
})
const uploaded = z.object({ data: z.object({ video: z.object({ video_id: id }) }) })
const work = z.object({
  item_id: id,
  title: z.string().default(''),
  create_time: z.coerce.number(),
  share_url: z.string().default(''),
  /** Not told any more since 2024-12-13; read where it still is. */
  video_status: z.int().nullish(),
  statistics: z
    .object({
      play_count: count,
      digg_count: count,
      comment_count: count,
      share_count: count,
    })
    .nullish(),
})
export type DouyinWork = z.output<typeof work>

/** Whom a token is for is asked for with it, so the two travel together; neither holds a blank. */
const joined = (openId: string, token: string): string => `${openId} ${token}`
function parted(accessToken: string): { openId: string; token: string } {
  const [openId = '', token = ''] = accessToken.split(' ')
  return { openId, token }
}

type Called = { readonly signal?: AbortSignal }
type Ask = Called & {
  readonly method?: 'GET' | 'POST'
  readonly query?: Record<string, string>
  readonly json?: object
  readonly video?: { readonly fileName: string; readonly bytes: Uint8Array<ArrayBuffer> }
}

/**
 * Douyin's calls in the name of an account: the official SDK (`@open-dy/open_api_sdk` 1.1.0) and the pages under
 * dop/develop/openapi/account-permission.
 */
export function douyinDirectClient(settings: PlatformSettings, tools: PlatformTools) {
  const { baseUrl, clientKey, clientSecret } = settings.douyin

  async function asAccount<S extends z.ZodType>(
    purpose: 'submit' | 'read',
    path: string,
    accessToken: string,
    value: S,
    ask: Ask = {},
  ): Promise<Answer<z.output<S>>> {
    const { openId, token } = parted(accessToken)
    const url = new URL(path, baseUrl)
    url.search = new URLSearchParams({ open_id: openId, ...ask.query }).toString()
    const form =
      ask.video &&
      multipart(tools.nonce(), [{ name: 'video', contentType: 'video/mp4', ...ask.video }])
    const method = ask.method ?? 'POST'
    const body = form?.body ?? JSON.stringify(ask.json ?? {})
    const secrets = [token, clientSecret]
    const wire = await callPlatform(
      {
        method,
        url,
        headers: {
          'access-token': token,
          'content-type': form?.contentType ?? 'application/json',
        },
        ...(method === 'POST' && { body }),
        once: purpose === 'submit',
        secrets,
        signal: ask.signal,
        deadlineMs: settings.deadlineMs,
      },
      tools.now,
    )
    return readEnvelope(wire, {
      envelope: douyinEnvelope,
      codes: douyinCodes,
      value,
      purpose,
      secrets,
    })
  }

  async function oauth<S extends z.ZodType>(
    path: string,
    value: S,
    form: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Answer<z.output<S>>> {
    const secrets = [clientSecret, form.refresh_token ?? '', form.code ?? '']
    const wire = await callPlatform(
      {
        method: 'POST',
        url: new URL(path, baseUrl),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ client_key: clientKey, ...form }).toString(),
        secrets,
        signal,
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
  const inSeconds = (from: number) => new Date(tools.now().getTime() + from * 1000)
  const tokenSet = (answer: Answer<z.output<typeof tokens>>): Answer<TokenSet> => {
    if (answer.kind !== 'ok') return answer
    const { data } = answer.value
    return {
      kind: 'ok',
      value: {
        openId: data.open_id,
        accessToken: joined(data.open_id, data.access_token),
        accessTokenExpiresAt: inSeconds(data.expires_in),
        refreshToken: data.refresh_token,
        refreshTokenExpiresAt: inSeconds(data.refresh_expires_in),
        scopes: data.scope.split(',').filter((scope) => scope !== ''),
      },
    }
  }

  return {
    configured: clientKey !== '' && clientSecret !== '',
    authorizeUrl({ state, redirectUri }: { state: string; redirectUri: string }): string {
      const url = new URL('/platform/oauth/connect/', baseUrl)
      url.search = new URLSearchParams({
        client_key: clientKey,
        response_type: 'code',
        scope: scopes,
        redirect_uri: redirectUri,
        state,
      }).toString()
      return url.toString()
    },
    exchange: async (code: string, signal?: AbortSignal) =>
      tokenSet(
        await oauth(
          '/oauth/access_token/',
          tokens,
          { client_secret: clientSecret, code, grant_type: 'authorization_code' },
          signal,
        ),
      ),
    /** Leaves the refresh token's own end as it was. */
    refresh: async (refreshToken: string, signal?: AbortSignal) =>
      tokenSet(
        await oauth(
          '/oauth/refresh_token/',
          tokens,
          { grant_type: 'refresh_token', refresh_token: refreshToken },
          signal,
        ),
      ),
    /** Thirty new days for the refresh token; the old one is void. Five times, then 10020. */
    renew: async (refreshToken: string, signal?: AbortSignal) => {
      const answer = await oauth(
        '/oauth/renew_refresh_token/',
        z.object({ data: z.object({ refresh_token: z.string().min(1), expires_in: seconds }) }),
        { refresh_token: refreshToken },
        signal,
      )
      if (answer.kind !== 'ok') return answer
      const { refresh_token, expires_in } = answer.value.data
      return {
        kind: 'ok' as const,
        value: { refreshToken: refresh_token, refreshTokenExpiresAt: inSeconds(expires_in) },
      }
    },

    uploadWhole: (accessToken: string, bytes: Uint8Array<ArrayBuffer>, rest: Called = {}) =>
      asAccount('read', '/api/douyin/v1/video/upload_video/', accessToken, uploaded, {
        ...rest,
        video: { fileName: 'video.mp4', bytes },
      }),
    startParts: (accessToken: string, rest: Called = {}) =>
      asAccount(
        'read',
        '/api/douyin/v1/video/init_video_part_upload/',
        accessToken,
        z.object({ data: z.object({ upload_id: id }) }),
        rest,
      ),
    /** `number` counts from 1. */
    uploadPart: (
      accessToken: string,
      uploadId: string,
      number: number,
      bytes: Uint8Array<ArrayBuffer>,
      rest: Called = {},
    ) =>
      asAccount('read', '/api/douyin/v1/video/upload_video_part/', accessToken, z.unknown(), {
        ...rest,
        query: { upload_id: uploadId, part_number: String(number) },
        video: { fileName: `part-${number}.mp4`, bytes },
      }),
    completeParts: (accessToken: string, uploadId: string, rest: Called = {}) =>
      asAccount('read', '/api/douyin/v1/video/complete_video_part_upload/', accessToken, uploaded, {
        ...rest,
        query: { upload_id: uploadId },
      }),
    /** The irreversible call. */
    create: (accessToken: string, videoId: string, text: string, rest: Called = {}) =>
      asAccount(
        'submit',
        '/api/douyin/v1/video/create_video/',
        accessToken,
        z.looseObject({ data: z.looseObject({ item_id: id }) }),
        // 0: everybody may see it.
        { ...rest, json: { video_id: videoId, text, private_status: 0 } },
      ),
    works: (accessToken: string, cursor: number, pageSize: number, rest: Called = {}) =>
      asAccount(
        'read',
        '/api/douyin/v1/video/video_list/',
        accessToken,
        z.object({
          data: z.object({
            cursor: z.coerce.number().default(0),
            has_more: z.boolean().default(false),
            list: z.array(work).nullish(),
          }),
        }),
        { ...rest, method: 'GET', query: { cursor: String(cursor), count: String(pageSize) } },
      ),
    work: (accessToken: string, itemId: string, rest: Called = {}) =>
      asAccount(
        'read',
        '/api/douyin/v1/video/video_data/',
        accessToken,
        z.object({ data: z.object({ list: z.array(work).nullish() }) }),
        { ...rest, json: { item_ids: [itemId] } },
      ),
    fans: (accessToken: string, rest: Called = {}) =>
      asAccount(
        'read',
        '/data/external/user/fans/',
        accessToken,
        z.object({
          data: z.object({
            result_list: z
              .array(z.object({ date: z.string(), total_fans: z.coerce.number() }))
              .nullish(),
          }),
        }),
        { ...rest, method: 'GET', query: { date_type: '7' } },
      ),
  }
}
