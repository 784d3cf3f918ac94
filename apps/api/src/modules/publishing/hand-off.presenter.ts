import { renderTags } from '@xingbo/shared/publishing/caption.rules'
import type { HandOffCard, HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { snapshotOf } from './publication.presenter.ts'
import type { PublicationView } from './publication.repository.ts'

type Urls = {
  readonly posterUrl: string
  readonly videoUrl: string
  readonly coverUrl: string | null
}

export const presentHandOffItem = (
  view: PublicationView,
  deadline: Date,
  posterUrl: string,
): HandOffItem => ({
  publicationId: view.row.id,
  contentTitle: view.contentTitle,
  accountName: view.accountName,
  platform: view.row.platform,
  route: view.row.route,
  state: view.row.state,
  dueAt: view.row.dueAt.toISOString(),
  deadline: deadline.toISOString(),
  posterUrl,
})

export function presentHandOffCard(
  view: PublicationView,
  deadline: Date,
  urls: Urls,
  share: { openUrl: string; expiresAt: Date } | null,
): HandOffCard {
  const snapshot = snapshotOf(view.row)
  const { rendered } = snapshot
  const capability = platformCapabilities[view.row.platform]
  const { style } = capability.tags
  return {
    ...presentHandOffItem(view, deadline, urls.posterUrl),
    accountHandle: view.accountHandle,
    timeZone: view.row.timeZone,
    title: rendered.title,
    caption: rendered.caption,
    hashtags: style === 'field' ? rendered.tags.join(' ') : renderTags(style, rendered.tags).trim(),
    tagsApart: style === 'field',
    videoUrl: urls.videoUrl,
    coverUrl: urls.coverUrl,
    videoSizeBytes: snapshot.media.sizeBytes,
    videoDurationMs: snapshot.media.durationMs,
    declarations: capability.declarations
      .filter(({ id }) => snapshot.declarations.includes(id))
      .map(({ id, label, where }) => ({ id, ...label, where })),
    share: share && { openUrl: share.openUrl, expiresAt: share.expiresAt.toISOString() },
    appUrl: capability.open.appUrl,
    webUrl: capability.open.webUrl,
    remoteUrl: view.row.remoteUrl,
    revision: view.row.revision,
  }
}
