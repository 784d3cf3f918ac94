import { renderCaption } from '@xingbo/shared/publishing/caption.rules'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import type { Deps } from '../../deps.ts'
import type { ApiAdapter, RemotePost, Submitted } from '../../platforms/platform.port.ts'
import { handle, type JobHandler, type Ring } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { accessTokenFor, authorizationLost } from '../accounts/account-token.service.ts'
import { assetForSnapshot } from '../media/media.service.ts'
import { findLastAttempt } from './attempt.repository.ts'
import {
  beginSending,
  claim,
  noteUpload,
  recoverOrphan,
  settle,
  whileAlive,
} from './ledger.service.ts'
import {
  type Candidates,
  expireHandOff,
  noteReconciliation,
  noteStatus,
} from './outcome.service.ts'
import { publishJob, publishRing } from './publication.job.ts'
import { snapshotOf } from './publication.presenter.ts'
import { findPublication, listDue, type PublicationRow } from './publication.repository.ts'
import { putOff } from './transition.service.ts'

/** Enough for any burst this machine can send, few enough to read in milliseconds. */
const SWEEP_LIMIT = 2_000
/** The platform's clock may run a little behind ours. */
const CLOCK_SLACK_MS = 2 * 60_000
const MATCH_WINDOW_MS = 24 * 3_600_000

/**
 * A named place in a publication's life where a test may end the process. In the product it does nothing.
 */
export type Checkpoint = (
  step: 'claimed' | 'uploaded' | 'sent' | 'answered' | 'committed',
  publicationId: string,
) => void | Promise<void>

/** The job behind every ring: reads the row and does the one thing its state asks for. */
export function publicationJobs(deps: Deps, checkpoint: Checkpoint = () => undefined) {
  const handlers: JobHandler[] = [
    handle(publishJob, async ({ publicationId }) => {
      const row = await findPublication(deps.db.read, publicationId)
      if (!row) return
      if (row.state === 'scheduled' || row.state === 'queued')
        await publish(deps, publicationId, checkpoint)
      else if (row.state === 'accepted') await orLater(deps, row, () => lookUp(deps, row))
      else if (row.state === 'unconfirmed') await orLater(deps, row, () => reconcile(deps, row))
      else if (row.state === 'awaiting_person') await expireHandOff(deps, publicationId)
      else if (row.state === 'submitting' && row.leaseUntil && row.leaseUntil <= deps.now())
        await recoverOrphan(deps, publicationId)
    }),
  ]
  const due: DueReader = async (now): Promise<Ring[]> =>
    (await listDue(deps.db.read, now, SWEEP_LIMIT)).map((row) => publishRing(row, now))
  return { handlers, dueReaders: [due] }
}

/** A look that breaks for a reason of our own is tried again a quarter of an hour later, not at each sweep. */
async function orLater(deps: Deps, row: PublicationRow, look: () => Promise<void>): Promise<void> {
  try {
    await look()
  } catch (error) {
    await deps.db.inTransaction((tx) => putOff(tx, deps.now(), row.id, row.state))
    throw error
  }
}

const apiAdapterOf = (deps: Deps, row: PublicationRow): ApiAdapter | null => {
  const adapter = deps.platforms[row.platform]
  return adapter.route === 'api' ? adapter : null
}

/** Claim, upload, one irreversible call, write down what came of it; every step is on disk before the next. */
async function publish(deps: Deps, publicationId: string, checkpoint: Checkpoint): Promise<void> {
  const claimed = await claim(deps, publicationId)
  if (!claimed) return
  await checkpoint('claimed', publicationId)
  const { row } = claimed
  const sent = await whileAlive(deps, row, () => send(deps, row, claimed.resumeFrom, checkpoint))
  if (!sent) return
  const { answer, token } = sent
  await checkpoint('answered', publicationId)
  await settle(deps, row, answer)
  await checkpoint('committed', publicationId)
  // A withdrawn consent concerns the whole account: its health says so. Only after what the post needs is on disk.
  if (token && answer.kind === 'refused' && answer.category === 'auth_revoked')
    await authorizationLost(deps, row.institutionId, row.accountId, { token, code: answer.code })
}

/** What came of it, and the token it was sent with; null when it was called off before anything was sent. */
type Sent = { readonly answer: Submitted; readonly token: string | null }

async function send(
  deps: Deps,
  row: PublicationRow,
  resumeFrom: string | null,
  checkpoint: Checkpoint,
): Promise<Sent | null> {
  const adapter = apiAdapterOf(deps, row)
  const snapshot = snapshotOf(row)
  const { institutionId } = row
  const media = await assetForSnapshot(deps.db.read, institutionId, snapshot.media.assetId)
  if (!adapter || !media) return { answer: notConfigured, token: null }
  const cover = snapshot.cover
    ? await assetForSnapshot(deps.db.read, institutionId, snapshot.cover.assetId)
    : undefined
  const upload = async (turnedAway?: string) => {
    const token = await accessTokenFor(deps, institutionId, row.accountId, turnedAway)
    if (token.kind === 'refused') return token
    const ctx = {
      accessToken: token.accessToken,
      mediaPath: media.pathIn(deps.settings.mediaDir),
      // Without a cover of its own the poster frame stands in: Kuaishou refuses a post without one.
      coverPath: (cover ?? media).coverPathIn(deps.settings.mediaDir),
      onUploadStarted: (uploadId: string) => noteUpload(deps, row, uploadId, false),
    }
    return { ctx, answer: await adapter.upload(ctx, snapshot, resumeFrom) }
  }
  let tried = await upload()
  // A token the platform has just called expired is replaced and the upload tried once more.
  if ('ctx' in tried && tried.answer.kind === 'refused' && tried.answer.category === 'auth_expired')
    tried = await upload(tried.ctx.accessToken)
  if ('kind' in tried) return { answer: tried, token: null }
  const { ctx, answer } = tried
  const token = ctx.accessToken
  // Nothing public has happened yet, so even an unknown end of an upload may be tried again.
  if (answer.kind === 'unknown') return { answer: unreachable(answer.detail), token }
  if (answer.kind === 'refused') return { answer, token }
  const { uploadId } = answer.value
  await noteUpload(deps, row, uploadId, true)
  await checkpoint('uploaded', row.id)
  if (!(await beginSending(deps, row))) return null
  const submitting = adapter.submit(ctx, snapshot, uploadId)
  await checkpoint('sent', row.id)
  return { answer: await submitting, token }
}

const notConfigured: Submitted = {
  kind: 'refused',
  code: 'not_configured',
  message: '',
  category: 'not_configured',
  retryable: false,
}
const unreachable = (message: string): Submitted => ({
  kind: 'refused',
  code: 'unreachable',
  message,
  category: 'unreachable',
  retryable: true,
})

/** Asks the platform how an accepted post is doing. */
async function lookUp(deps: Deps, row: PublicationRow): Promise<void> {
  const adapter = apiAdapterOf(deps, row)
  const token = await accessTokenFor(deps, row.institutionId, row.accountId)
  if (!adapter || !row.remoteId || token.kind !== 'ok') {
    await noteStatus(deps, row.id, { kind: 'pending' })
    return
  }
  const { accessToken } = token
  await noteStatus(deps, row.id, await adapter.checkStatus({ accessToken }, row.remoteId))
}

/** Reads the account's own list and looks for the post nobody is sure of. */
async function reconcile(deps: Deps, row: PublicationRow): Promise<void> {
  const adapter = apiAdapterOf(deps, row)
  const attempt = await findLastAttempt(deps.db.read, row.id)
  const sentAt = attempt?.sentAt ?? row.stateEnteredAt
  const token = await accessTokenFor(deps, row.institutionId, row.accountId)
  if (!adapter || token.kind !== 'ok') {
    await noteReconciliation(deps, row.id, { kind: 'unread' })
    return
  }
  const since = new Date(sentAt.getTime() - CLOCK_SLACK_MS)
  const list = await adapter.listRecent({ accessToken: token.accessToken }, since)
  const seen: Candidates =
    list.kind === 'ok' ? candidatesIn(list.value, snapshotOf(row), since) : { kind: 'unread' }
  await noteReconciliation(deps, row.id, seen)
}

/** Strict: this account's list, after it was sent, within a day, the very caption. Two that fit are for a person. */
function candidatesIn(
  posts: readonly RemotePost[],
  snapshot: PublishSnapshot,
  since: Date,
): Candidates {
  const wanted = captionKey(snapshot)
  const fitting = posts.filter(
    (post) =>
      post.createdAt >= since &&
      post.createdAt.getTime() - since.getTime() <= MATCH_WINDOW_MS &&
      normalise(post.caption) === wanted,
  )
  const [first] = fitting
  if (!first) return { kind: 'none' }
  if (fitting.length > 1) return { kind: 'several', count: fitting.length }
  return { kind: 'one', ...first }
}

const normalise = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()
const captionKey = (snapshot: PublishSnapshot): string =>
  normalise(renderCaption(snapshot.platform, snapshot).caption)
