import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { archiveBody, listQuery, pageOf, revisionField } from '../pagination.ts'

export const departmentFields = {
  name: z.string().trim().min(2).max(30),
  /** Other names the hospital's lists use for it; an import finds the department by them. */
  aliases: z.array(z.string().trim().min(1).max(30)).max(20),
}

export const department = z.object({
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  /** What still stands in it; archiving waits until all three are 0. */
  doctors: z.int(),
  lines: z.int(),
  accounts: z.int(),
  archived: z.boolean(),
  revision: z.int(),
})
export type Department = z.infer<typeof department>

export const listDepartments = defineEndpoint({
  route: 'GET /api/departments',
  summary: 'Departments of this institution',
  query: z.object(listQuery),
  response: pageOf(department),
})

export const createDepartment = defineEndpoint({
  route: 'POST /api/departments',
  summary: 'Add a department',
  body: z.object(departmentFields).partial().required({ name: true }),
  response: department,
})

const params = z.object({ departmentId: z.string() })

export const updateDepartment = defineEndpoint({
  route: 'PATCH /api/departments/:departmentId',
  summary: 'Change a department',
  params,
  body: z.object(departmentFields).partial().extend({ revision: revisionField }),
  response: department,
})

export const archiveDepartment = defineEndpoint({
  route: 'POST /api/departments/:departmentId/archive',
  summary: 'Archive or restore a department',
  params,
  body: archiveBody,
  response: department,
})
