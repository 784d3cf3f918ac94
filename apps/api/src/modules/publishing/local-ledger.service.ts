import type { Deps } from '../../deps.ts'
import type { Submitted } from '../../platforms/platform.port.ts'
import { accessTokenFor, authorizationLost } from '../accounts/account-token.service.ts'
import { assetForSnapshot } from '../media/media.service.ts'
import {
  beginSending,
  type ClaimedBy,
  claim,
  noteUpload,
  releaseClaim,
  renewClaim,
  settle,
} from './ledger.service.ts'
import { snapshotOf } from './publication.presenter.ts'
import type { PublicationRow } from './publication.repository.ts'
import type { Claim, PublishLedger } from './publish-run.service.ts'

export type LocalClaim = Claim & { readonly row: PublicationRow }

/** The claim as whoever sends it sees it. */
export const claimOf = (
  { settings }: Pick<Deps, 'settings'>,
  row: PublicationRow,
  resumeFrom: string | null,
): LocalClaim => ({
  publicationId: row.id,
  fence: row.fence,
  leaseMs: settings.leaseMs,
  platform: row.platform,
  snapshot: snapshotOf(row),
  resumeFrom,
  row,
})

/** Writes down what the platform answered, and tells the account where the answer is about its consent. */
export async function settleAndTell(
  deps: Deps,
  row: PublicationRow,
  answer: Submitted,
  token: string | null,
): Promise<void> {
  await settle(deps, row, answer)
  // A withdrawn consent concerns the whole account: its health says so. Only after what the post needs is on disk.
  if (token && answer.kind === 'refused' && answer.category === 'auth_revoked')
    await authorizationLost(deps, row.institutionId, row.accountId, { token, code: answer.code })
}

/** The files a snapshot froze; undefined where one of them is not here any more. */
export async function frozenFiles(deps: Deps, row: PublicationRow) {
  const { institutionId } = row
  const { media, cover } = snapshotOf(row)
  const video = await assetForSnapshot(deps.db.read, institutionId, media.assetId)
  const picture = cover && (await assetForSnapshot(deps.db.read, institutionId, cover.assetId))
  // Without a cover of its own the poster frame stands in: Kuaishou refuses a post without one.
  return video && { video, cover: picture ?? video }
}

/** The ledger in this very process: the database is a call away, the files are on this disk. */
export const localLedger = (deps: Deps, by?: ClaimedBy): PublishLedger<LocalClaim> => ({
  async claim(publicationId) {
    const claimed = await claim(deps, publicationId, by)
    return claimed && claimOf(deps, claimed.row, claimed.resumeFrom)
  },
  token: ({ row }, turnedAway) =>
    accessTokenFor(deps, row.institutionId, row.accountId, turnedAway),
  async files({ row }) {
    const files = await frozenFiles(deps, row)
    if (!files) return null
    const { mediaDir } = deps.settings
    return {
      mediaPath: files.video.pathIn(mediaDir),
      coverPath: files.cover.coverPathIn(mediaDir),
      done: async () => undefined,
    }
  },
  noteUpload: ({ row }, uploadId, done) => noteUpload(deps, row, uploadId, done),
  renew: ({ row }) => renewClaim(deps, row),
  beginSending: ({ row }) => beginSending(deps, row),
  release: ({ row }) => releaseClaim(deps, row),
  settle: ({ row }, answer, token) => settleAndTell(deps, row, answer, token),
})
