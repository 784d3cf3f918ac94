import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { archiveBody, listQuery, pageOf, revisionField } from '../pagination.ts'
import { credential } from './credential.schema.ts'

export const doctorFields = {
  departmentId: z.string().max(60),
  name: z.string().trim().min(1).max(30),
  title: z.string().trim().max(30),
  /** Practice scope as registered, e.g. 中医专业. */
  scope: z.string().trim().max(60),
  primaryPractice: z.string().trim().max(60),
  specialties: z.array(z.string().trim().min(1).max(30)).max(20),
  /** The day the institution was told of this doctor's public health education (负面清单 九). */
  internetScienceFiledOn: z.iso.date().nullable(),
  /** What the doctor can give the team; 2,400 minutes are a whole working week. */
  minutesPerWeek: z.int().min(0).max(2400).nullable(),
}

export const doctor = z.object({
  id: z.string(),
  departmentId: z.string(),
  departmentName: z.string(),
  name: z.string(),
  title: z.string(),
  scope: z.string(),
  primaryPractice: z.string(),
  specialties: z.array(z.string()),
  internetScienceFiledOn: z.string().nullable(),
  minutesPerWeek: z.int().nullable(),
  /** Without the archived ones in lists, with them on the doctor's own page. */
  credentials: z.array(credential),
  /** What hangs on this doctor; archiving waits until both are 0. */
  accounts: z.int(),
  ledLines: z.int(),
  archived: z.boolean(),
  revision: z.int(),
})
export type Doctor = z.infer<typeof doctor>

export const listDoctors = defineEndpoint({
  route: 'GET /api/doctors',
  summary: 'Doctors of this institution with their standing credentials',
  query: z.object({
    ...listQuery,
    departmentId: z.string().max(60).optional().catch(undefined),
  }),
  response: pageOf(doctor),
})

const params = z.object({ doctorId: z.string() })

export const getDoctor = defineEndpoint({
  route: 'GET /api/doctors/:doctorId',
  summary: 'One doctor with every credential',
  params,
  response: doctor,
})

export const createDoctor = defineEndpoint({
  route: 'POST /api/doctors',
  summary: 'Add a doctor',
  body: z.object(doctorFields).partial().required({ name: true, departmentId: true }),
  response: doctor,
})

export const updateDoctor = defineEndpoint({
  route: 'PATCH /api/doctors/:doctorId',
  summary: 'Change a doctor',
  params,
  body: z.object(doctorFields).partial().extend({ revision: revisionField }),
  response: doctor,
})

export const archiveDoctor = defineEndpoint({
  route: 'POST /api/doctors/:doctorId/archive',
  summary: 'Archive or restore a doctor',
  params,
  body: archiveBody,
  response: doctor,
})
