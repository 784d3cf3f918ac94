import { institutionTiers, ownerships } from '@xingbo/shared/institutions/institution.labels'
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { day, editable, tenant } from './columns.ts'

export const institutions = sqliteTable('institutions', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  shortName: text('short_name').notNull(),
  tier: text('tier', { enum: institutionTiers }).notNull().default(''),
  ownership: text('ownership', { enum: ownerships }).notNull().default(''),
  level: text('level').notNull().default(''),
  kind: text('kind').notNull().default(''),
  licenseNumber: text('license_number').notNull().default(''),
  licenseExpiresOn: day('license_expires_on'),
  city: text('city').notNull().default(''),
  timeZone: text('time_zone').notNull().default('Asia/Shanghai'),
  goal: text('goal').notNull().default(''),
  /** The same words or the same video on one account within so many days need a reason. */
  duplicateDays: integer('duplicate_days').notNull().default(30),
  /** Wrapped data key of this institution; see vault. */
  dataKey: text('data_key').notNull(),
  ...editable(),
})

export const departments = sqliteTable(
  'departments',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    name: text('name').notNull(),
    /** Other names the hospital's exports use for it, e.g. 推拿门诊 for 推拿科. */
    aliases: text('aliases', { mode: 'json' }).$type<string[]>().notNull().default([]),
    ...editable(),
  },
  (t) => [uniqueIndex('departments_name').on(t.institutionId, t.name)],
)

export const specialtyLines = sqliteTable(
  'specialty_lines',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    departmentId: text('department_id'),
    name: text('name').notNull(),
    leadDoctorId: text('lead_doctor_id'),
    startedOn: day('started_on'),
    monthlyBudgetFen: integer('monthly_budget_fen'),
    targetVisitsPerMonth: integer('target_visits_per_month'),
    breakEvenBy: day('break_even_by'),
    ...editable(),
  },
  (t) => [uniqueIndex('specialty_lines_name').on(t.institutionId, t.name)],
)
