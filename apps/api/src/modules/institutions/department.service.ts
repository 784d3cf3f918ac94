import type { Actor } from '@xingbo/shared/identity/actor'
import type {
  archiveDepartment,
  createDepartment,
  updateDepartment,
} from '@xingbo/shared/institutions/department.schema'
import {
  departmentArchiveVerdict,
  departmentNamesVerdict,
} from '@xingbo/shared/institutions/institution.rules'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { changesBetween } from '../audit/changes.ts'
import { stale } from '../audit/stale.ts'
import {
  type DepartmentView,
  findDepartmentView,
  insertDepartment,
  listOtherDepartments,
  updateDepartmentRow,
} from './department.repository.ts'

/** No word may stand for two departments; an archived twin is to be restored, not made again. */
async function checkWords(
  db: Reader,
  institutionId: string,
  id: string,
  wanted: { name: string; aliases: string[] },
): Promise<void> {
  const others = await listOtherDepartments(db, institutionId, id)
  if (others.some((other) => other.archivedAt && other.name === wanted.name))
    throw new DomainError('RULE_VIOLATION', {
      key: 'institution.departmentArchivedTwin',
      values: { name: wanted.name },
    })
  assertVerdict(
    departmentNamesVerdict(
      wanted,
      others.filter((other) => !other.archivedAt),
    ),
  )
}

/** A department rows may point to: here, and not archived. */
export async function openDepartment(
  db: Reader,
  institutionId: string,
  departmentId: string,
): Promise<void> {
  const { row } = found(await findDepartmentView(db, institutionId, departmentId))
  if (row.archivedAt)
    throw new DomainError('RULE_VIOLATION', {
      key: 'institution.departmentGone',
      values: { name: row.name },
    })
}

export async function addDepartment(
  deps: Deps,
  actor: Actor,
  { name, aliases = [] }: z.output<typeof createDepartment.body>,
): Promise<DepartmentView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const id = newId('dep', at.getTime())
    await checkWords(tx, institutionId, id, { name, aliases })
    await insertDepartment(tx, {
      id,
      institutionId,
      name,
      aliases,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'department.created',
      subjectType: 'department',
      subjectId: id,
      detail: { name },
    })
    return found(await findDepartmentView(tx, institutionId, id))
  })
}

export async function changeDepartment(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, ...set }: z.output<typeof updateDepartment.body>,
): Promise<DepartmentView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: before } = found(await findDepartmentView(tx, institutionId, id))
    if (before.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    await checkWords(tx, institutionId, id, { ...before, ...set })
    const at = deps.now()
    const row = await updateDepartmentRow(
      tx,
      { institutionId, id, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'department', id)
    await recordAudit(tx, actor, at, {
      action: 'department.changed',
      subjectType: 'department',
      subjectId: id,
      detail: changesBetween(before, set),
    })
    return found(await findDepartmentView(tx, institutionId, id))
  })
}

/** Archives or restores; a restored department must not take a word that another has taken meanwhile. */
export async function putDepartmentAway(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, archived }: z.output<typeof archiveDepartment.body>,
): Promise<DepartmentView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findDepartmentView(tx, institutionId, id))
    if (archived) assertVerdict(departmentArchiveVerdict({ ...before, name: before.row.name }))
    else await checkWords(tx, institutionId, id, before.row)
    const at = deps.now()
    const row = await updateDepartmentRow(
      tx,
      { institutionId, id, revision },
      { archivedAt: archived ? at : null, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'department', id)
    await recordAudit(tx, actor, at, {
      action: archived ? 'department.archived' : 'department.restored',
      subjectType: 'department',
      subjectId: id,
      detail: { name: row.name },
    })
    return found(await findDepartmentView(tx, institutionId, id))
  })
}
