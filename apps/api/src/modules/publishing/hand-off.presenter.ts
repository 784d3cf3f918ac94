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
  people: HandOffPeople,
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
  accountId: view.row.accountId,
  ...whoOf(view, people),
})

/** Who took which post over, and what people are called. */
export type HandOffPeople = {
  readonly takeovers: ReadonlyMap<string, string>
  readonly names: ReadonlyMap<string, string>
}

function whoOf(view: PublicationView, { takeovers, names }: HandOffPeople) {
  const taker = takeovers.get(view.row.id)
  const userId = taker ?? view.accountOwnerUserId
  const name = userId === null ? undefined : names.get(userId)
  return {
    who: userId === null || name === undefined ? null : { userId, name },
    takenOver: taker !== undefined,
  }
}

export function presentHandOffCard(
  view: PublicationView,
  deadline: Date,
  urls: Urls,
  share: { openUrl: string; expiresAt: Date } | null,
  people: HandOffPeople,
): HandOffCard {
  const snapshot = snapshotOf(view.row)
  const { rendered } = snapshot
  const capability = platformCapabilities[view.row.platform]
  const { style } = capability.tags
  return {
    ...presentHandOffItem(view, deadline, urls.posterUrl, people),
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
