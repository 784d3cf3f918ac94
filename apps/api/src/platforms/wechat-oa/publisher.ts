import { addDays, bizDate } from '@xingbo/shared/dates'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { formOf, type PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import { readCover } from '../files.ts'
import type {
  AppAdapter,
  PlatformTools,
  PublishContext,
  Refused,
  RemotePost,
  RemoteStatus,
} from '../platform.port.ts'
import type { PlatformSettings } from '../settings.ts'
import { articleHtml, articleText, fitsArticle } from './article.ts'
import { type ListedArticle, type Publishing, wechatOaClient } from './client.ts'
import { wechatOaEvents } from './events.ts'
import { statusOf } from './status.ts'

const pageSize = 20
/** 200 articles back is further than any reconciliation looks. */
const maxPages = 10

const refuse = (code: string, category: Refused['category']): Refused => ({
  kind: 'refused',
  code,
  message: '',
  category,
  retryable: false,
})

/** A publication's id is a number; an article found in the account's list has another kind of id. */
const isPublishId = (remoteId: string): boolean => /^\d+$/.test(remoteId)

/**
 * The `api` route to an official account: an article with a cover picture. Uploading makes a draft, which nobody
 * sees; submitting publishes it to the account's page, without a push to its followers.
 */
export function wechatOaAdapter(settings: PlatformSettings, tools: PlatformTools): AppAdapter {
  const client = wechatOaClient(settings, tools)

  /** Whether the draft of an earlier try still holds the frozen words; a person may have edited it since. */
  async function stillSame(ctx: PublishContext, snapshot: PublishSnapshot, mediaId: string) {
    const draft = await client.getDraft(ctx.accessToken, mediaId, ctx)
    const [item] = draft.kind === 'ok' ? draft.value.news_item : []
    const { title, caption } = snapshot.rendered
    return item?.title === title && sameWords(articleText(item.content), caption)
  }

  return {
    platform: 'wechat_oa',
    route: 'api',
    capability: platformCapabilities.wechat_oa,
    // Each account brings its own AppID, so there is no application of ours to set up.
    configured: true,

    async upload(ctx, snapshot, resumeFrom) {
      if (formOf(snapshot) !== 'article') return refuse('not_an_article', 'validation')
      const { title, caption } = snapshot.rendered
      if (!fitsArticle(articleHtml(caption, null))) return refuse('content_too_long', 'validation')
      if (resumeFrom && (await stillSame(ctx, snapshot, resumeFrom)))
        return { kind: 'ok', value: { uploadId: resumeFrom } }
      const cover = await readCover(ctx, snapshot)
      if ('kind' in cover) return cover
      const picture = await client.addPicture(ctx.accessToken, cover, ctx)
      if (picture.kind !== 'ok') return picture
      const draft = await client.addDraft(
        ctx.accessToken,
        {
          article_type: 'news',
          title,
          content: articleHtml(caption, picture.value.url || null),
          thumb_media_id: picture.value.media_id,
        },
        ctx,
      )
      if (draft.kind !== 'ok') return draft
      const uploadId = draft.value.media_id
      await ctx.onUploadStarted?.(uploadId)
      return { kind: 'ok', value: { uploadId } }
    },

    async submit(ctx, _snapshot, uploadId) {
      if (uploadId.trim() === '') return refuse('bad_upload_id', 'media_invalid')
      const answer = await client.publish(ctx.accessToken, uploadId, ctx)
      if (answer.kind !== 'ok') return answer
      return {
        kind: 'accepted',
        remoteId: answer.value.publish_id,
        remoteUrl: null,
        raw: answer.value,
      }
    },

    async checkStatus(ctx, remoteId) {
      if (isPublishId(remoteId)) {
        const answer = await client.publishing(ctx.accessToken, remoteId, ctx)
        return answer.kind === 'ok' ? publishingStatus(answer.value) : answer
      }
      const answer = await client.article(ctx.accessToken, remoteId, ctx)
      if (answer.kind === 'refused' && answer.category === 'not_found_yet')
        return { kind: 'not_found' }
      if (answer.kind !== 'ok') return answer
      const [item] = answer.value.news_item
      if (!item) return { kind: 'not_found' }
      if (item.is_deleted) return statusOf(5, undefined)
      return {
        kind: 'published',
        remoteUrl: item.url,
        createdAt: null,
        caption: articleText(item.content),
      }
    },

    async listRecent(ctx, since) {
      const found = new Map<string, RemotePost>()
      for (let page = 0; page < maxPages; page++) {
        const answer = await client.articles(ctx.accessToken, page * pageSize, pageSize, ctx)
        if (answer.kind !== 'ok') return answer
        const posts = answer.value.item.flatMap(postsOf)
        for (const post of posts) if (post.createdAt >= since) found.set(post.remoteId, post)
        // Pages are not promised to be in order: stop only at one that is wholly too old.
        if (answer.value.item.length < pageSize || posts.every((post) => post.createdAt < since))
          break
      }
      const newestFirst = [...found.values()].sort(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
      )
      return { kind: 'ok', value: newestFirst }
    },

    tokens: {
      kind: 'app',
      async issue(app, { fresh, signal }) {
        const answer = await client.stableToken(app, fresh, { signal })
        if (answer.kind !== 'ok') return answer
        const until = new Date(tools.now().getTime() + answer.value.expires_in * 1000)
        return {
          kind: 'ok',
          value: {
            openId: app.appId,
            accessToken: answer.value.access_token,
            accessTokenExpiresAt: until,
            refreshToken: null,
            refreshTokenExpiresAt: until,
            scopes: [],
          },
        }
      },
    },
    events: wechatOaEvents(tools),
    metrics: {
      // Reads are told by day and by msg_data_id, from the next morning on; an article alone has none.
      post: async () => ({
        kind: 'ok',
        value: { plays: null, likes: null, comments: null, shares: null, favorites: null },
      }),
      async account(ctx) {
        const yesterday = addDays(bizDate(tools.now()), -1)
        const answer = await client.followersOn(ctx.accessToken, yesterday, ctx)
        if (answer.kind !== 'ok') return answer
        return { kind: 'ok', value: { followers: answer.value.list[0]?.cumulate_user ?? null } }
      },
    },
  }
}

const publishingStatus = ({ publish_status, article_detail }: Publishing): RemoteStatus =>
  statusOf(publish_status, article_detail?.item[0]?.article_url)

const sameWords = (a: string, b: string): boolean =>
  a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim()

/** Ours hold one article each; of a bundle the first gives the post its name. */
function postsOf({ article_id, update_time, content }: ListedArticle): RemotePost[] {
  const [item] = content.news_item
  if (!item || item.is_deleted) return []
  return [
    {
      remoteId: article_id,
      remoteUrl: item.url,
      title: item.title,
      caption: articleText(item.content),
      createdAt: new Date(update_time * 1000),
      pending: false,
      durationMs: null,
      counts: { plays: null, likes: null, comments: null, shares: null, favorites: null },
    },
  ]
}
