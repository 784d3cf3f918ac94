import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { day, editable, flag, tenant } from './columns.ts'

export const doctors = sqliteTable(
  'doctors',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    departmentId: text('department_id').notNull(),
    name: text('name').notNull(),
    title: text('title').notNull().default(''),
    /** Practice scope as registered, e.g. 中医专业. */
    scope: text('scope').notNull().default(''),
    primaryPractice: text('primary_practice').notNull().default(''),
    specialties: text('specialties', { mode: 'json' }).$type<string[]>().notNull().default([]),
    /** When the institution was told of this doctor's public health education (负面清单 九). */
    internetScienceFiledOn: day('internet_science_filed_on'),
    minutesPerWeek: integer('minutes_per_week'),
    ...editable(),
  },
  (t) => [index('doctors_institution').on(t.institutionId)],
)

export const credentials = sqliteTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    doctorId: text('doctor_id').notNull(),
    kind: text('kind').notNull(),
    number: text('number').notNull().default(''),
    issuedOn: day('issued_on'),
    /** Null means it does not expire. */
    expiresOn: day('expires_on'),
    /** Once expired, nothing of this doctor may be published. */
    gatesPublishing: flag('gates_publishing').notNull().default(false),
    note: text('note').notNull().default(''),
    ...editable(),
  },
  (t) => [index('credentials_doctor').on(t.doctorId)],
)
