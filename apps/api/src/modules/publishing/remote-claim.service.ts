import type { EndpointInput, EndpointOutput } from '@xingbo/shared/contract'
import type { workerClaim, workerSettle } from '@xingbo/shared/publishing/worker.schema'
import type { Deps } from '../../deps.ts'
import type { Submitted } from '../../platforms/platform.port.ts'
import { accessTokenFor } from '../accounts/account-token.service.ts'
import { signedMediaUrl } from '../media/media.service.ts'
import { findLastAttempt } from './attempt.repository.ts'
import { attend } from './attend.service.ts'
import { beginSending, claim, noteUpload, releaseClaim, renewClaim } from './ledger.service.ts'
import { frozenFiles, settleAndTell } from './local-ledger.service.ts'
import { snapshotOf } from './publication.presenter.ts'
import { findPublication, type PublicationRow } from './publication.repository.ts'

/** Workers of another machine, as their request named them: one for each institution it sends for. */
type Workers = readonly { readonly id: string; readonly institutionId: string }[]
type FrozenFiles = Awaited<ReturnType<typeof frozenFiles>>
type Held = { readonly publicationId: string; readonly fence: number }

/** Long enough to fetch a large film over a slow line, short enough that a leaked address is soon worth nothing. */
const FILE_SECONDS = 600

/**
 * A ring that reached another machine. Sending is the worker's; looking a post up, reconciling, recovering and
 * hand-offs stay here, where the tokens, the pacing of look-ups and the rows are, so that no token travels for
 * a mere question. So does what the worker may not or cannot send, as long as this process sends itself.
 */
export async function claimRemotely(
  deps: Deps,
  workers: Workers,
  input: EndpointInput<typeof workerClaim>['body'],
): Promise<EndpointOutput<typeof workerClaim>> {
  const nothing = { kind: 'nothing' } as const
  const { publicationId, claimKey } = input
  const row = await findPublication(deps.db.read, publicationId)
  if (!row) return nothing
  const worker = workers.find(({ institutionId }) => institutionId === row.institutionId)
  const wantsSending =
    row.route === 'api' && ['scheduled', 'queued', 'submitting'].includes(row.state)
  const able = worker !== undefined && input.platforms.includes(row.platform)
  const leaseOver = row.leaseUntil !== null && row.leaseUntil <= deps.now()
  if (!wantsSending || leaseOver || (!able && deps.settings.sendsItself)) {
    await attend(deps, publicationId, { checkpoint: () => undefined })
    return nothing
  }
  if (!able) return nothing
  const claimed = await claim(deps, publicationId, { workerId: worker.id, claimKey })
  if (!claimed) return nothing
  const token = await accessTokenFor(deps, row.institutionId, row.accountId)
  const files = await frozenFiles(deps, claimed.row)
  return {
    kind: 'claimed',
    fence: claimed.row.fence,
    leaseMs: deps.settings.leaseMs,
    snapshot: snapshotOf(claimed.row),
    resumeFrom: claimed.resumeFrom,
    token,
    files: files ? addressesOf(deps, files) : null,
  }
}

/** Short-lived addresses of the frozen files. */
function addressesOf(deps: Deps, { video, cover }: NonNullable<FrozenFiles>) {
  const still = cover.kind === 'cut' ? 'poster' : 'file'
  return {
    media: pathOf(signedMediaUrl(deps, video.assetId, FILE_SECONDS)),
    cover: pathOf(signedMediaUrl(deps, cover.assetId, FILE_SECONDS, still)),
  }
}

/** The worker knows the server by its own address, maybe another than people's browsers do. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}

/** The publication as this claim saw it; null when the claim is not one of these workers'. */
async function heldRow(
  deps: Deps,
  workers: Workers,
  { publicationId, fence }: Held,
): Promise<PublicationRow | null> {
  const row = await findPublication(deps.db.read, publicationId)
  const attempt = await findLastAttempt(deps.db.read, publicationId)
  const mine = attempt?.fence === fence && workers.some((worker) => worker.id === attempt.workerId)
  return row && mine ? { ...row, fence } : null
}

/** One step of a worker's claim; what the ledger says to it decides. */
async function step(
  deps: Deps,
  workers: Workers,
  held: Held,
  work: (row: PublicationRow) => Promise<boolean>,
): Promise<{ held: boolean }> {
  const row = await heldRow(deps, workers, held)
  return { held: row !== null && (await work(row)) }
}

export const uploadRemotely = (
  deps: Deps,
  workers: Workers,
  { uploadId, done, ...held }: Held & { uploadId: string; done: boolean },
) => step(deps, workers, held, (row) => noteUpload(deps, row, uploadId, done))

export const renewRemotely = (deps: Deps, workers: Workers, held: Held) =>
  step(deps, workers, held, (row) => renewClaim(deps, row))

export const beginRemotely = (deps: Deps, workers: Workers, held: Held) =>
  step(deps, workers, held, (row) => beginSending(deps, row))

export const releaseRemotely = (deps: Deps, workers: Workers, held: Held) =>
  step(deps, workers, held, async (row) => {
    await releaseClaim(deps, row)
    return true
  })

export async function settleRemotely(
  deps: Deps,
  workers: Workers,
  { answer, token, ...held }: EndpointInput<typeof workerSettle>['body'],
): Promise<{ held: boolean }> {
  const told: Submitted = answer.kind === 'accepted' ? { ...answer, raw: null } : answer
  return step(deps, workers, held, async (row) => {
    await settleAndTell(deps, row, told, token)
    return true
  })
}

export async function tokenRemotely(
  deps: Deps,
  workers: Workers,
  { turnedAway, ...held }: Held & { turnedAway: string },
) {
  const row = await heldRow(deps, workers, held)
  if (row?.state !== 'submitting') return { held: false, token: null }
  const token = await accessTokenFor(deps, row.institutionId, row.accountId, turnedAway)
  return { held: true, token }
}
