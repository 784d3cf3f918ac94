import { isOverdue } from '@xingbo/shared/content/content.rules'
import { bizDate, defaultZone } from '@xingbo/shared/dates'
import { doctorReadiness } from '@xingbo/shared/doctors/doctor.rules'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Message } from '@xingbo/shared/messages'
import { type ImportKind, importKinds } from '@xingbo/shared/metrics/import-kind'
import type { Readiness } from '@xingbo/shared/readiness'
import type { Work, WorkItem } from '@xingbo/shared/work/work.schema'
import { type BadgeKey, badgeOf, type WorkKind, workOf } from '@xingbo/shared/work/work-kind'
import type { Reader } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { readinessOfAccount } from '../accounts/account.service.ts'
import {
  type ContentWanted,
  listAccountsInUse,
  listDoctorsWithCredentials,
  listHoldsInForce,
  listNewLeads,
  listWaitingContents,
  listWaitingImports,
  listWaitingPublications,
  zoneOf,
} from './work.repository.ts'

/** Enough to start with; the page of the thing itself has the rest. */
const FIRST = 6
/** Older failures are history: nobody posts a fortnight late. */
const FAILED_FOR_MS = 14 * 86_400_000

type Section = { total: number; items: WorkItem[] }
type Asking = {
  readonly db: Reader
  readonly actor: Actor
  readonly now: Date
  /** The institution's day, `YYYY-MM-DD`. */
  readonly today: string
}

const blank = {
  who: null,
  platform: null,
  stage: null,
  state: null,
  rows: null,
  note: '',
  reason: null,
  since: null,
  dueAt: null,
  dueOn: null,
  overdue: false,
} as const satisfies Partial<WorkItem>

const reasonOf = ({ key, values }: Message): WorkItem['reason'] => ({ key, values: { ...values } })

async function contents({ db, actor, today }: Asking, wanted: ContentWanted): Promise<Section> {
  const found = await listWaitingContents(db, actor.institutionId, actor.userId, wanted, FIRST)
  return {
    total: found.total,
    items: found.rows.map((row) => ({
      ...blank,
      id: row.id,
      subject: 'content',
      title: row.title,
      who: row.doctorName,
      stage: row.stage,
      note: row.stageReason,
      since: row.stageEnteredAt.toISOString(),
      dueOn: row.dueOn,
      overdue: isOverdue(row, today),
    })),
  }
}

async function posts(
  { db, actor, now }: Asking,
  wanted: Parameters<typeof listWaitingPublications>[2],
): Promise<Section> {
  const found = await listWaitingPublications(db, actor.institutionId, wanted, FIRST)
  return {
    total: found.total,
    items: found.rows.map((row) => ({
      ...blank,
      id: row.id,
      subject: 'publication',
      title: row.title,
      who: row.accountName,
      platform: row.platform,
      state: row.state,
      reason:
        row.reasonKey === null ? null : { key: row.reasonKey, values: row.reasonValues ?? {} },
      since: row.stateEnteredAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      overdue: row.dueAt < now,
    })),
  }
}

/** Whose rows are whose: patients' lists are the advisor's, platforms' figures and costs the operator's. */
const importsOf = (actor: Actor): readonly ImportKind[] => {
  if (actor.role === 'advisor') return ['visits', 'orders']
  if (actor.role === 'operator') return ['douyin_works', 'xiaohongshu_notes', 'costs']
  return importKinds
}

async function importsWaiting({ db, actor }: Asking): Promise<Section> {
  const found = await listWaitingImports(db, actor.institutionId, importsOf(actor), FIRST)
  return {
    total: found.total,
    items: found.rows.map((row) => ({
      ...blank,
      id: row.id,
      subject: 'import',
      title: row.fileName,
      rows: row.n,
      since: row.createdAt.toISOString(),
    })),
  }
}

async function leadsWaiting({ db, actor }: Asking): Promise<Section> {
  const found = await listNewLeads(db, actor.institutionId, FIRST)
  return {
    total: found.total,
    items: found.rows.map((row) => ({
      ...blank,
      id: row.id,
      subject: 'lead',
      title: row.contentTitle ?? '',
      who: row.accountName,
      platform: row.platform,
      since: row.createdAt.toISOString(),
    })),
  }
}

async function holdsInForce({ db, actor }: Asking): Promise<Section> {
  const found = await listHoldsInForce(db, actor.institutionId, FIRST)
  return {
    total: found.total,
    items: found.rows.map((row) => ({
      ...blank,
      id: row.id,
      subject: 'hold',
      title: row.subjectName,
      note: row.reason,
      since: row.createdAt.toISOString(),
    })),
  }
}

type Judged = {
  item: Pick<WorkItem, 'id' | 'subject' | 'title' | 'platform'>
  readiness: Readiness
}

/** What somebody has to do something about: what stops publishing first, then what soon will, by day. */
function judged(all: readonly Judged[]): Section {
  const pressing = all.flatMap(({ item, readiness }) => {
    const reason = readiness.blocks[0] ?? readiness.warnings.find(({ key }) => urgent.has(key))
    return reason
      ? [{ ...blank, ...item, reason: reasonOf(reason), overdue: readiness.blocks.length > 0 }]
      : []
  })
  const days = ({ reason }: (typeof pressing)[number]) => Number(reason?.values.days ?? 0)
  pressing.sort((a, b) => Number(b.overdue) - Number(a.overdue) || days(a) - days(b))
  return { total: pressing.length, items: pressing.slice(0, FIRST) }
}

/** Warnings with a day on them; the others are advice and stand on the account's own page. */
const urgent: ReadonlySet<Message['key']> = new Set([
  'doctor.credentialLapsed',
  'doctor.credentialToday',
  'doctor.credentialSoon',
  'account.limited',
  'account.authorizationSoon',
  'account.certificationSoon',
])

async function credentialsToRenew({ db, actor, today }: Asking): Promise<Section> {
  const all = await listDoctorsWithCredentials(db, actor.institutionId)
  return judged(
    all.map(({ doctor, credentials }) => ({
      item: { id: doctor.id, subject: 'doctor', title: doctor.name, platform: null },
      readiness: doctorReadiness(
        { ...doctor, archived: false },
        credentials.map((one) => ({ ...one, archived: false })),
        today,
      ),
    })),
  )
}

async function accountsToMend({ db, actor, today }: Asking): Promise<Section> {
  const all = await listAccountsInUse(db, actor.institutionId)
  return judged(
    all.map((account) => ({
      item: {
        id: account.id,
        subject: 'account',
        title: account.displayName,
        platform: account.platform,
      },
      readiness: readinessOfAccount(account, today),
    })),
  )
}

const readers: Readonly<Record<WorkKind, (asking: Asking) => Promise<Section>>> = {
  sign_off: (asking) =>
    contents(asking, { stage: 'doctor_review', doctorId: asking.actor.doctorId ?? '—' }),
  compliance: (asking) => contents(asking, { stage: 'compliance_review' }),
  final_review: (asking) => contents(asking, { stage: 'final_review' }),
  production: (asking) => contents(asking, { stage: 'production' }),
  returned: (asking) => contents(asking, { stage: 'scripting', sentBack: true }),
  to_schedule: (asking) => contents(asking, { stage: 'ready', unscheduled: true }),
  overdue: (asking) => contents(asking, { dueBefore: asking.today }),
  paused: (asking) => contents(asking, { stage: 'on_hold' }),
  hand_offs: (asking) =>
    posts(asking, {
      states: ['awaiting_person'],
      ...(asking.actor.role === 'doctor' && { doctorId: asking.actor.doctorId ?? '—' }),
    }),
  publish_trouble: (asking) =>
    posts(asking, {
      states: ['failed', 'unconfirmed'],
      failedSince: new Date(asking.now.getTime() - FAILED_FOR_MS),
    }),
  import_rows: importsWaiting,
  leads: leadsWaiting,
  holds: holdsInForce,
  credentials: credentialsToRenew,
  accounts: accountsToMend,
}

/** Everything that waits for this person in this institution, and the counts of the navigation. */
export async function workFor(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<Work> {
  const db = deps.db.read
  const now = deps.now()
  const zone = (await zoneOf(db, actor.institutionId)) ?? defaultZone
  const asking: Asking = { db, actor, now, today: bizDate(now, zone) }
  const sections: Work['sections'] = []
  const badges: Partial<Record<BadgeKey, number>> = {}
  for (const kind of workOf[actor.role]) {
    const section = await readers[kind](asking)
    sections.push({ kind, ...section })
    for (const key of ['work', badgeOf[kind]] as const)
      badges[key] = (badges[key] ?? 0) + section.total
  }
  return { sections, badges }
}
