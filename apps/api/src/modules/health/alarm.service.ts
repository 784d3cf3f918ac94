import { type AlarmSignal, systemSignals } from '@xingbo/shared/health/alarm'
import type { Severity } from '@xingbo/shared/inbox/notice'
import { noteChange, type Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { notify, settleNotices, type Telling } from '../inbox/notice.service.ts'
import {
  type AlarmRow,
  findOpen,
  hasOtherOpen,
  insertAlarm,
  listInstitutionIds,
  updateAlarm,
} from './alarm.repository.ts'

/** Something that is wrong now. */
export type Trouble = {
  readonly signal: AlarmSignal
  /** Null: the whole installation. */
  readonly institutionId: string | null
  /** An account's or a credential's id; '' for the installation. */
  readonly subjectId: string
  /** For the sentence: names of ours and figures. */
  readonly values: Readonly<Record<string, string | number>>
  readonly worst?: number
}

const severities: Partial<Readonly<Record<AlarmSignal, Severity>>> = {
  due_unclaimed: 'urgent',
  clock_skew: 'urgent',
  data_lock: 'urgent',
  authorization_lost: 'urgent',
  account_paused: 'urgent',
}

/**
 * Begins an episode, and tells whom it concerns, once: an episode that goes on only keeps its worst value.
 * Returns whether it is new.
 */
export async function beginAlarm(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  trouble: Trouble,
): Promise<boolean> {
  const { signal, institutionId, subjectId, values } = trouble
  const open = await findOpen(tx, signal, subjectId)
  const worst = trouble.worst ?? null
  if (open) {
    if (worst !== null && (open.worst === null || worst > open.worst))
      await updateAlarm(tx, open.id, { worst })
    return false
  }
  const at = deps.now()
  const row = await insertAlarm(tx, {
    id: newId('alm', at.getTime()),
    institutionId,
    signal,
    subjectId,
    values: { ...values },
    beganAt: at,
    worst,
  })
  if (!row) return false
  await tell(deps, tx, row, 'began')
  return true
}

/** Ends an open episode and says so, once. Returns whether there was one. */
export async function endAlarm(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  signal: AlarmSignal,
  subjectId: string,
): Promise<boolean> {
  const open = await findOpen(tx, signal, subjectId)
  if (!open) return false
  await updateAlarm(tx, open.id, { endedAt: deps.now() })
  await tell(deps, tx, open, 'ended')
  return true
}

const isSystem = (signal: AlarmSignal): boolean =>
  (systemSignals as readonly string[]).includes(signal)

async function tell(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  row: AlarmRow,
  what: 'began' | 'ended',
): Promise<void> {
  const { signal, subjectId } = row
  const kind = isSystem(signal) ? ('alarm' as const) : ('account_health' as const)
  const subject: Telling['subject'] =
    signal === 'credential_ends' || isSystem(signal)
      ? { type: 'system', id: subjectId || signal }
      : { type: 'account', id: subjectId }
  const places = row.institutionId ? [row.institutionId] : await listInstitutionIds(tx)
  for (const institutionId of places) {
    if (what === 'ended' && (isSystem(signal) || !(await hasOtherOpen(tx, row))))
      await settleNotices(tx, deps.now(), { institutionId, subjectId: subject.id, kinds: [kind] })
    await notify(tx, deps, {
      institutionId,
      to: {
        roles: ['manager', 'admin'],
        ...(subject.type === 'account' && { ownerOf: subjectId }),
      },
      kind,
      severity: what === 'ended' ? 'info' : (severities[signal] ?? 'warning'),
      subject,
      message: { key: `health.${signal}.${what}`, values: row.values },
      mergeKey: `alarm:${row.id}:${what}`,
    })
    noteChange(tx, { institutionId, kind: 'alarm', id: row.id })
  }
}
