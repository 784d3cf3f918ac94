import { z } from 'zod'

/** Query part shared by every list: which page, how long, what to look for, whether to show archived rows. */
export const listQuery = {
  q: z.string().trim().max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).default(1).catch(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50).catch(50),
  archived: z.enum(['exclude', 'only', 'all']).default('exclude').catch('exclude'),
}

/** A page of `item`s and how many there are in all. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), total: z.int() })

/** The optimistic lock every edit carries: the revision the editor had on screen. */
export const revisionField = z.int().min(1)
export const archiveBody = z.object({ revision: revisionField, archived: z.boolean() })
