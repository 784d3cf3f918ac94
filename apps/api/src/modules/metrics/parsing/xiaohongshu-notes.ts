import type { ParsedFile } from './parsed-row.ts'
import type { Sheet } from './read-table.ts'
import { type ParsedWork, parseWorks } from './works.ts'

/** Xiaohongshu 笔记列表明细表: a note in row 1, header in row 2, titles may be empty, `41.2万`. */
export const parseXiaohongshuNotes = (
  sheets: readonly Sheet[],
  asOf: Date,
): ParsedFile<ParsedWork> => parseWorks(sheets, 'xiaohongshu_notes', asOf)
