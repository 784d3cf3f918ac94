import { z } from 'zod'

/** What every list keeps in its URL; what is not set stays out of it. */
export const listSearch = {
  q: z.string().trim().min(1).max(100).optional().catch(undefined),
  page: z.int().min(1).optional().catch(undefined),
  pageSize: z.int().min(1).max(200).optional().catch(undefined),
  archived: z.enum(['only', 'all']).optional().catch(undefined),
}
const shape = z.object(listSearch)
export type ListSearch = z.output<typeof shape>
