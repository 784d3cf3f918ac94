import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { plannedRow } from './batch.schema.ts'
import { reason } from './publication.schema.ts'
import { publicationStates } from './publication-state.ts'

export const fileFormats = ['xlsx', 'csv'] as const
export type FileFormat = (typeof fileFormats)[number]
/** A calendar of some thousand rows is a tenth of this. */
export const calendarFileBytes = 2_000_000

/**
 * What becomes of a row: `new` a post is scheduled, `move` one that stands gets another time, `same` it stands like that
 * already, `refused` it cannot be.
 */
export const fileFates = ['new', 'move', 'same', 'refused'] as const
export type FileFate = (typeof fileFates)[number]

export const fileRow = z.object({
  /** As a spreadsheet counts: the header is a row too. */
  rowNumber: z.int(),
  /** As the file writes them, for finding the row again. */
  item: z.string(),
  account: z.string(),
  when: z.string(),
  fate: z.enum(fileFates),
  /** Why it cannot be; empty otherwise. */
  reasons: z.array(reason),
  /** The line to be saved; null where nothing is. */
  line: plannedRow.nullable(),
  repeatReason: z.string(),
})
export type FileRow = z.infer<typeof fileRow>

const format = z.enum(fileFormats).default('xlsx').catch('xlsx')

export const getCalendarTemplate = defineEndpoint({
  route: 'GET /api/schedule/template',
  summary: 'An empty calendar file with the ready items and the accounts to choose from',
  query: z.object({ format }),
  response: z.unknown(),
})

export const exportCalendar = defineEndpoint({
  route: 'GET /api/schedule/export',
  summary: 'The posts of a period as a file that can be changed and imported again',
  query: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    platform: z.enum(platforms).optional().catch(undefined),
    accountId: z.string().max(60).optional().catch(undefined),
    state: z.enum(publicationStates).optional().catch(undefined),
    format,
  }),
  response: z.unknown(),
})

/** multipart/form-data with one `file`. */
export const readCalendarFile = defineEndpoint({
  route: 'POST /api/schedule/import',
  summary: 'What would become of each row of a calendar file; saves nothing',
  response: z.object({ rows: z.array(fileRow) }),
})

/** multipart/form-data with one `file`. */
export const getCalendarFileErrors = defineEndpoint({
  route: 'POST /api/schedule/import/errors',
  summary: 'The rows of a calendar file that cannot be, with the reasons, as a CSV file',
  response: z.unknown(),
})
