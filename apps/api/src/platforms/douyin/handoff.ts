import { createHash } from 'node:crypto'
import { renderTags } from '@xingbo/shared/publishing/caption.rules'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import { withLastLook } from '../last-look.ts'
import type { Answer, HandoffAdapter, HandoffTicket, PlatformTools } from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { douyinClient } from './client.ts'
import { douyinDirect } from './direct.ts'
import { readDouyinWebhook } from './webhook.ts'

/** Opens the app's publish page; Android 20.8.0, iOS 21.5.0 or later. */
const shareScheme = 'snssdk1128://openplatform/share'
/** The ticket behind the signature lives two hours; the page is offered for one. */
const linkLifetimeMs = 60 * 60_000

/** `MD5("nonce_str=..&ticket=..&timestamp=..")`, hex: docs dop/develop/sdk/web-app/h5/share-to-h5. */
export const shareSignature = (sign: {
  readonly nonceStr: string
  readonly ticket: string
  readonly timestamp: string
}): string =>
  createHash('md5')
    .update(`nonce_str=${sign.nonceStr}&ticket=${sign.ticket}&timestamp=${sign.timestamp}`)
    .digest('hex')

/** Keys sorted, everything percent-encoded with `%20` for a blank, as the app's own helper writes it. */
export const shareUrl = (params: Readonly<Record<string, string>>): string =>
  `${shareScheme}?${Object.keys(params)
    .sort()
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(params[key] ?? '')}`)
    .join('&')}`

/**
 * What the publish page is filled with. The hashtags go as places at the caption's end, so that the app
 * makes real topics of them; put together they give `rendered.caption` again, character for character.
 */
export function shareContent(snapshot: PublishSnapshot): {
  readonly title: string
  readonly short_title: string
  readonly title_hashtag_list: readonly { readonly name: string; readonly start: number }[]
} {
  const { title, caption, tags } = snapshot.rendered
  const hashtags = renderTags('hashed', tags)
  const text = caption.endsWith(hashtags)
    ? caption.slice(0, caption.length - hashtags.length)
    : caption
  return {
    title: text,
    short_title: title,
    title_hashtag_list: text === caption ? [] : tags.map((name) => ({ name, start: text.length })),
  }
}

/** The `handoff` route to Douyin: we prepare, the person confirms in the app, the webhook tells. */
export function douyinAdapter(settings: PlatformSettings, tools: PlatformTools): HandoffAdapter {
  const client = douyinClient(settings, tools)
  const { clientKey, clientSecret, appPage } = settings.douyin

  async function signedLink(
    snapshot: PublishSnapshot,
    mediaUrl: string,
    shareId: string,
    called: { readonly signal?: AbortSignal },
  ): Promise<Answer<string>> {
    const ticket = await client.ticket(called)
    if (ticket.kind !== 'ok') return ticket
    const nonceStr = tools.nonce()
    const timestamp = String(Math.floor(tools.now().getTime() / 1000))
    const content = shareContent(snapshot)
    return {
      kind: 'ok',
      value: shareUrl({
        share_type: 'h5',
        client_key: clientKey,
        nonce_str: nonceStr,
        timestamp,
        signature: shareSignature({ nonceStr, ticket: ticket.value.value, timestamp }),
        state: shareId,
        video_path: mediaUrl,
        share_to_publish: '1',
        ...(content.title && { title: content.title }),
        ...(content.short_title && { short_title: content.short_title }),
        ...(content.title_hashtag_list.length > 0 && {
          title_hashtag_list: JSON.stringify(content.title_hashtag_list),
        }),
      }),
    }
  }

  async function linkByDouyin(
    snapshot: PublishSnapshot,
    mediaUrl: string,
    shareId: string,
    expiresAt: Date,
    called: { readonly signal?: AbortSignal },
  ): Promise<Answer<string>> {
    const ticket = await client.ticket(called)
    if (ticket.kind !== 'ok') return ticket
    return client.getShare(
      {
        client_ticket: ticket.value.value,
        expire_at: Math.floor(expiresAt.getTime() / 1000),
        share_to_publish: 1,
        video_path: mediaUrl,
        state: shareId,
        ...shareContent(snapshot),
      },
      called,
    )
  }

  return {
    platform: 'douyin',
    route: 'handoff',
    capability: platformCapabilities.douyin,
    configured: client.configured,
    direct: settings.douyin.direct ? withLastLook(douyinDirect(settings, tools)) : null,

    async prepare(ctx, snapshot): Promise<Answer<HandoffTicket>> {
      if (!client.configured)
        return {
          kind: 'refused',
          code: 'not_configured',
          message: '',
          category: 'not_configured',
          retryable: false,
        }
      const share = await client.shareId(ctx)
      if (share.kind !== 'ok') return share
      const expiresAt = new Date(tools.now().getTime() + linkLifetimeMs)
      const link =
        settings.douyin.shareVia === 'get_share'
          ? await linkByDouyin(snapshot, ctx.mediaUrl, share.value, expiresAt, ctx)
          : await signedLink(snapshot, ctx.mediaUrl, share.value, ctx)
      if (link.kind !== 'ok') return link
      return {
        kind: 'ok',
        value: {
          shareId: share.value,
          schemaUrl: link.value,
          openUrl: appPage ? appPage + encodeURIComponent(link.value) : link.value,
          expiresAt,
        },
      }
    },

    readWebhook: (rawBody, headers) => readDouyinWebhook(clientSecret, rawBody, headers),
  }
}
