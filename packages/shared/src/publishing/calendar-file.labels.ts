import type { Bilingual } from '../text.ts'
import type { FileFate } from './calendar-file.schema.ts'

/** The columns of a calendar file. Either language is understood when a file is read. */
export const calendarColumns = {
  contentId: { zh: '内容编号', en: 'Item number' },
  item: { zh: '内容', en: 'Item' },
  platform: { zh: '平台', en: 'Platform' },
  account: { zh: '账号', en: 'Account' },
  date: { zh: '日期', en: 'Date' },
  time: { zh: '时间', en: 'Time' },
  repeatReason: { zh: '重复也要发的理由', en: 'Why a repeat goes out' },
  publicationId: { zh: '发布单编号', en: 'Publication number' },
  state: { zh: '状态', en: 'State' },
  link: { zh: '链接', en: 'Link' },
} as const satisfies Record<string, Bilingual>
export type CalendarColumn = keyof typeof calendarColumns

export const fileFateLabels = {
  new: { zh: '新排期', en: 'New' },
  move: { zh: '改时间', en: 'Moved' },
  same: { zh: '没有变化', en: 'Unchanged' },
  refused: { zh: '不能导入', en: 'Refused' },
} as const satisfies Record<FileFate, Bilingual>

/** Columns of the file of refused rows, and the name of the sheet of accounts. */
export const calendarFileWords = {
  row: { zh: '行号', en: 'Row' },
  why: { zh: '原因', en: 'Why' },
  calendar: { zh: '排期', en: 'Calendar' },
  accounts: { zh: '可用账号', en: 'Accounts' },
  separator: { zh: '；', en: '; ' },
} as const satisfies Record<string, Bilingual>
