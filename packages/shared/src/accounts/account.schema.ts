import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { archiveBody, listQuery, pageOf, revisionField } from '../pagination.ts'
import { reason } from '../publishing/publication.schema.ts'
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
  /** Its owner's consent, or its own AppID, stands behind it. */
  connected: z.boolean(),
  /** How long the platform lets us act for it without asking its owner again; null where that never ends. */
  authorizedUntil: z.iso.datetime().nullable(),
  /** The end moves on by itself, as things stand. */
  prolongsItself: z.boolean(),
  /** Paused by the product itself, until a person says go on. */
  paused: z.object({ at: z.iso.datetime(), reason }).nullable(),
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

/** What keeps the connection alive. No token, no secret, ever. */
export const accountConnection = z.object({
  connectedAt: z.iso.datetime().nullable(),
  /** The AppID the account is, where it is an application of its own. */
  appId: z.string().nullable(),
  scopes: z.array(z.string()),
  tokenUntil: z.iso.datetime().nullable(),
  refreshedAt: z.iso.datetime().nullable(),
  nextRefreshAt: z.iso.datetime().nullable(),
  refreshError: z.string().nullable(),
  refreshFailures: z.int(),
  renewals: z.int(),
  /** Posts that wait for the account to be connected again. */
  heldPosts: z.int(),
})
export type AccountConnection = z.infer<typeof accountConnection>

export const getAccountConnection = defineEndpoint({
  route: 'GET /api/accounts/:accountId/connection',
  summary:
    'How an account is connected: what was consented to, when its token is due anew, what failed',
  params,
  response: accountConnection,
})

export const connectAccountByApp = defineEndpoint({
  route: 'POST /api/accounts/:accountId/app',
  summary:
    'Connect an official account by its own AppID and AppSecret; tried at the platform before it is kept',
  params,
  body: z.object({
    appId: z
      .string()
      .trim()
      .regex(/^wx[0-9a-f]{16}$/),
    appSecret: z
      .string()
      .trim()
      .regex(/^[0-9a-zA-Z]{32}$/),
  }),
  response: account,
})

export const showEventSettings = defineEndpoint({
  route: 'POST /api/accounts/:accountId/event-settings',
  summary:
    'What to enter as 服务器配置 of an official account, made on first asking; every showing is audited',
  params,
  response: z.object({ url: z.string(), token: z.string(), encodingAesKey: z.string() }),
})

export const resumeAccount = defineEndpoint({
  route: 'POST /api/accounts/:accountId/resume',
  summary: 'Go on with an account the product paused by itself',
  params,
  body: z.object({ reason: z.string().trim().min(1).max(200) }),
  response: account,
})

/** Whoever looks after an account is told of its troubles and hands its posts off. */
export const setAccountOwner = defineEndpoint({
  route: 'POST /api/accounts/:accountId/owner',
  summary: 'Say who looks after an account; null: nobody in particular',
  params,
  body: z.object({ userId: z.string().max(60).nullable() }),
  response: account,
})
