import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { archiveBody, listQuery, pageOf, revisionField } from '../pagination.ts'

export const specialtyLineFields = {
  name: z.string().trim().min(2).max(30),
  departmentId: z.string().max(60).nullable(),
  leadDoctorId: z.string().max(60).nullable(),
  startedOn: z.iso.date().nullable(),
  /** In fen; 10^9 fen is ten million yuan a month. */
  monthlyBudgetFen: z.int().min(0).max(1_000_000_000).nullable(),
  targetVisitsPerMonth: z.int().min(0).max(100_000).nullable(),
  /** The day by which the line's cumulative result should reach zero. */
  breakEvenBy: z.iso.date().nullable(),
}

export const specialtyLine = z.object({
  id: z.string(),
  name: z.string(),
  departmentId: z.string().nullable(),
  departmentName: z.string().nullable(),
  leadDoctorId: z.string().nullable(),
  leadDoctorName: z.string().nullable(),
  startedOn: z.string().nullable(),
  monthlyBudgetFen: z.int().nullable(),
  targetVisitsPerMonth: z.int().nullable(),
  breakEvenBy: z.string().nullable(),
  archived: z.boolean(),
  revision: z.int(),
})
export type SpecialtyLine = z.infer<typeof specialtyLine>

export const listSpecialtyLines = defineEndpoint({
  route: 'GET /api/specialty-lines',
  summary: 'Specialty lines of this institution',
  query: z.object(listQuery),
  response: pageOf(specialtyLine),
})

export const createSpecialtyLine = defineEndpoint({
  route: 'POST /api/specialty-lines',
  summary: 'Add a specialty line',
  body: z.object(specialtyLineFields).partial().required({ name: true }),
  response: specialtyLine,
})

const params = z.object({ lineId: z.string() })

export const updateSpecialtyLine = defineEndpoint({
  route: 'PATCH /api/specialty-lines/:lineId',
  summary: 'Change a specialty line',
  params,
  body: z.object(specialtyLineFields).partial().extend({ revision: revisionField }),
  response: specialtyLine,
})

export const archiveSpecialtyLine = defineEndpoint({
  route: 'POST /api/specialty-lines/:lineId/archive',
  summary: 'Archive or restore a specialty line',
  params,
  body: archiveBody,
  response: specialtyLine,
})
