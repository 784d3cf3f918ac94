import { Worker } from 'node:worker_threads'
import type { Message } from '@xingbo/shared/messages'
import type { ImportKind } from '@xingbo/shared/metrics/import-kind'
import { type ParsedCost, parseCosts } from './costs.ts'
import { parseDouyinWorks } from './douyin-works.ts'
import { type ParsedOrder, parseOrders } from './orders.ts'
import type { ParsedFile, Resolve } from './parsed-row.ts'
import { readTable } from './read-table.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { type ParsedVisit, parseVisits } from './visits-his.ts'
import type { ParsedWork } from './works.ts'
import { parseXiaohongshuNotes } from './xiaohongshu-notes.ts'

type Named = readonly (readonly [name: string, id: string])[]

/** What the importing institution calls its own, so that a file's names find their ids. */
export type OwnNames = {
  /** Of the institution itself, as order lists write it. */
  readonly institution: readonly string[]
  readonly departments: Named
  readonly doctors: Named
  readonly accounts: Named
  readonly specialtyLines: Named
  /** In lower case. */
  readonly touchTokens: readonly string[]
}

export type ParseRequest = {
  readonly kind: ImportKind
  readonly bytes: Uint8Array
  readonly asOf: Date
  readonly names: OwnNames
}

export type ParsedImport =
  | { readonly of: 'works'; readonly file: ParsedFile<ParsedWork> }
  | { readonly of: 'visits'; readonly file: ParsedFile<ParsedVisit> }
  | { readonly of: 'orders'; readonly file: ParsedFile<ParsedOrder> }
  | { readonly of: 'costs'; readonly file: ParsedFile<ParsedCost> }

/** Names are compared without blanks and in one width: an export writes `鼻科沈怀屿 ` for 鼻科沈怀屿. */
const plain = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '').toLowerCase()

function resolver(named: Named): Resolve {
  const ids = new Map<string, string[]>()
  for (const [name, id] of named) {
    const key = plain(name)
    const known = ids.get(key) ?? []
    if (!known.includes(id)) ids.set(key, [...known, id])
  }
  return (name) => ids.get(plain(name)) ?? []
}

/**
 * Reads a file of `kind` into rows with their fates, in this thread.
 * @throws UnreadableFile when it is no such file
 */
export async function parseHere({ kind, bytes, asOf, names }: ParseRequest): Promise<ParsedImport> {
  const sheets = await readTable(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  switch (kind) {
    case 'douyin_works':
      return { of: 'works', file: parseDouyinWorks(sheets, asOf) }
    case 'xiaohongshu_notes':
      return { of: 'works', file: parseXiaohongshuNotes(sheets, asOf) }
    case 'visits':
      return {
        of: 'visits',
        file: parseVisits(sheets, {
          asOf,
          department: resolver(names.departments),
          doctor: resolver(names.doctors),
        }),
      }
    case 'orders': {
      const own = new Set(names.institution.map(plain))
      const tokens = new Set(names.touchTokens)
      return {
        of: 'orders',
        file: parseOrders(sheets, {
          asOf,
          isOwn: (name) => own.has(plain(name)),
          account: resolver(names.accounts),
          knowsTouchCode: (code) => tokens.has(code),
        }),
      }
    }
    case 'costs':
      return {
        of: 'costs',
        file: parseCosts(sheets, {
          asOf,
          specialtyLine: resolver(names.specialtyLines),
          account: resolver(names.accounts),
        }),
      }
  }
}

/** Up to here a file is read in some 50 ms, about what starting a thread costs; beyond, the server would stall. */
const hereUpToBytes = 128 * 1024

export type WorkerAnswer =
  | { readonly parsed: ParsedImport }
  | { readonly unreadable: Message }
  | { readonly failed: string }

/**
 * Reads a file of `kind`; a large one in a thread of its own, so that nobody else waits for it.
 * @throws UnreadableFile when it is no such file
 */
export async function parseFile(request: ParseRequest): Promise<ParsedImport> {
  if (request.bytes.byteLength <= hereUpToBytes) return parseHere(request)
  const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
    const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new UnreadableFile('metrics.file.tooHeavy')))
  })
  if ('unreadable' in answer)
    throw new UnreadableFile(answer.unreadable.key, answer.unreadable.values)
  // The worker's own words may quote a cell; only what kind of error it was leaves it.
  if ('failed' in answer) throw new Error(`reading the file failed: ${answer.failed}`)
  return answer.parsed
}
