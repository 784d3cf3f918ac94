import { UnreadableFile } from './unreadable-file.ts'

/** An export has about 10 parts; its text shrinks 10 to 30 times. Beyond these it is no export. */
export const zipLimits = { entries: 200, inflatedBytes: 50 * 1024 * 1024, ratio: 100 } as const

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const endSize = 22
const entrySize = 46
const longestComment = 0xffff
const storedOrDeflated = [0, 8]

const damaged = () => new UnreadableFile('metrics.file.damaged')
const tooHeavy = () => new UnreadableFile('metrics.file.tooHeavy')

/**
 * Reads a workbook's zip directory and refuses a bomb before a byte is inflated. The reader later
 * inflates each part into a buffer of the size named here, so a directory that lies gains nothing.
 * @throws UnreadableFile
 */
export function checkZip(bytes: Buffer): void {
  let end = bytes.length - endSize
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) {
    end -= 1
    if (bytes.length - end > endSize + longestComment) throw damaged()
  }
  if (end < 0) throw damaged()
  const entries = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (entries > zipLimits.entries) throw tooHeavy()

  let packed = 0
  let inflated = 0
  const names = new Set<string>()
  for (let n = 0; n < entries; n += 1) {
    if (at + entrySize > end || bytes.readUInt32LE(at) !== entrySignature) throw damaged()
    const encrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
    if (encrypted || !storedOrDeflated.includes(bytes.readUInt16LE(at + 10))) throw damaged()
    packed += bytes.readUInt32LE(at + 20)
    inflated += bytes.readUInt32LE(at + 24)
    const nameLength = bytes.readUInt16LE(at + 28)
    names.add(bytes.toString('utf8', at + entrySize, at + entrySize + nameLength))
    at += entrySize + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  if (inflated > zipLimits.inflatedBytes || inflated > packed * zipLimits.ratio) throw tooHeavy()
  if (!names.has('[Content_Types].xml') || !names.has('xl/workbook.xml'))
    throw new UnreadableFile('metrics.file.notATable')
}
