import type { Actor } from '@xingbo/shared/identity/actor'
import type { createSlot, nextFreeSlots, updateSlot } from '@xingbo/shared/publishing/slot.schema'
import { spread } from '@xingbo/shared/publishing/spread.rules'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { changesBetween } from '../audit/changes.ts'
import { stale } from '../audit/stale.ts'
import { listNeighbours, listPlanAccounts } from './plan.repository.ts'
import { findAccount } from './publication.repository.ts'
import {
  findSlot,
  insertSlot,
  listSlotsOf,
  type SlotRow,
  updateSlotRow,
} from './slot.repository.ts'

type Fields = z.output<typeof createSlot.body>

/** A slot has a name and a time of its own on its account, and does not end before it begins. */
async function checkFields(
  db: Reader,
  institutionId: string,
  id: string | null,
  slot: Fields & { accountId: string },
): Promise<void> {
  if (slot.endsOn !== null && slot.endsOn < slot.startsOn)
    throw new DomainError('RULE_VIOLATION', { key: 'publishing.slotEndsBeforeStart' })
  const others = await listSlotsOf(db, institutionId, [slot.accountId])
  const taken = others.some(
    (one) =>
      one.id !== id &&
      (one.name === slot.name ||
        (one.time === slot.time && one.weekdays.some((day) => slot.weekdays.includes(day)))),
  )
  if (taken) throw new DomainError('CONFLICT', { key: 'publishing.slotTaken' })
}

export async function addSlot(
  deps: Deps,
  actor: Actor,
  accountId: string,
  input: Fields,
): Promise<SlotRow> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const account = found(await findAccount(tx, institutionId, accountId))
    if (account.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    await checkFields(tx, institutionId, null, { ...input, accountId })
    const at = deps.now()
    const id = newId('slt', at.getTime())
    await insertSlot(tx, {
      id,
      institutionId,
      accountId,
      ...input,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'slot.created',
      subjectType: 'slot',
      subjectId: id,
      detail: { accountId, ...input },
    })
    return found(await findSlot(tx, institutionId, id))
  })
}

export async function changeSlot(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, ...set }: z.output<typeof updateSlot.body>,
): Promise<SlotRow> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findSlot(tx, institutionId, id))
    await checkFields(tx, institutionId, id, { ...before, ...set })
    const at = deps.now()
    const row = await updateSlotRow(
      tx,
      { institutionId, id, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'slot', id)
    await recordAudit(tx, actor, at, {
      action: 'slot.changed',
      subjectType: 'slot',
      subjectId: id,
      detail: changesBetween(before, set),
    })
    return row
  })
}

export async function takeSlotAway(
  deps: Deps,
  actor: Actor,
  id: string,
  revision: number,
): Promise<void> {
  const { institutionId } = actor
  await deps.db.inTransaction(async (tx) => {
    const before = found(await findSlot(tx, institutionId, id))
    const at = deps.now()
    const row = await updateSlotRow(
      tx,
      { institutionId, id, revision },
      { archivedAt: at, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'slot', id)
    await recordAudit(tx, actor, at, {
      action: 'slot.removed',
      subjectType: 'slot',
      subjectId: id,
      detail: { accountId: before.accountId, name: before.name },
    })
  })
}

const YEAR_MS = 366 * 86_400_000

/** Each account's first slot from `start` on that nothing stands near. */
export async function nextFree(
  db: Reader,
  institutionId: string,
  { accountIds, start, timeZone }: z.output<typeof nextFreeSlots.body>,
): Promise<{ accountId: string; at: string; name: string }[]> {
  const from = new Date(start)
  const accounts = await listPlanAccounts(db, institutionId, accountIds)
  const slots = await listSlotsOf(db, institutionId, accountIds)
  const beside = await listNeighbours(
    db,
    institutionId,
    accountIds,
    new Date(from.getTime() - 86_400_000),
    new Date(from.getTime() + YEAR_MS),
  )
  const rows = spread({
    // Whose item it is does not matter here: each account is asked for one time.
    contentIds: ['any'],
    sharing: 'every',
    way: { by: 'slots', start },
    zone: timeZone,
    accounts: accounts.map(({ id, platform }) => ({
      id,
      platform,
      slots: slots.filter(({ accountId }) => accountId === id),
      taken: beside.filter(({ accountId }) => accountId === id).map(({ dueAt }) => dueAt.getTime()),
    })),
  })
  return rows.flatMap(({ accountId, dueAt, slotName }) =>
    dueAt && slotName ? [{ accountId, at: dueAt, name: slotName }] : [],
  )
}
