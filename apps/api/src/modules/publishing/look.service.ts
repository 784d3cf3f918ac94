import type { Deps } from '../../deps.ts'
import { apiAdapterOf, type Refused, type RemotePost } from '../../platforms/platform.port.ts'
import { accessTokenFor } from '../accounts/account-token.service.ts'
import { findFirstUnknown } from './attempt.repository.ts'
import { noteReconciliation, noteStatus } from './outcome.service.ts'
import { later, MATCH_WINDOW_MS } from './pacing.ts'
import { snapshotOf } from './publication.presenter.ts'
import type { PublicationRow } from './publication.repository.ts'
import { putOff } from './transition.service.ts'

/** The platform's clock may run a little behind ours. */
const CLOCK_SLACK_MS = 2 * 60_000
const DURATION_SLACK_MS = 1_000

/** A look that breaks for a reason of our own is tried again a quarter of an hour later, not at each sweep. */
export async function orLater(
  deps: Deps,
  row: PublicationRow,
  look: () => Promise<void>,
): Promise<void> {
  try {
    await look()
  } catch (error) {
    await deps.db.inTransaction((tx) => putOff(tx, deps.now(), row.id, row.state))
    throw error
  }
}

/** Asks the platform how a post it has is doing: one in review, or later one long published. */
export async function lookUp(deps: Deps, row: PublicationRow): Promise<void> {
  const adapter = apiAdapterOf(deps.platforms[row.platform])
  const token = await accessTokenFor(deps, row.institutionId, row.accountId)
  if (!adapter || !row.remoteId || token.kind !== 'ok') {
    const why = token.kind === 'ok' ? 'not_configured' : token.code
    await noteStatus(deps, row.id, { ...unasked, code: why })
    return
  }
  const { accessToken } = token
  await noteStatus(deps, row.id, await adapter.checkStatus({ accessToken }, row.remoteId))
}

/** Nobody could be asked; the code says why. */
const unasked: Refused = {
  kind: 'refused',
  code: '',
  message: '',
  category: 'not_configured',
  retryable: true,
}

/** Reads the account's own list and looks for the post nobody is sure of. */
export async function reconcile(deps: Deps, row: PublicationRow): Promise<void> {
  const adapter = apiAdapterOf(deps.platforms[row.platform])
  const sentAt = (await findFirstUnknown(deps.db.read, row.id))?.sentAt ?? row.stateEnteredAt
  const token = await accessTokenFor(deps, row.institutionId, row.accountId)
  if (!adapter || token.kind !== 'ok') {
    const detail = token.kind === 'ok' ? 'not_configured' : token.code
    await noteReconciliation(deps, row.id, { kind: 'unread', detail })
    return
  }
  const since = later(sentAt, -CLOCK_SLACK_MS)
  const list = await adapter.listRecent({ accessToken: token.accessToken }, since)
  if (list.kind !== 'ok') {
    const detail = list.kind === 'unknown' ? list.why : list.code
    await noteReconciliation(deps, row.id, { kind: 'unread', detail })
    return
  }
  const fits = matchOf(row, since)
  const posts = list.value.map((post) => ({ ...post, fits: fits(post) }))
  await noteReconciliation(deps, row.id, { kind: 'read', posts })
}

/** Strict: in this account's list, after it was sent and within a day, the very words, and the length where the list tells it. */
function matchOf(row: PublicationRow, since: Date): (post: RemotePost) => boolean {
  const snapshot = snapshotOf(row)
  // A platform that wants a link shows its own short address in the place of it (Weibo).
  const words = (text: string) => normalise(snapshot.link ? text.replace(/https?:\S+/g, '') : text)
  const wanted = words(snapshot.rendered.caption)
  const wantedTitle = normalise(snapshot.rendered.title)
  return ({ createdAt, title, caption, durationMs }) =>
    createdAt >= since &&
    createdAt.getTime() - since.getTime() <= MATCH_WINDOW_MS + CLOCK_SLACK_MS &&
    words(caption) === wanted &&
    (title === null || normalise(title) === wantedTitle) &&
    (durationMs === null || Math.abs(durationMs - snapshot.media.durationMs) <= DURATION_SLACK_MS)
}

const normalise = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()
