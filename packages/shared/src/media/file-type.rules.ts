import type { AssetKind } from './asset-kind.ts'

/** What a file is, by its first bytes. The name and the type the browser reports may lie. */
export type FileType = 'mp4' | 'mov' | 'webm' | 'jpeg' | 'png'

export const mimeTypes = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  jpeg: 'image/jpeg',
  png: 'image/png',
} as const satisfies Record<FileType, string>

/** How many bytes from the start `fileTypeOf` wants to see. */
export const headBytes = 64

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to))
const startsWith = (bytes: Uint8Array, ...start: number[]) =>
  start.every((byte, at) => bytes[at] === byte)

/** The first atom of a QuickTime film made before films had to name their brand. */
const oldQuickTimeAtoms = ['moov', 'mdat', 'wide']
/** Brands of the same box format that hold pictures or sound only. */
const notFilms = ['heic', 'heix', 'mif1', 'msf1', 'avif', 'avis', 'M4A ', 'M4B ', 'crx ']

/**
 * Reads the type off the first bytes (ISO/IEC 14496-12 `ftyp`, Matroska EBML, JPEG SOI, PNG signature).
 * Matroska passes only as WebM: the platforms take no .mkv.
 */
export function fileTypeOf(head: Uint8Array): FileType | null {
  if (startsWith(head, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (startsWith(head, 0x1a, 0x45, 0xdf, 0xa3))
    return text(head, 4, headBytes).includes('webm') ? 'webm' : null
  const atom = text(head, 4, 8)
  if (atom === 'ftyp') {
    const brand = text(head, 8, 12)
    if (notFilms.includes(brand)) return null
    return brand === 'qt  ' ? 'mov' : 'mp4'
  }
  return oldQuickTimeAtoms.includes(atom) ? 'mov' : null
}

const taken = {
  cut: ['mp4', 'mov', 'webm'],
  cover: ['jpeg', 'png'],
  proof: ['jpeg', 'png'],
} as const satisfies Record<AssetKind, readonly FileType[]>

/** The type, if files of this kind may have it. */
export function takenTypeOf(kind: AssetKind, head: Uint8Array): FileType | null {
  const type = fileTypeOf(head)
  return type && (taken[kind] as readonly FileType[]).includes(type) ? type : null
}
