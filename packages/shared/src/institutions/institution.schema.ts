import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { revisionField } from '../pagination.ts'
import { institutionTiers, ownerships } from './institution.labels.ts'

/** An IANA zone this machine knows. */
export const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, { error: '没有这个时区|There is no such time zone' })

function isTimeZone(zone: string): boolean {
  try {
    return zone.includes('/') && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}

/** What a person fills in; the same checks in the form and at the door. Rows that are there already are only read. */
export const institutionFields = {
  name: z.string().trim().min(2).max(60),
  shortName: z.string().trim().min(2).max(20),
  tier: z.enum(institutionTiers),
  ownership: z.enum(ownerships),
  /** As on the licence, e.g. 三级甲等. */
  level: z.string().trim().max(20),
  /** As on the licence, e.g. 综合医院. */
  kind: z.string().trim().max(20),
  licenseNumber: z.string().trim().max(40),
  licenseExpiresOn: z.iso.date().nullable(),
  city: z.string().trim().max(30),
  timeZone,
  /** How many days back and ahead the same words or video on one account need a reason. */
  duplicateDays: z.int().min(1).max(180),
  goal: z.string().trim().max(200),
}

export const institution = z.object({
  id: z.string(),
  name: z.string(),
  shortName: z.string(),
  tier: z.enum(institutionTiers),
  ownership: z.enum(ownerships),
  level: z.string(),
  kind: z.string(),
  licenseNumber: z.string(),
  licenseExpiresOn: z.string().nullable(),
  city: z.string(),
  timeZone: z.string(),
  duplicateDays: z.int(),
  goal: z.string(),
  revision: z.int(),
})
export type Institution = z.infer<typeof institution>

export const getInstitution = defineEndpoint({
  route: 'GET /api/institution',
  summary: 'The institution I work in',
  response: institution,
})

export const updateInstitution = defineEndpoint({
  route: 'PATCH /api/institution',
  summary: 'Change the institution I work in',
  body: z.object(institutionFields).partial().extend({ revision: revisionField }),
  response: institution,
})

export const createInstitution = defineEndpoint({
  route: 'POST /api/institutions',
  summary: 'Create another institution; whoever creates it becomes its administrator',
  body: z.object(institutionFields).partial().required({ name: true, shortName: true }),
  response: institution,
})
