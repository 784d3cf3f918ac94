import { accountOperators, accountOwnerTypes } from '@xingbo/shared/accounts/account.labels'
import {
  accountHealths,
  certificationStatuses,
  platforms,
  publishRoutes,
} from '@xingbo/shared/accounts/platform'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { day, editable, instant, tenant } from './columns.ts'

export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    platform: text('platform', { enum: platforms }).notNull(),
    displayName: text('display_name').notNull(),
    handle: text('handle').notNull().default(''),
    ownerType: text('owner_type', { enum: accountOwnerTypes }).notNull(),
    departmentId: text('department_id'),
    doctorId: text('doctor_id'),
    certificationKind: text('certification_kind').notNull().default(''),
    certificationStatus: text('certification_status', { enum: certificationStatuses }).notNull(),
    certificationExpiresOn: day('certification_expires_on'),
    publishRoute: text('publish_route', { enum: publishRoutes }).notNull(),
    /** `owner`: the doctor or hospital runs it alone (视频号 forbids anything else); `team`: we may. */
    operatedBy: text('operated_by', { enum: accountOperators }).notNull(),
    followers: integer('followers'),
    health: text('health', { enum: accountHealths }).notNull().default('healthy'),
    healthNote: text('health_note').notNull().default(''),
    /** The person who is told when something is wrong and who hands off by phone. */
    ownerUserId: text('owner_user_id'),
    /** Nothing is sent before this instant: the platform asked for patience, or answers cannot be trusted now. */
    pausedUntil: instant('paused_until'),
    /** Message key saying why, and its values. */
    pauseReasonKey: text('pause_reason_key'),
    pauseReasonValues: text('pause_reason_values', { mode: 'json' }).$type<
      Record<string, string | number>
    >(),
    /** Ends each post by the API where the platform wants a link there (Weibo: of the application's safe domain). */
    postLink: text('post_link').notNull().default(''),
    openId: text('open_id'),
    /** What signs (Token) and encrypts (EncodingAESKey) the events the platform sends us; both sealed. */
    eventToken: text('event_token'),
    eventKey: text('event_key'),
    /** Sealed by the vault with this row as associated data. */
    accessToken: text('access_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshToken: text('refresh_token'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    /** What its owner consented to, in the platform's own words. */
    scopes: text('scopes', { mode: 'json' }).$type<string[]>(),
    connectedAt: instant('connected_at'),
    refreshedAt: instant('refreshed_at'),
    /** When the token is fetched anew by itself; after a failure, when it is tried again. */
    nextRefreshAt: instant('next_refresh_at'),
    /** Code of the last failed refresh, null after one that succeeded, and how many failed in a row. */
    refreshError: text('refresh_error'),
    refreshFailures: integer('refresh_failures').notNull().default(0),
    /** Times the refresh token itself was prolonged since the owner last consented (Douyin allows 5). */
    renewals: integer('renewals').notNull().default(0),
    /** Paused by the product itself until a person says go on; `resumedAt` is when one last did. */
    pausedAt: instant('paused_at'),
    pausedKey: text('paused_key'),
    pausedValues: text('paused_values', { mode: 'json' }).$type<Record<string, string | number>>(),
    resumedAt: instant('resumed_at'),
    ...editable(),
  },
  (t) => [index('accounts_institution').on(t.institutionId, t.platform)],
)

/** An authorisation in flight: what the platform must send back, once. */
export const oauthStates = sqliteTable('oauth_states', {
  /** SHA-256 of what was given out. */
  state: text('state').primaryKey(),
  institutionId: tenant(),
  accountId: text('account_id').notNull(),
  userId: text('user_id').notNull(),
  createdAt: instant('created_at').notNull(),
})
