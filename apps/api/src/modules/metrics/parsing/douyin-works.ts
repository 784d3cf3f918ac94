import type { ParsedFile } from './parsed-row.ts'
import type { Sheet } from './read-table.ts'
import { type ParsedWork, parseWorks } from './works.ts'

/** Douyin creator back office, 作品列表: header in row 1, rates as `12.3%` or as fractions, `-` for unknown. */
export const parseDouyinWorks = (sheets: readonly Sheet[], asOf: Date): ParsedFile<ParsedWork> =>
  parseWorks(sheets, 'douyin_works', asOf)
