import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { deserialize } from 'node:v8'
import { importFileBytes } from '@xingbo/shared/metrics/import.schema'
import { parse as parseCsv } from 'csv-parse/sync'
import { UnreadableFile } from './unreadable-file.ts'
import { checkZip } from './zip-guard.ts'

/** A date is a wall clock without a zone, kept in its UTC fields. */
export type Cell = string | number | boolean | Date | null
/** Rows as a spreadsheet shows them: `rows[0]` is row 1. */
export type Sheet = { readonly name: string; readonly rows: readonly (readonly Cell[])[] }

/** Xiaohongshu exports at most 1,000 notes, a busy hospital lists some 10,000 visits a month. */
export const tableLimits = { fileBytes: importFileBytes, rows: 20_000 } as const
/** What the process that unpacks a workbook may use; a workbook that needs more is refused. */
const childLimits = { heapMegabytes: 256, milliseconds: 10_000 } as const

const childScript = fileURLToPath(new URL('./xlsx-child.ts', import.meta.url))

const startsWith = (bytes: Buffer, ...start: number[]) =>
  start.every((byte, at) => bytes[at] === byte)

/**
 * Reads an .xlsx or .csv file by what is in it, not by its name.
 * @throws UnreadableFile when it is neither, too large, damaged, or an old .xls
 */
export async function readTable(bytes: Buffer): Promise<readonly Sheet[]> {
  if (bytes.length === 0) throw new UnreadableFile('metrics.file.empty')
  if (bytes.length > tableLimits.fileBytes)
    throw new UnreadableFile('metrics.file.tooLarge', {
      megabytes: tableLimits.fileBytes / 1_000_000,
    })
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new UnreadableFile('metrics.file.oldExcel')
  const sheets = startsWith(bytes, 0x50, 0x4b) ? await readXlsx(bytes) : [readCsv(bytes)]
  if (sheets.some(({ rows }) => rows.length > tableLimits.rows))
    throw new UnreadableFile('metrics.file.tooManyRows', { rows: tableLimits.rows })
  return sheets
}

/**
 * A workbook is unpacked in a process of its own with little memory, little time and no environment: a
 * cell addressed XFD1048576 or a lying zip directory ends that process and not the server.
 */
async function readXlsx(bytes: Buffer): Promise<readonly Sheet[]> {
  checkZip(bytes)
  const output = await new Promise<Buffer>((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [`--max-old-space-size=${childLimits.heapMegabytes}`, childScript],
      {
        env: {},
        encoding: 'buffer',
        maxBuffer: 64 * 1024 * 1024,
        timeout: childLimits.milliseconds,
        killSignal: 'SIGKILL',
      },
      (error, stdout) => {
        if (!error) return resolve(stdout)
        const orderly = error.code === 1
        reject(new UnreadableFile(orderly ? 'metrics.file.damaged' : 'metrics.file.tooHeavy'))
      },
    )
    // The child may end before it has read everything; its exit says why.
    child.stdin?.on('error', () => {})
    child.stdin?.end(bytes)
  })
  const sheets: { sheet: string; data: Cell[][] }[] = deserialize(output)
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data }))
}

function readCsv(bytes: Buffer): Sheet {
  const text = decode(bytes)
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = [',', '\t', ';'].toSorted(
    (a, b) => firstLine.split(b).length - firstLine.split(a).length,
  )[0]
  try {
    const rows: string[][] = parseCsv(text, {
      ...(delimiter && { delimiter }),
      relax_column_count: true,
      skip_empty_lines: false,
      to: tableLimits.rows + 1,
      max_record_size: 100_000,
    })
    return { name: '', rows }
  } catch {
    throw new UnreadableFile('metrics.file.notATable')
  }
}

/** UTF-8 with or without its mark, UTF-16 as Excel saves "Unicode text", else GB18030 as Chinese Excel saves CSV. */
function decode(bytes: Buffer): string {
  const encodings = startsWith(bytes, 0xff, 0xfe) ? ['utf-16le'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    const text = decodeAs(bytes, encoding)
    if (text !== undefined && !hasControlCharacters(text)) return text
  }
  throw new UnreadableFile('metrics.file.notATable')
}

function decodeAs(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Text files have none but tab and line ends; bytes of pictures and archives are full of them. */
const hasControlCharacters = (text: string) => /[^\P{Cc}\t\r\n\f\v]/u.test(text)
