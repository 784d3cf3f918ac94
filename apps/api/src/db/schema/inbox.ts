import { noticeKinds, noticeSubjects, severities } from '@xingbo/shared/inbox/notice'
import { robotKinds, robotMessageStates } from '@xingbo/shared/inbox/robot'
import { languages } from '@xingbo/shared/text'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { editable, flag, instant, tenant } from './columns.ts'

type Values = Record<string, string | number>

/** One thing one person is told. The same episode told again is the same row. */
export const notices = sqliteTable(
  'notices',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    userId: text('user_id').notNull(),
    kind: text('kind', { enum: noticeKinds }).notNull(),
    severity: text('severity', { enum: severities }).notNull(),
    subjectType: text('subject_type', { enum: noticeSubjects }).notNull(),
    subjectId: text('subject_id').notNull(),
    /** Key of a message of shared, and its values: said in the reader's language. */
    messageKey: text('message_key').notNull(),
    messageValues: text('message_values', { mode: 'json' }).$type<Values>().notNull(),
    /** Names the episode; once per person. */
    mergeKey: text('merge_key').notNull(),
    times: integer('times').notNull().default(1),
    /** The person had muted this kind when it came: listed, not counted. */
    muted: flag('muted').notNull().default(false),
    firstAt: instant('first_at').notNull(),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
    /** The matter itself is over, whoever read it. */
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('notices_episode').on(t.institutionId, t.userId, t.mergeKey),
    index('notices_person').on(t.institutionId, t.userId, t.at),
    index('notices_unread').on(t.institutionId, t.userId).where(sql`read_at is null`),
    index('notices_subject').on(t.subjectId).where(sql`settled_at is null`),
  ],
)

/** Kinds a person does not want to be counted. */
export const mutedKinds = sqliteTable(
  'muted_kinds',
  {
    userId: text('user_id').notNull(),
    institutionId: tenant(),
    kind: text('kind', { enum: noticeKinds }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.institutionId, t.kind] })],
)

/** How an institution wants to be told; without a row the defaults of inbox/reminder.rules hold. */
export const noticeSettings = sqliteTable('notice_settings', {
  institutionId: text('institution_id').primaryKey(),
  /** `HH:MM` in the institution's zone; both null: no quiet hours. */
  quietFrom: text('quiet_from'),
  quietUntil: text('quiet_until'),
  /** Minutes before a hand-off is due at which its person is told, longest first. */
  beforeMinutes: text('before_minutes', { mode: 'json' }).$type<number[]>().notNull(),
  /** Minutes after which the managers are told too. */
  escalateAfterMinutes: integer('escalate_after_minutes').notNull(),
  ...editable(),
})

export const robots = sqliteTable(
  'robots',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    kind: text('kind', { enum: robotKinds }).notNull(),
    name: text('name').notNull(),
    /** The webhook address and the signing secret, sealed: the address alone is enough to speak for the robot. */
    url: text('url').notNull(),
    secret: text('secret'),
    host: text('host').notNull(),
    language: text('language', { enum: languages }).notNull().default('zh'),
    kinds: text('kinds', { mode: 'json' }).$type<(typeof noticeKinds)[number][]>().notNull(),
    pausedAt: instant('paused_at'),
    /** When the last calls were made (UTC ms, newest last): what the limiter counts. */
    recent: text('recent', { mode: 'json' }).$type<number[]>().notNull().default([]),
    /** The platform said "too many": nothing is sent before this. */
    blockedUntil: instant('blocked_until'),
    lastAt: instant('last_at'),
    lastOk: flag('last_ok'),
    lastCode: text('last_code'),
    lastMessage: text('last_message'),
    ...editable(),
  },
  (t) => [index('robots_institution').on(t.institutionId)],
)

/** One message to one group: gathers what belongs to one item until its moment comes. */
export const robotMessages = sqliteTable(
  'robot_messages',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    robotId: text('robot_id').notNull(),
    /** What is told together, e.g. one content item. */
    groupKey: text('group_key').notNull(),
    state: text('state', { enum: robotMessageStates }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    sendAt: instant('send_at').notNull(),
    sentAt: instant('sent_at'),
    answerCode: text('answer_code'),
    answerMessage: text('answer_message'),
  },
  (t) => [
    index('robot_messages_due').on(t.sendAt).where(sql`state in ('waiting', 'sending')`),
    index('robot_messages_robot').on(t.robotId, t.createdAt),
    uniqueIndex('robot_messages_gathering').on(t.robotId, t.groupKey).where(sql`state = 'waiting'`),
  ],
)

/** One sentence of a robot's message; an episode is said once per robot. */
export const robotLines = sqliteTable(
  'robot_lines',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    robotId: text('robot_id').notNull(),
    messageId: text('message_id').notNull(),
    mergeKey: text('merge_key').notNull(),
    kind: text('kind', { enum: noticeKinds }).notNull(),
    severity: text('severity', { enum: severities }).notNull(),
    subjectType: text('subject_type', { enum: noticeSubjects }).notNull(),
    subjectId: text('subject_id').notNull(),
    messageKey: text('message_key').notNull(),
    messageValues: text('message_values', { mode: 'json' }).$type<Values>().notNull(),
    at: instant('at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    uniqueIndex('robot_lines_episode').on(t.robotId, t.mergeKey),
    index('robot_lines_message').on(t.messageId),
    index('robot_lines_subject').on(t.subjectId).where(sql`withdrawn_at is null`),
  ],
)
