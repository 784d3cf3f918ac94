import { leadEventKinds, leadStatuses } from '@xingbo/shared/leads/lead-status'
import { orderStatuses } from '@xingbo/shared/metrics/order-status'
import { visitPayStatuses } from '@xingbo/shared/metrics/visit-status'
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { day, flag, instant, tenant } from './columns.ts'

/** A short link or QR code by which a post, an account or a desk is recognised. */
export const touchTokens = sqliteTable(
  'touch_tokens',
  {
    token: text('token').primaryKey(),
    institutionId: tenant(),
    publicationId: text('publication_id'),
    accountId: text('account_id'),
    label: text('label').notNull(),
    /** Filled when a reviewer allowed it on a 科普 post, with the reason. */
    allowedBy: text('allowed_by'),
    allowedReason: text('allowed_reason'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    disabledAt: instant('disabled_at'),
  },
  (t) => [index('touch_tokens_publication').on(t.publicationId)],
)

/**
 * One visitor's day with a touch token, however often it is opened on that day: one row is one contact.
 * No address is kept, only a keyed hash of it that changes every day. `bot` rows are no contacts.
 */
export const touches = sqliteTable(
  'touches',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    token: text('token').notNull(),
    at: instant('at').notNull(),
    visitorHash: text('visitor_hash').notNull(),
    bot: flag('bot').notNull(),
  },
  (t) => [
    uniqueIndex('touches_once').on(t.token, t.visitorHash),
    // Contacts of a token in a period are counted inside the index, without reading the rows.
    index('touches_contacts').on(t.token, t.at).where(sql`bot = 0`),
  ],
)

export const leads = sqliteTable(
  'leads',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    touchToken: text('touch_token'),
    publicationId: text('publication_id'),
    accountId: text('account_id'),
    departmentId: text('department_id'),
    /** Sealed by the vault; emptied when the person asks to be erased. */
    name: text('name'),
    phone: text('phone'),
    /** HMAC-SHA-256 of the E.164 number under this institution's own key. */
    phoneIndex: text('phone_index'),
    wish: text('wish').notNull().default(''),
    consentPurpose: text('consent_purpose').notNull(),
    consentVersion: text('consent_version').notNull(),
    consentAt: instant('consent_at').notNull(),
    status: text('status', { enum: leadStatuses }).notNull(),
    advisorUserId: text('advisor_user_id'),
    createdAt: instant('created_at').notNull(),
    erasedAt: instant('erased_at'),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('leads_institution').on(t.institutionId, t.createdAt),
    index('leads_phone').on(t.institutionId, t.phoneIndex),
  ],
)

/** What happened with a lead after it came in: a call, a consultation, an end. */
export const leadEvents = sqliteTable(
  'lead_events',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    leadId: text('lead_id').notNull(),
    kind: text('kind', { enum: leadEventKinds }).notNull(),
    note: text('note').notNull().default(''),
    userId: text('user_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('lead_events_institution').on(t.institutionId, t.at)],
)

export const visits = sqliteTable(
  'visits',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    importId: text('import_id').notNull(),
    /**
     * The lead with this phone: the last one left up to that day, else the first one left after it. Whoever
     * attributes must compare the dates: a lead left after the visit did not bring it.
     */
    leadId: text('lead_id'),
    visitOn: day('visit_on').notNull(),
    departmentId: text('department_id'),
    doctorId: text('doctor_id'),
    phoneIndex: text('phone_index'),
    /** HMAC of the patient's name, to tell a parent from a child on one phone. */
    nameIndex: text('name_index').notNull(),
    feeFen: integer('fee_fen'),
    refundFen: integer('refund_fen').notNull().default(0),
    payStatus: text('pay_status', { enum: visitPayStatuses }).notNull(),
    /** `rowHash` of the refund row that was paired with this visit, so that it is applied once. */
    refundHash: text('refund_hash'),
    /** What the patient said at the desk; free text, self-reported. */
    sourceNote: text('source_note').notNull().default(''),
    rowHash: text('row_hash').notNull(),
  },
  (t) => [
    uniqueIndex('visits_once').on(t.institutionId, t.rowHash),
    index('visits_day').on(t.institutionId, t.visitOn),
    index('visits_phone').on(t.institutionId, t.phoneIndex),
  ],
)

export const orders = sqliteTable(
  'orders',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    importId: text('import_id').notNull(),
    orderNumber: text('order_number').notNull(),
    packageName: text('package_name').notNull(),
    /** As in visits; compare with `orderedAt`. */
    leadId: text('lead_id'),
    /** The account the order names, else the one its touch token belongs to. */
    accountId: text('account_id'),
    touchToken: text('touch_token'),
    selfReported: text('self_reported').notNull().default(''),
    phoneIndex: text('phone_index'),
    orderedAt: instant('ordered_at').notNull(),
    paidAt: instant('paid_at'),
    amountFen: integer('amount_fen').notNull(),
    paidFen: integer('paid_fen').notNull(),
    refundFen: integer('refund_fen').notNull().default(0),
    refundedAt: instant('refunded_at'),
    status: text('status', { enum: orderStatuses }).notNull(),
    quantity: integer('quantity').notNull().default(1),
    totalTimes: integer('total_times'),
    usedTimes: integer('used_times'),
  },
  (t) => [
    uniqueIndex('orders_number').on(t.institutionId, t.orderNumber),
    index('orders_paid').on(t.institutionId, t.paidAt),
    index('orders_phone').on(t.institutionId, t.phoneIndex),
  ],
)
