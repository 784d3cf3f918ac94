import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { revisionField } from '../pagination.ts'
import { roles } from './actor.ts'
import { password, username } from './session.schema.ts'

export const user = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  doctorId: z.string().nullable(),
  doctorName: z.string().nullable(),
  disabled: z.boolean(),
  lastSeenAt: z.iso.datetime().nullable(),
  revision: z.int(),
})
export type User = z.infer<typeof user>

export const listUsers = defineEndpoint({
  route: 'GET /api/users',
  summary: 'People of this institution',
  response: z.object({ items: z.array(user) }),
})

/** Names only, for pickers and for showing who did what. */
export const listColleagues = defineEndpoint({
  route: 'GET /api/colleagues',
  summary: 'Names and roles of the people of this institution',
  response: z.object({
    items: z.array(z.object({ id: z.string(), displayName: z.string(), role: z.enum(roles) })),
  }),
})

export const createUser = defineEndpoint({
  route: 'POST /api/users',
  summary: 'Add a person to this institution',
  body: z.object({
    username,
    displayName: z.string().trim().min(1).max(30),
    role: z.enum(roles),
    doctorId: z.string().max(60).nullable().default(null),
    password,
  }),
  response: user,
})

export const updateUser = defineEndpoint({
  route: 'PATCH /api/users/:userId',
  summary: 'Change a role, a doctor link, or shut a person out; takes effect at their next request',
  params: z.object({ userId: z.string() }),
  body: z.object({
    revision: revisionField,
    displayName: z.string().trim().min(1).max(30).optional(),
    role: z.enum(roles).optional(),
    doctorId: z.string().max(60).nullable().optional(),
    disabled: z.boolean().optional(),
  }),
  response: user,
})

export const resetUserPassword = defineEndpoint({
  route: 'POST /api/users/:userId/password',
  summary: 'Set a new password for a person; all their sessions end',
  params: z.object({ userId: z.string() }),
  body: z.object({ password }),
  response: user,
})
