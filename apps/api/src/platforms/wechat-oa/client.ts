import { z } from 'zod'
import { type CodeTable, type Envelope, readEnvelope } from '../envelope.ts'
import type { CoverFile } from '../files.ts'
import { callPlatform } from '../http.ts'
import { multipart } from '../multipart.ts'
import type { Answer, AppCredentials, PlatformTools } from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { wechatOaCodes, wechatOaTokenCodes } from './errors.ts'

/** An id as text, however it is written; a number beyond 2^53 has become text already. */
const id = z.union([z.string().min(1), z.int()]).transform(String)

const errcode = z.object({
  errcode: z.union([z.int(), z.string()]).transform(String).optional(),
  errmsg: z.string().nullish(),
})
/** Many answers name no `errcode` when all went well. */
function envelope(body: unknown): Envelope | null {
  const read = errcode.safeParse(body)
  if (!read.success) return null
  const { errcode: code = '0', errmsg } = read.data
  return code === '0' ? { ok: true } : { ok: false, code, message: errmsg ?? '' }
}

const news = z.object({
  title: z.string().default(''),
  content: z.string().default(''),
  url: z.string().default(''),
  is_deleted: z.boolean().nullish(),
})
const article = z.object({
  article_id: id,
  update_time: z.coerce.number(),
  content: z.object({ news_item: z.array(news).default([]) }),
})
const publishing = z.object({
  publish_status: z.union([z.int(), z.string()]).transform(Number),
  article_id: z.string().nullish(),
  article_detail: z
    .object({ item: z.array(z.object({ article_url: z.string().default('') })).default([]) })
    .nullish(),
})
export type Publishing = z.output<typeof publishing>
export type ListedArticle = z.output<typeof article>

type Called = { readonly signal?: AbortSignal }
type Ask = Called & {
  readonly accessToken?: string
  readonly query?: Record<string, string>
  readonly json?: object
  readonly form?: { readonly contentType: string; readonly body: Uint8Array<ArrayBuffer> }
  readonly secrets?: readonly string[]
  readonly codes?: CodeTable
}

/**
 * WeChat's calls for official accounts, one by one: https://developers.weixin.qq.com/doc/service/api.
 * The token travels in the query string, so no URL of it may ever be logged.
 */
export function wechatOaClient(settings: PlatformSettings, tools: PlatformTools) {
  const { baseUrl } = settings.wechatOa

  async function call<S extends z.ZodType>(
    purpose: 'submit' | 'read',
    path: string,
    value: S,
    ask: Ask,
  ): Promise<Answer<z.output<S>>> {
    const url = new URL(path, baseUrl)
    const query = new URLSearchParams(ask.query)
    if (ask.accessToken) query.set('access_token', ask.accessToken)
    url.search = query.toString()
    const secrets = [ask.accessToken ?? '', ...(ask.secrets ?? [])]
    const wire = await callPlatform(
      {
        method: 'POST',
        url,
        headers: { 'content-type': ask.form?.contentType ?? 'application/json' },
        body: ask.form?.body ?? JSON.stringify(ask.json ?? {}),
        once: purpose === 'submit',
        secrets,
        signal: ask.signal,
        deadlineMs: settings.deadlineMs,
      },
      tools.now,
    )
    const codes = ask.codes ?? wechatOaCodes
    return readEnvelope(wire, { envelope, codes, value, purpose, secrets })
  }

  return {
    /** Every caller is given the same token until five minutes before its end, unless `fresh`. */
    stableToken: ({ appId, appSecret }: AppCredentials, fresh: boolean, rest: Called = {}) =>
      call(
        'read',
        '/cgi-bin/stable_token',
        z.object({
          access_token: z.string().min(1),
          expires_in: z.coerce.number().positive(),
        }),
        {
          ...rest,
          json: {
            grant_type: 'client_credential',
            appid: appId,
            secret: appSecret,
            force_refresh: fresh,
          },
          secrets: [appSecret],
          codes: wechatOaTokenCodes,
        },
      ),
    /** A lasting picture: its `media_id` is a cover, its `url` may stand in an article. */
    addPicture: (accessToken: string, picture: CoverFile, rest: Called = {}) =>
      call(
        'read',
        '/cgi-bin/material/add_material',
        z.object({ media_id: id, url: z.string().default('') }),
        {
          ...rest,
          accessToken,
          query: { type: 'image' },
          form: multipart(tools.nonce(), [{ name: 'media', ...picture }]),
        },
      ),
    addDraft: (accessToken: string, draft: Record<string, unknown>, rest: Called = {}) =>
      call('read', '/cgi-bin/draft/add', z.object({ media_id: id }), {
        ...rest,
        accessToken,
        json: { articles: [draft] },
      }),
    getDraft: (accessToken: string, mediaId: string, rest: Called = {}) =>
      call('read', '/cgi-bin/draft/get', z.object({ news_item: z.array(news) }), {
        ...rest,
        accessToken,
        json: { media_id: mediaId },
      }),
    /** The irreversible call. */
    publish: (accessToken: string, mediaId: string, rest: Called = {}) =>
      call(
        'submit',
        '/cgi-bin/freepublish/submit',
        z.looseObject({ publish_id: id, msg_data_id: id.nullish() }),
        { ...rest, accessToken, json: { media_id: mediaId } },
      ),
    publishing: (accessToken: string, publishId: string, rest: Called = {}) =>
      call('read', '/cgi-bin/freepublish/get', publishing, {
        ...rest,
        accessToken,
        json: { publish_id: publishId },
      }),
    article: (accessToken: string, articleId: string, rest: Called = {}) =>
      call('read', '/cgi-bin/freepublish/getarticle', z.object({ news_item: z.array(news) }), {
        ...rest,
        accessToken,
        json: { article_id: articleId },
      }),
    /** Published articles, newest first as far as seen; 20 a page at most. */
    articles: (accessToken: string, offset: number, count: number, rest: Called = {}) =>
      call(
        'read',
        '/cgi-bin/freepublish/batchget',
        z.object({ total_count: z.int().default(0), item: z.array(article).default([]) }),
        { ...rest, accessToken, json: { offset, count, no_content: 0 } },
      ),
    /** Followers at the end of a day (`YYYY-MM-DD`), known from the next morning on. */
    followersOn: (accessToken: string, day: string, rest: Called = {}) =>
      call(
        'read',
        '/datacube/getusercumulate',
        z.object({
          list: z.array(z.object({ ref_date: z.string(), cumulate_user: z.int() })).default([]),
        }),
        { ...rest, accessToken, json: { begin_date: day, end_date: day } },
      ),
  }
}
