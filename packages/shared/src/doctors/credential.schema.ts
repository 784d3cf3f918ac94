import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { archiveBody, revisionField } from '../pagination.ts'

export const credentialFields = {
  /** As printed on it, e.g. 医师定期考核. */
  kind: z.string().trim().min(2).max(40),
  number: z.string().trim().max(60),
  issuedOn: z.iso.date().nullable(),
  /** The last day it holds; `null` where it does not expire. */
  expiresOn: z.iso.date().nullable(),
  /** Once expired, nothing of this doctor may be published. */
  gatesPublishing: z.boolean(),
  note: z.string().trim().max(200),
}

export const credential = z.object({
  id: z.string(),
  doctorId: z.string(),
  kind: z.string(),
  number: z.string(),
  issuedOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  gatesPublishing: z.boolean(),
  note: z.string(),
  archived: z.boolean(),
  revision: z.int(),
})
export type Credential = z.infer<typeof credential>

export const addCredential = defineEndpoint({
  route: 'POST /api/doctors/:doctorId/credentials',
  summary: 'Record a credential of a doctor',
  params: z.object({ doctorId: z.string() }),
  body: z.object(credentialFields).partial().required({ kind: true }),
  response: credential,
})

const params = z.object({ credentialId: z.string() })

export const updateCredential = defineEndpoint({
  route: 'PATCH /api/credentials/:credentialId',
  summary: 'Change a credential',
  params,
  body: z.object(credentialFields).partial().extend({ revision: revisionField }),
  response: credential,
})

export const archiveCredential = defineEndpoint({
  route: 'POST /api/credentials/:credentialId/archive',
  summary: 'Archive or restore a credential; an archived one counts for nothing',
  params,
  body: archiveBody,
  response: credential,
})
