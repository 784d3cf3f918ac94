import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EndpointInput } from '@xingbo/shared/contract'
import type { Actor } from '@xingbo/shared/identity/actor'
import { assetCan, refusalMessage, refusals, sizeVerdict } from '@xingbo/shared/media/asset.rules'
import type { ContentMedia, chooseFinalCut } from '@xingbo/shared/media/asset.schema'
import type { AssetKind } from '@xingbo/shared/media/asset-kind'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import { presentAsset, presentContent } from './asset.presenter.ts'
import {
  type AssetRow,
  findAsset,
  findAssetById,
  findContentHere,
  insertAsset,
  isChosen,
  isHeld,
  listAssetsById,
  listAssetsOf,
  moveAsset,
  setFinalCut,
} from './asset.repository.ts'
import { checkAsset } from './check.service.ts'
import {
  originalPath,
  posterPath,
  receivedBytes,
  removeFiles,
  uploadsDir,
} from './inspecting/media-files.ts'
import { finishUpload, shownName, unknownType } from './upload.service.ts'

/** The files of a content item and which of them go out. */
export async function readContentMedia(
  deps: Deps,
  actor: Actor,
  contentId: string,
): Promise<ContentMedia> {
  const { db, settings } = deps
  const content = found(await findContentHere(db.read, actor.institutionId, contentId))
  const rows = await listAssetsOf(db.read, actor.institutionId, contentId)
  const items = await Promise.all(
    rows.map(async (row) =>
      presentAsset(row, row.state === 'uploading' ? await receivedBytes(settings, row.id) : null),
    ),
  )
  return { items, content: presentContent(content), maxCutBytes: settings.maxUploadBytes }
}

type Choice = EndpointInput<typeof chooseFinalCut>['body'] & { readonly contentId: string }

/** Chooses what goes out. Only files of this very item may be chosen, and only while it is in production. */
export async function chooseCut(deps: Deps, actor: Actor, choice: Choice): Promise<void> {
  const { institutionId } = actor
  const { contentId, revision } = choice
  await deps.db.inTransaction(async (tx) => {
    const content = found(await findContentHere(tx, institutionId, contentId))
    const ofItem = async (id: string) => {
      const row = found(await findAsset(tx, institutionId, id))
      return found(row.contentId === contentId ? row : null)
    }
    const cut = await ofItem(choice.assetId)
    assertVerdict(assetCan.beCut(cut, content.stage))
    const coverAssetId =
      choice.coverAssetId === undefined ? content.coverAssetId : choice.coverAssetId
    // Only a cover chosen now is asked; the one that stands was asked when it was chosen.
    if (choice.coverAssetId)
      assertVerdict(assetCan.beCover(await ofItem(choice.coverAssetId), content.stage, true))
    const at = deps.now()
    const set = await setFinalCut(
      tx,
      { institutionId, contentId, revision, stage: content.stage },
      { finalAssetId: cut.id, coverAssetId, updatedAt: at, updatedBy: actor.userId },
    )
    if (!set) throw await stale(tx, 'content', contentId)
    await recordAudit(tx, actor, at, {
      action: 'content.cut_chosen',
      subjectType: 'content',
      subjectId: contentId,
      detail: { assetId: cut.id, sha256: cut.sha256, coverAssetId },
    })
  })
}

/** Removes the bytes for good; the row and the audit log keep that they were there. */
export async function discard(deps: Deps, actor: Actor, assetId: string): Promise<void> {
  const { institutionId } = actor
  await deps.db.inTransaction(async (tx) => {
    const row = found(await findAsset(tx, institutionId, assetId))
    const chosen = await isChosen(tx, institutionId, assetId)
    const held = await isHeld(tx, institutionId, assetId)
    assertVerdict(assetCan.beDiscarded(row, { chosen, held }))
    const at = deps.now()
    if (!(await moveAsset(tx, assetId, [row.state], { discardedAt: at })))
      throw await stale(tx, 'asset', assetId)
    await recordAudit(tx, actor, at, {
      action: 'asset.discarded',
      subjectType: 'asset',
      subjectId: assetId,
      detail: { contentId: row.contentId, kind: row.kind, sha256: row.sha256 },
    })
  })
  await removeFiles(deps.settings, assetId)
}

/** A checked file as a publication freezes it. */
export type SnapshotAsset = {
  readonly assetId: string
  readonly kind: AssetKind
  readonly sha256: string
  readonly sizeBytes: number
  readonly mimeType: string
  /** Null for a picture. */
  readonly durationMs: number | null
  readonly width: number
  readonly height: number
  /** Where its bytes lie under the media folder of the settings. */
  pathIn(mediaDir: string): string
  /** A picture to stand for it: itself if it is one, else the still drawn when it was checked. */
  coverPathIn(mediaDir: string): string
}

/** What a publication freezes of a file; undefined when it is not here, discarded, or not (yet) found sound. */
export async function assetForSnapshot(
  db: Reader,
  institutionId: string,
  assetId: string,
): Promise<SnapshotAsset | undefined> {
  return (await assetsForSnapshot(db, institutionId, [assetId])).get(assetId)
}

/** The same for many files in one query; what is not sound is not in the answer. */
export async function assetsForSnapshot(
  db: Reader,
  institutionId: string,
  assetIds: readonly string[],
): Promise<Map<string, SnapshotAsset>> {
  const rows = await listAssetsById(db, institutionId, assetIds)
  return new Map(
    rows.flatMap((row): [string, SnapshotAsset][] => {
      const { id: assetId, sha256, width, height } = row
      if (row.state !== 'ready' || !sha256 || !width || !height) return []
      const pathIn = (mediaDir: string) => originalPath({ mediaDir }, assetId)
      const asset: SnapshotAsset = {
        assetId,
        kind: row.kind,
        sha256,
        sizeBytes: row.sizeBytes,
        mimeType: row.mimeType,
        durationMs: row.durationMs,
        width,
        height,
        pathIn,
        coverPathIn: (mediaDir) =>
          row.kind === 'cut' ? posterPath({ mediaDir }, assetId) : pathIn(mediaDir),
      }
      return [[assetId, asset]]
    }),
  )
}

export type Variant = 'file' | 'poster'

/** The text that is signed names all the address allows. */
const signedText = (assetId: string, as: Variant, exp: number) =>
  `GET /media/${assetId} as ${as} until ${exp}`

/**
 * An address anybody who has it may read the file from until it ends: for platforms that fetch the video and
 * for phones without a login. The caller has checked that it may be given out.
 */
export function signedMediaUrl(
  { settings, vault, now }: Pick<Deps, 'settings' | 'vault' | 'now'>,
  assetId: string,
  ttlSeconds: number,
  as: Variant = 'file',
): string {
  const exp = Math.floor(now().getTime() / 1000) + ttlSeconds
  const query = new URLSearchParams({
    ...(as === 'poster' && { as }),
    exp: String(exp),
    sig: vault.sign(signedText(assetId, as, exp)),
  })
  return `${settings.publicUrl}/media/${assetId}?${query}`
}

/** The file behind a signed address; 403 when it was altered or its time is over, 404 when the file is gone. */
export async function openSigned(
  deps: Deps,
  signed: { assetId: string; as: Variant; exp: number; sig: string },
): Promise<AssetRow> {
  const { assetId, as, exp, sig } = signed
  const genuine = deps.vault.verify(signedText(assetId, as, exp), sig)
  if (!genuine || exp * 1000 <= deps.now().getTime())
    throw new DomainError('FORBIDDEN', { key: 'media.linkExpired' })
  const row = found(await findAssetById(deps.db.read, assetId))
  return found(row.state === 'ready' && !row.discardedAt ? row : null)
}

/** A checked file of this institution. */
export async function openOwn(deps: Deps, actor: Actor, assetId: string): Promise<AssetRow> {
  const row = found(await findAsset(deps.db.read, actor.institutionId, assetId))
  return found(row.state === 'ready' ? row : null)
}

/** The file to send and what to call it. */
export const fileOf = ({ settings }: Pick<Deps, 'settings'>, row: AssetRow, as: Variant) =>
  as === 'poster'
    ? { path: posterPath(settings, row.id), mimeType: 'image/jpeg', name: `${row.fileName}.jpg` }
    : { path: originalPath(settings, row.id), mimeType: row.mimeType, name: row.fileName }

/**
 * Keeps a screenshot a person gives as proof of a post, checked like any other file.
 * @throws 413 or 422 with the reason when it is not a whole JPG or PNG; nothing is left behind then.
 */
export async function storeProof(
  deps: Deps,
  actor: Pick<Actor, 'userId' | 'displayName' | 'institutionId'>,
  proof: { readonly publicationId: string; readonly fileName: string; readonly bytes: Buffer },
): Promise<string> {
  const sizeBytes = proof.bytes.length
  const size = sizeVerdict('proof', sizeBytes, deps.settings.maxUploadBytes)
  if (!size.ok && size.reason.key === 'media.tooLarge')
    throw new DomainError('TOO_LARGE', size.reason)
  assertVerdict(size)
  const id = newId('ast')
  const row = await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    await insertAsset(tx, {
      id,
      institutionId: actor.institutionId,
      publicationId: proof.publicationId,
      kind: 'proof',
      fileName: shownName(proof.fileName),
      mimeType: unknownType,
      sizeBytes,
      state: 'uploading',
      uploadedBy: actor.userId,
      createdAt: at,
    })
    await recordAudit(tx, actor, at, {
      action: 'asset.upload_started',
      subjectType: 'asset',
      subjectId: id,
      detail: { publicationId: proof.publicationId, kind: 'proof', sizeBytes },
    })
    return found(await findAssetById(tx, id))
  })
  await writeFile(join(uploadsDir(deps.settings), id), proof.bytes)
  await finishUpload(deps, row, actor)
  await checkAsset(deps, id)
  const checked = found(await findAssetById(deps.db.read, id))
  if (checked.state === 'ready') return id
  const reason = refusals.find((key) => key === checked.refusedFor) ?? 'media.lost'
  throw new DomainError('RULE_VIOLATION', refusalMessage(reason))
}
