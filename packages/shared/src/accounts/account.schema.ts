import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { archiveBody, listQuery, pageOf, revisionField } from '../pagination.ts'
import { accountOperators, accountOwnerTypes } from './account.labels.ts'
import { accountHealths, certificationStatuses, platforms, publishRoutes } from './platform.ts'

export const accountFields = {
  displayName: z.string().trim().min(1).max(40),
  /** The name behind the @, or the platform's own number. */
  handle: z.string().trim().max(60),
  ownerType: z.enum(accountOwnerTypes),
  departmentId: z.string().max(60).nullable(),
  doctorId: z.string().max(60).nullable(),
  /** As the platform calls it, e.g. 机构认证. */
  certificationKind: z.string().trim().max(20),
  certificationStatus: z.enum(certificationStatuses),
  certificationExpiresOn: z.iso.date().nullable(),
  publishRoute: z.enum(publishRoutes),
  /** Ends each post by the API where the platform wants a link there; '' where it does not. */
  postLink: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(100)]),
  operatedBy: z.enum(accountOperators),
  followers: z.int().min(0).nullable(),
  health: z.enum(accountHealths),
  healthNote: z.string().trim().max(200),
  /** Who is told when something is wrong and who hands off by phone. */
  ownerUserId: z.string().max(60).nullable(),
}

export const account = z.object({
  id: z.string(),
  platform: z.enum(platforms),
  displayName: z.string(),
  handle: z.string(),
  ownerType: z.enum(accountOwnerTypes),
  departmentId: z.string().nullable(),
  departmentName: z.string().nullable(),
  doctorId: z.string().nullable(),
  doctorName: z.string().nullable(),
  certificationKind: z.string(),
  certificationStatus: z.enum(certificationStatuses),
  certificationExpiresOn: z.string().nullable(),
  publishRoute: z.enum(publishRoutes),
  postLink: z.string(),
  operatedBy: z.enum(accountOperators),
  followers: z.int().nullable(),
  health: z.enum(accountHealths),
  healthNote: z.string(),
  ownerUserId: z.string().nullable(),
  ownerUserName: z.string().nullable(),
  /** How long the platform lets us act for it without asking its owner again; null when never connected. */
  authorizedUntil: z.iso.datetime().nullable(),
  archived: z.boolean(),
  revision: z.int(),
})
export type Account = z.infer<typeof account>

export const listAccounts = defineEndpoint({
  route: 'GET /api/accounts',
  summary: 'Platform accounts of this institution',
  query: z.object({
    ...listQuery,
    platform: z.enum(platforms).optional().catch(undefined),
    health: z.enum(accountHealths).optional().catch(undefined),
    doctorId: z.string().max(60).optional().catch(undefined),
  }),
  response: pageOf(account),
})

const params = z.object({ accountId: z.string() })

export const getAccount = defineEndpoint({
  route: 'GET /api/accounts/:accountId',
  summary: 'One platform account',
  params,
  response: account,
})

export const createAccount = defineEndpoint({
  route: 'POST /api/accounts',
  summary: 'Add a platform account; its platform cannot change later',
  body: z
    .object(accountFields)
    .partial()
    .required({ displayName: true, ownerType: true })
    .extend({ platform: z.enum(platforms) }),
  response: account,
})

export const updateAccount = defineEndpoint({
  route: 'PATCH /api/accounts/:accountId',
  summary: 'Change a platform account',
  params,
  body: z.object(accountFields).partial().extend({ revision: revisionField }),
  response: account,
})

export const archiveAccount = defineEndpoint({
  route: 'POST /api/accounts/:accountId/archive',
  summary: 'Archive or restore a platform account',
  params,
  body: archiveBody,
  response: account,
})

export const connectAccount = defineEndpoint({
  route: 'POST /api/accounts/:accountId/connect',
  summary: 'Where the account’s owner lets us act for it; the address works once, for ten minutes',
  params,
  response: z.object({ url: z.url() }),
})
