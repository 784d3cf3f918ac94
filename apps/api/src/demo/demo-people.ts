import { readFileSync } from 'node:fs'
import {
  accountHealths,
  certificationStatuses,
  platforms,
  publishRoutes,
} from '@xingbo/shared/accounts/platform'
import { addDays, bizDate, daysBetween } from '@xingbo/shared/dates'
import { type Actor, roles } from '@xingbo/shared/identity/actor'
import { institutionTiers, ownerships } from '@xingbo/shared/institutions/institution.labels'
import { z } from 'zod'
import type { Tx } from '../db/database.ts'
import { accounts } from '../db/schema/accounts.ts'
import { topics } from '../db/schema/content.ts'
import { credentials, doctors } from '../db/schema/doctors.ts'
import { memberships, users } from '../db/schema/identity.ts'
import { departments, institutions, specialtyLines } from '../db/schema/institutions.ts'
import { touchTokens } from '../db/schema/leads.ts'
import type { Deps } from '../deps.ts'
import { hashPassword } from '../security/passwords.ts'

/** Everybody in the demo signs in with it; it opens nothing but fictional data. */
export const demoPassword = 'xingbo-demo-2026'

export const readData = (name: string): string =>
  readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8')

const key = z.string()
const dated = z.object({ expiresOn: z.string().nullable() })
const seed = z.object({
  asOf: z.string(),
  institutions: z.array(
    z.object({
      key,
      name: z.string(),
      shortName: z.string(),
      tier: z.enum(institutionTiers),
      ownership: z.enum(ownerships),
      level: z.string(),
      kind: z.string(),
      licenseNumber: z.string(),
      licenseExpiresOn: z.string(),
      city: z.string(),
      timeZone: z.string(),
      goal: z.string(),
    }),
  ),
  departments: z.array(z.object({ key, institution: key, name: z.string() })),
  doctors: z.array(
    z.object({
      key,
      institution: key,
      department: key,
      name: z.string(),
      title: z.string(),
      scope: z.string(),
      primaryPractice: z.string(),
      specialties: z.array(z.string()),
      internetScienceFiledOn: z.string().nullable(),
      minutesPerWeek: z.number(),
      credentials: z.array(
        dated.extend({
          kind: z.string(),
          number: z.string(),
          issuedOn: z.string().nullable(),
          gatesPublishing: z.boolean(),
          note: z.string().default(''),
        }),
      ),
    }),
  ),
  accounts: z.array(
    z.object({
      key,
      institution: key,
      platform: z.enum(platforms),
      displayName: z.string(),
      handle: z.string(),
      owner: z.object({
        type: z.enum(['institution', 'department', 'doctor']),
        department: key.nullable(),
        doctor: key.nullable(),
      }),
      certification: dated.extend({
        kind: z.string().nullable(),
        status: z.enum(certificationStatuses),
      }),
      publishRoute: z.enum(publishRoutes),
      postLink: z.string().default(''),
      operatedBy: z.enum(['team', 'owner']),
      followers: z.number(),
      health: z.enum(accountHealths),
    }),
  ),
  touchPoints: z.array(
    z.object({ code: z.string(), institution: key, account: key.nullable(), label: z.string() }),
  ),
  specialtyLines: z.array(
    z.object({
      key,
      institution: key,
      name: z.string(),
      department: key,
      leadDoctor: key,
      startedOn: z.string(),
      monthlyBudgetFen: z.number(),
      targetVisitsPerMonth: z.number(),
      breakEvenBy: z.string(),
    }),
  ),
  users: z.array(
    z.object({
      username: z.string(),
      displayName: z.string(),
      doctor: key.nullable(),
      memberships: z.array(z.object({ institution: key, role: z.enum(roles) })),
    }),
  ),
  topics: z.array(
    z.object({
      key,
      institution: key,
      title: z.string(),
      specialtyLine: key.nullable(),
      department: key.nullable(),
      doctor: key.nullable(),
      format: z.string(),
      audience: z.string(),
      hook: z.string(),
      priority: z.number(),
    }),
  ),
})
export type Seed = z.infer<typeof seed>
export const readSeed = (): Seed => seed.parse(JSON.parse(readData('institution.json')))

/** Names the hospital's own lists use for these departments. */
const aliases: Record<string, string[]> = {
  'qiwu-tuina': ['推拿门诊'],
  'qiwu-bi': ['耳鼻喉-鼻科', '耳鼻喉鼻科'],
}

/** The two institutions with all their people, accounts, lines and topics; ids are the seed's own keys. */
export async function insertPeople(deps: Deps, tx: Tx, data: Seed): Promise<void> {
  const start = new Date('2026-08-01T01:00:00Z')
  // What expires soon or has expired must do so from today's point of view.
  const shift = daysBetween(data.asOf, bizDate(deps.now()))
  const ends = (day: string | null) => day && addDays(day, shift)
  const row = { createdAt: start, updatedAt: start, updatedBy: 'admin' }
  for (const [i, { key: id, licenseExpiresOn, ...one }] of data.institutions.entries())
    await tx.insert(institutions).values({
      id,
      ...one,
      licenseExpiresOn: ends(licenseExpiresOn),
      dataKey: deps.vault.newDataKey(),
      ...row,
      // People of both start in the one that was there first.
      createdAt: new Date(start.getTime() + i * 1000),
    })
  for (const { key: id, institution: institutionId, name } of data.departments)
    await tx
      .insert(departments)
      .values({ id, institutionId, name, aliases: aliases[id] ?? [], ...row })
  for (const {
    key: id,
    institution: institutionId,
    department,
    credentials: papers,
    ...one
  } of data.doctors) {
    await tx.insert(doctors).values({ id, institutionId, departmentId: department, ...one, ...row })
    for (const [i, paper] of papers.entries())
      await tx.insert(credentials).values({
        id: `${id}-${i + 1}`,
        institutionId,
        doctorId: id,
        ...paper,
        expiresOn: ends(paper.expiresOn),
        ...row,
      })
  }
  for (const {
    key: id,
    institution: institutionId,
    department,
    leadDoctor,
    ...one
  } of data.specialtyLines)
    await tx.insert(specialtyLines).values({
      id,
      institutionId,
      departmentId: department,
      leadDoctorId: leadDoctor,
      ...one,
      ...row,
    })
  for (const { key: id, institution: institutionId, owner, certification, ...one } of data.accounts)
    await tx.insert(accounts).values({
      id,
      institutionId,
      ...one,
      ownerType: owner.type,
      departmentId: owner.department,
      doctorId: owner.doctor,
      ownerUserId: institutionId === 'qiwu' ? 'ops.tang' : 'ops.xiaoman',
      certificationKind: certification.kind ?? '',
      certificationStatus: certification.status,
      certificationExpiresOn: ends(certification.expiresOn),
      ...row,
    })
  for (const { username, displayName, doctor, memberships: places } of data.users) {
    await tx.insert(users).values({
      id: username,
      username,
      displayName,
      passwordHash: await hashPassword(demoPassword),
      ...row,
    })
    for (const { institution: institutionId, role } of places)
      await tx.insert(memberships).values({
        userId: username,
        institutionId,
        role,
        doctorId: role === 'doctor' ? doctor : null,
      })
  }
  for (const { code, institution: institutionId, account, label } of data.touchPoints)
    await tx.insert(touchTokens).values({
      token: code,
      institutionId,
      accountId: account,
      label,
      createdBy: 'admin',
      createdAt: start,
    })
  for (const one of data.topics)
    await tx.insert(topics).values({
      id: one.key,
      institutionId: one.institution,
      title: one.title,
      specialtyLineId: one.specialtyLine,
      departmentId: one.department,
      doctorId: one.doctor,
      format: one.format,
      audience: one.audience,
      hook: one.hook,
      priority: one.priority,
      ...row,
    })
}

/** A demo person as the services want to see them. */
export function actorFor(data: Seed, username: string, institutionId: string): Actor {
  const user = data.users.find((one) => one.username === username)
  const place = user?.memberships.find((one) => one.institution === institutionId)
  if (!user || !place) throw new Error(`the demo has no ${username} in ${institutionId}`)
  return {
    userId: username,
    displayName: user.displayName,
    institutionId,
    role: place.role,
    doctorId: place.role === 'doctor' ? user.doctor : null,
    sessionId: 'demo',
    scope: null,
  }
}
