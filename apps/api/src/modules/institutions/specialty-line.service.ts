import type { Actor } from '@xingbo/shared/identity/actor'
import { linePeriodVerdict } from '@xingbo/shared/institutions/institution.rules'
import type {
  archiveSpecialtyLine,
  createSpecialtyLine,
  updateSpecialtyLine,
} from '@xingbo/shared/institutions/specialty-line.schema'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { changesBetween } from '../audit/changes.ts'
import { stale } from '../audit/stale.ts'
import { openDoctor } from '../doctors/doctor.service.ts'
import { openDepartment } from './department.service.ts'
import {
  findLineView,
  insertLine,
  type LineRow,
  type LineView,
  lineNameTaken,
  updateLineRow,
} from './specialty-line.repository.ts'

type Fields = Pick<LineRow, 'name' | 'departmentId' | 'leadDoctorId' | 'startedOn' | 'breakEvenBy'>

/** What the line will say, checked; `before` spares what it already points to and does not change. */
async function check(
  db: Reader,
  institutionId: string,
  id: string,
  fields: Fields,
  before?: Fields,
): Promise<void> {
  if (await lineNameTaken(db, institutionId, fields.name, id))
    throw new DomainError('CONFLICT', {
      key: 'institution.lineTaken',
      values: { name: fields.name },
    })
  assertVerdict(linePeriodVerdict(fields))
  if (fields.departmentId && fields.departmentId !== before?.departmentId)
    await openDepartment(db, institutionId, fields.departmentId)
  if (fields.leadDoctorId && fields.leadDoctorId !== before?.leadDoctorId)
    await openDoctor(db, institutionId, fields.leadDoctorId)
}

const nothing = { departmentId: null, leadDoctorId: null, startedOn: null, breakEvenBy: null }

export async function addLine(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof createSpecialtyLine.body>,
): Promise<LineView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const id = newId('line', at.getTime())
    await check(tx, institutionId, id, { ...nothing, ...input })
    await insertLine(tx, {
      id,
      institutionId,
      ...input,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'specialty_line.created',
      subjectType: 'specialty_line',
      subjectId: id,
      detail: { name: input.name },
    })
    return found(await findLineView(tx, institutionId, id))
  })
}

export async function changeLine(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, ...set }: z.output<typeof updateSpecialtyLine.body>,
): Promise<LineView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: before } = found(await findLineView(tx, institutionId, id))
    if (before.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    await check(tx, institutionId, id, { ...before, ...set }, before)
    const at = deps.now()
    const row = await updateLineRow(
      tx,
      { institutionId, id, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'specialty_line', id)
    await recordAudit(tx, actor, at, {
      action: 'specialty_line.changed',
      subjectType: 'specialty_line',
      subjectId: id,
      detail: changesBetween(before, set),
    })
    return found(await findLineView(tx, institutionId, id))
  })
}

/** Archives or restores; a restored line must stand in a department and under a doctor that are still here. */
export async function putLineAway(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, archived }: z.output<typeof archiveSpecialtyLine.body>,
): Promise<LineView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: before } = found(await findLineView(tx, institutionId, id))
    if (!archived) await check(tx, institutionId, id, before)
    const at = deps.now()
    const row = await updateLineRow(
      tx,
      { institutionId, id, revision },
      { archivedAt: archived ? at : null, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'specialty_line', id)
    await recordAudit(tx, actor, at, {
      action: archived ? 'specialty_line.archived' : 'specialty_line.restored',
      subjectType: 'specialty_line',
      subjectId: id,
      detail: { name: row.name },
    })
    return found(await findLineView(tx, institutionId, id))
  })
}
