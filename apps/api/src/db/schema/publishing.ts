import { platforms, publishRoutes } from '@xingbo/shared/accounts/platform'
import { proofStandings } from '@xingbo/shared/publishing/proof-standing'
import {
  type LookCandidate,
  lookKinds,
  lookResults,
} from '@xingbo/shared/publishing/publication-look'
import { publicationStates } from '@xingbo/shared/publishing/publication-state'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { day, editable, flag, instant, tenant } from './columns.ts'

type StoredMessage = { key: string; values: Record<string, string | number> }

/** One content item on one account: the schedule itself. The queue only rings for what stands here. */
export const publications = sqliteTable(
  'publications',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    contentId: text('content_id').notNull(),
    accountId: text('account_id').notNull(),
    platform: text('platform', { enum: platforms }).notNull(),
    route: text('route', { enum: publishRoutes }).notNull(),
    state: text('state', { enum: publicationStates }).notNull(),
    stateEnteredAt: instant('state_entered_at').notNull(),
    dueAt: instant('due_at').notNull(),
    timeZone: text('time_zone').notNull(),
    /** PublishSnapshot of shared/publishing, frozen when scheduled; `snapshotSha256` is over its canonical JSON. */
    snapshot: text('snapshot', { mode: 'json' }).notNull(),
    snapshotSha256: text('snapshot_sha256').notNull(),
    /** The signed script these words come from; checked again before submission. */
    scriptSha256: text('script_sha256').notNull(),
    /** Rises at every claim; a worker that slept holds an old fence and can no longer write. */
    fence: integer('fence').notNull().default(0),
    leaseUntil: instant('lease_until'),
    attemptCount: integer('attempt_count').notNull().default(0),
    /** Attempts made before a person last decided to send again: only those after it count against the retries. */
    attemptsForgiven: integer('attempts_forgiven').notNull().default(0),
    /** When somebody has to look again: retry, status poll, reconciliation, hand-off deadline. */
    nextCheckAt: instant('next_check_at'),
    remoteId: text('remote_id'),
    remoteUrl: text('remote_url'),
    publishedAt: instant('published_at'),
    /** Message key of publishing.messages saying why it stands where it stands, and its values. */
    reasonKey: text('reason_key'),
    reasonValues: text('reason_values', { mode: 'json' }).$type<Record<string, string | number>>(),
    createdBy: text('created_by').notNull(),
    /** The one saving it came from together with others; null when it was scheduled alone. */
    batchId: text('batch_id'),
    ...editable(),
  },
  (t) => [
    index('publications_due').on(t.dueAt).where(sql`state in ('scheduled', 'queued')`),
    index('publications_check').on(t.nextCheckAt).where(sql`next_check_at is not null`),
    // What waits for a person now or will: asked for at every sweep, among rows that are large.
    index('publications_hand_off')
      .on(t.dueAt)
      .where(sql`route <> 'api' and state in ('scheduled', 'queued', 'awaiting_person')`),
    index('publications_institution').on(t.institutionId, t.dueAt),
    // What went out in a period: rows are large, and the funnel asks for a few of all of them.
    index('publications_published')
      .on(t.institutionId, t.publishedAt)
      .where(sql`published_at is not null`),
    index('publications_content').on(t.contentId),
    // Whose turn it is on an account: who is being sent, who waits, earliest first.
    index('publications_line').on(t.accountId, t.state, t.dueAt),
    // What stands around a time on an account: neighbours, quota, repeats.
    index('publications_account').on(t.accountId, t.dueAt),
    index('publications_batch').on(t.batchId).where(sql`batch_id is not null`),
    uniqueIndex('publications_remote').on(t.platform, t.remoteId).where(sql`remote_id is not null`),
    uniqueIndex('publications_once')
      .on(t.contentId, t.accountId)
      .where(
        sql`state in ('scheduled', 'queued', 'submitting', 'accepted', 'published', 'unconfirmed', 'awaiting_person')`,
      ),
  ],
)

/** What one claim did, step by step; each step is on disk before the next one begins. */
export const attempts = sqliteTable(
  'attempts',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    publicationId: text('publication_id').notNull(),
    number: integer('number').notNull(),
    fence: integer('fence').notNull(),
    step: text('step', {
      enum: ['claimed', 'uploading', 'uploaded', 'sending', 'answered', 'settled'],
    }).notNull(),
    uploadId: text('upload_id'),
    outcome: text('outcome', { enum: ['accepted', 'refused', 'unknown'] }),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    startedAt: instant('started_at').notNull(),
    uploadedAt: instant('uploaded_at'),
    sentAt: instant('sent_at'),
    answeredAt: instant('answered_at'),
    settledAt: instant('settled_at'),
    /** The remote worker that holds or held it; null: the API's own process. */
    workerId: text('worker_id'),
    /** Chosen by the worker, so that a claim asked for twice because an answer got lost is one claim. */
    claimKey: text('claim_key'),
  },
  (t) => [uniqueIndex('attempts_number').on(t.publicationId, t.number)],
)

/** When an account last sent something, for platforms that ask for a pause between two posts. */
export const accountPaces = sqliteTable('account_paces', {
  accountId: text('account_id').primaryKey(),
  institutionId: tenant(),
  lastSentAt: instant('last_sent_at').notNull(),
})

/** A machine that may send this institution's posts. The credential is shown once; the row keeps its SHA-256. */
export const workers = sqliteTable(
  'workers',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    name: text('name').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
    lastSeenAt: instant('last_seen_at'),
    /** What it said of itself when it last called. */
    version: text('version'),
    host: text('host'),
    /** Its clock minus ours, in milliseconds, half the way there and back taken off. */
    skewMs: integer('skew_ms'),
  },
  (t) => [index('workers_institution').on(t.institutionId)],
)

/** A look at the platform: what was read, and what it showed. The same answer again only moves `at` and counts. */
export const publicationLooks = sqliteTable(
  'publication_looks',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    publicationId: text('publication_id').notNull(),
    /** `status`: the post asked for by its id; `list`: the account's own list read for it. */
    kind: text('kind', { enum: lookKinds }).notNull(),
    result: text('result', { enum: lookResults }).notNull(),
    /** The platform's own words, where it gave any. */
    detail: text('detail').notNull().default(''),
    /** What the list held of that time, nearest first: evidence for the person who decides. */
    candidates: text('candidates', { mode: 'json' }).$type<LookCandidate[]>().notNull().default([]),
    firstAt: instant('first_at').notNull(),
    at: instant('at').notNull(),
    times: integer('times').notNull().default(1),
  },
  (t) => [index('publication_looks_publication').on(t.publicationId)],
)

/** What a person showed to prove a hand-off or manual post is out. */
export const proofs = sqliteTable(
  'proofs',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    publicationId: text('publication_id').notNull(),
    kind: text('kind', { enum: ['link', 'screenshot', 'webhook'] }).notNull(),
    link: text('link'),
    assetId: text('asset_id'),
    declared: text('declared', { mode: 'json' }).$type<string[]>().notNull().default([]),
    givenBy: text('given_by'),
    at: instant('at').notNull(),
    /** The account's own id where the link carries one. */
    linkAccountId: text('link_account_id'),
    standing: text('standing', { enum: proofStandings }).notNull().default('unchecked'),
    /** Message keys of publishing.messages saying what does not fit, with their values. */
    doubts: text('doubts', { mode: 'json' }).$type<StoredMessage[]>().notNull().default([]),
    checkedAt: instant('checked_at'),
  },
  (t) => [index('proofs_publication').on(t.publicationId)],
)

/** Who hands a post off when it is not the account's owner. */
export const handOffTakeovers = sqliteTable('hand_off_takeovers', {
  publicationId: text('publication_id').primaryKey(),
  institutionId: tenant(),
  userId: text('user_id').notNull(),
  at: instant('at').notNull(),
  takenBy: text('taken_by').notNull(),
})

/** Reminders that were given, by the time they were for: a moved post is reminded of anew, nothing twice. */
export const reminders = sqliteTable(
  'reminders',
  {
    publicationId: text('publication_id').notNull(),
    institutionId: tenant(),
    /** `before-30`, `due`, `late`, `escalated`, `last-call`. */
    step: text('step').notNull(),
    dueAt: instant('due_at').notNull(),
    at: instant('at').notNull(),
    /** False: its moment had passed when it was looked at, and a later one was given instead. */
    told: flag('told').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.publicationId, t.step, t.dueAt] }),
    index('reminders_due').on(t.dueAt),
  ],
)

/** Webhook deliveries already acted on, by the platform's message id. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    platform: text('platform', { enum: platforms }).notNull(),
    event: text('event').notNull(),
    at: instant('at').notNull(),
  },
  // Old ones are swept away by age.
  (t) => [index('webhook_deliveries_at').on(t.at)],
)

/** A time of the week an account posts at, by name; in the institution's zone. */
export const postingSlots = sqliteTable(
  'posting_slots',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    accountId: text('account_id').notNull(),
    name: text('name').notNull(),
    /** ISO weekdays, 1 Monday to 7 Sunday. */
    weekdays: text('weekdays', { mode: 'json' }).$type<number[]>().notNull(),
    /** Wall clock `HH:mm`. */
    time: text('time').notNull(),
    startsOn: day('starts_on').notNull(),
    /** Its last day; null: until further notice. */
    endsOn: day('ends_on'),
    ...editable(),
  },
  (t) => [index('posting_slots_account').on(t.institutionId, t.accountId)],
)

/** Many publications saved in one go. The key makes a second press of the button the same saving. */
export const scheduleBatches = sqliteTable(
  'schedule_batches',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    key: text('key').notNull(),
    /** SHA-256 over the rows asked for; the same key with other rows is refused. */
    rowsSha256: text('rows_sha256').notNull(),
    /** Posts whose time it moved, with the time before, so that an undo can put them back. */
    moves: text('moves', { mode: 'json' })
      .$type<{ publicationId: string; from: string; to: string }[]>()
      .notNull()
      .default([]),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    undoneBy: text('undone_by'),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    uniqueIndex('schedule_batches_key').on(t.institutionId, t.key),
    index('schedule_batches_recent').on(t.institutionId, t.createdAt),
  ],
)
