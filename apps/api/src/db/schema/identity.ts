import { roles } from '@xingbo/shared/identity/actor'
import { languages } from '@xingbo/shared/text'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { editable, instant, tenant } from './columns.ts'

export const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  username: text('username').notNull().unique(),
  displayName: text('display_name').notNull(),
  /** `argon2id$t$m$p$salt$hash`, base64url parts. */
  passwordHash: text('password_hash').notNull(),
  language: text('language', { enum: languages }).notNull().default('zh'),
  disabledAt: instant('disabled_at'),
  ...editable(),
})

export const memberships = sqliteTable(
  'memberships',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    institutionId: tenant(),
    role: text('role', { enum: roles }).notNull(),
    doctorId: text('doctor_id'),
    disabledAt: instant('disabled_at'),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.institutionId] }),
    index('memberships_institution').on(t.institutionId),
  ],
)

/** One row per signed-in browser. The cookie holds the token, the row its SHA-256. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    institutionId: tenant(),
    /** JSON LinkScope when opened by a link. */
    scope: text('scope', { mode: 'json' }),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (t) => [index('sessions_user').on(t.userId)],
)

/** Failures per key (`user:<name>` or `ip:<prefix>`); kept in the database so that a restart forgives nobody. */
export const loginThrottles = sqliteTable('login_throttles', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastAt: instant('last_at').notNull(),
  blockedUntil: instant('blocked_until'),
})

/** Single-use, expiring links that open one item on a phone. */
export const phoneLinks = sqliteTable('phone_links', {
  tokenHash: text('token_hash').primaryKey(),
  institutionId: tenant(),
  userId: text('user_id').notNull(),
  scope: text('scope', { mode: 'json' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})
