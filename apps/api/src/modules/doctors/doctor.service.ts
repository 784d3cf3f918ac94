import { doctorArchiveVerdict, doctorReadiness } from '@xingbo/shared/doctors/doctor.rules'
import type {
  archiveDoctor,
  createDoctor,
  updateDoctor,
} from '@xingbo/shared/doctors/doctor.schema'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Verdict } from '@xingbo/shared/verdict'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { changesBetween } from '../audit/changes.ts'
import { stale } from '../audit/stale.ts'
import { openDepartment } from '../institutions/department.service.ts'
import {
  type DoctorFile,
  findDoctorFile,
  findDoctorView,
  insertDoctor,
  updateDoctorRow,
} from './doctor.repository.ts'

/**
 * Whether anything in this doctor's name may go out on `today` (`YYYY-MM-DD`, business zone): the doctor's part of
 * the publishing gate, asked at scheduling and again inside the transaction that submits.
 */
export async function doctorReadinessOf(
  db: Reader,
  institutionId: string,
  doctorId: string,
  today: string,
): Promise<Verdict> {
  const { row, credentials } = found(await findDoctorFile(db, institutionId, doctorId))
  return doctorReadiness(
    { ...row, archived: row.archivedAt !== null },
    credentials.map((one) => ({ ...one, archived: one.archivedAt !== null })),
    today,
  ).verdict
}

/** A doctor rows may point to: here, and not archived. Returns the department, which an account of theirs shares. */
export async function openDoctor(
  db: Reader,
  institutionId: string,
  doctorId: string,
): Promise<{ departmentId: string }> {
  const { row } = found(await findDoctorView(db, institutionId, doctorId))
  if (row.archivedAt)
    throw new DomainError('RULE_VIOLATION', { key: 'doctor.gone', values: { doctor: row.name } })
  return { departmentId: row.departmentId }
}

export async function addDoctor(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof createDoctor.body>,
): Promise<DoctorFile> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    await openDepartment(tx, institutionId, input.departmentId)
    const at = deps.now()
    const id = newId('doc', at.getTime())
    await insertDoctor(tx, {
      id,
      institutionId,
      ...input,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'doctor.created',
      subjectType: 'doctor',
      subjectId: id,
      detail: { name: input.name, departmentId: input.departmentId },
    })
    return found(await findDoctorFile(tx, institutionId, id))
  })
}

export async function changeDoctor(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, ...set }: z.output<typeof updateDoctor.body>,
): Promise<DoctorFile> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: before } = found(await findDoctorView(tx, institutionId, id))
    if (before.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    if (set.departmentId && set.departmentId !== before.departmentId)
      await openDepartment(tx, institutionId, set.departmentId)
    const at = deps.now()
    const row = await updateDoctorRow(
      tx,
      { institutionId, id, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'doctor', id)
    await recordAudit(tx, actor, at, {
      action: 'doctor.changed',
      subjectType: 'doctor',
      subjectId: id,
      detail: changesBetween(before, set),
    })
    return found(await findDoctorFile(tx, institutionId, id))
  })
}

/** Archives or restores; nothing may hang on the one, and the other needs a department to come back to. */
export async function putDoctorAway(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, archived }: z.output<typeof archiveDoctor.body>,
): Promise<DoctorFile> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const view = found(await findDoctorView(tx, institutionId, id))
    if (archived) assertVerdict(doctorArchiveVerdict({ ...view, name: view.row.name }))
    else await openDepartment(tx, institutionId, view.row.departmentId)
    const at = deps.now()
    const row = await updateDoctorRow(
      tx,
      { institutionId, id, revision },
      { archivedAt: archived ? at : null, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'doctor', id)
    await recordAudit(tx, actor, at, {
      action: archived ? 'doctor.archived' : 'doctor.restored',
      subjectType: 'doctor',
      subjectId: id,
      detail: { name: row.name },
    })
    return found(await findDoctorFile(tx, institutionId, id))
  })
}
