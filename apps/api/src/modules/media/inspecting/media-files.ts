import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../../env.ts'

type Folders = Pick<Settings, 'dataDir' | 'mediaDir'>

/** Room that must stay free beside an upload, for the database and its log. */
const reserveBytes = 512 * 1024 * 1024

/** Where pieces of an upload are put together; beside the media, so that moving over is one rename. */
export const uploadsDir = ({ dataDir }: Folders): string => join(dataDir, 'uploads')
const uploadFile = (folders: Folders, id: string) => join(uploadsDir(folders), id)
/** tus keeps what it knows of an upload beside it. */
const uploadNote = (folders: Folders, id: string) => join(uploadsDir(folders), `${id}.json`)
type Shelves = Pick<Settings, 'mediaDir'>
const assetDir = ({ mediaDir }: Shelves, id: string) => join(mediaDir, id)
export const originalPath = (folders: Shelves, id: string): string =>
  join(assetDir(folders, id), 'original')
export const posterPath = (folders: Shelves, id: string): string =>
  join(assetDir(folders, id), 'poster.jpg')

/** How much of an upload has come; null when there is no such upload. */
export async function receivedBytes(folders: Folders, id: string): Promise<number | null> {
  const found = await stat(uploadFile(folders, id)).catch(() => null)
  return found?.size ?? null
}

/** The whole file, wherever it stands between upload and shelf; null when it is nowhere. */
export async function wholeFile(
  folders: Folders,
  id: string,
  sizeBytes: number,
): Promise<string | null> {
  for (const path of [originalPath(folders, id), uploadFile(folders, id)]) {
    const found = await stat(path).catch(() => null)
    if (found?.size === sizeBytes) return path
  }
  return null
}

/** Makes the shelf for an asset and says where its poster goes. */
export async function prepareShelf(folders: Folders, id: string): Promise<string> {
  await mkdir(assetDir(folders, id), { recursive: true })
  return posterPath(folders, id)
}

/** Moves a checked file to its shelf; on disk for good before anybody is told that it is there. */
export async function shelve(folders: Folders, id: string, from: string): Promise<void> {
  const to = originalPath(folders, id)
  if (from !== to) await rename(from, to)
  // Windows cannot open a folder; there the rename itself is all one can have.
  const folder = process.platform === 'win32' ? [] : [assetDir(folders, id)]
  for (const path of [to, posterPath(folders, id), ...folder]) {
    const handle = await open(path)
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  await rm(uploadNote(folders, id), { force: true })
}

/** Removes whatever there is of an asset; nothing to remove is fine. */
export async function removeFiles(folders: Folders, id: string): Promise<void> {
  await rm(uploadFile(folders, id), { force: true })
  await rm(uploadNote(folders, id), { force: true })
  await rm(assetDir(folders, id), { recursive: true, force: true })
}

/** Ids that have anything on disk. */
export async function idsOnDisk(folders: Folders): Promise<string[]> {
  const names = await Promise.all(
    [uploadsDir(folders), folders.mediaDir].map((dir) => readdir(dir).catch(() => [])),
  )
  return [...new Set(names.flat().map((name) => name.replace(/\.json$/, '')))]
}

export async function hasRoomFor(folders: Folders, sizeBytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folders.mediaDir)
  return bavail * bsize > sizeBytes + reserveBytes
}
