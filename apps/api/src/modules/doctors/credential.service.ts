import type {
  addCredential,
  archiveCredential,
  updateCredential,
} from '@xingbo/shared/doctors/credential.schema'
import { credentialPeriodVerdict } from '@xingbo/shared/doctors/doctor.rules'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { changesBetween } from '../audit/changes.ts'
import { stale } from '../audit/stale.ts'
import {
  type CredentialRow,
  findCredential,
  findDoctorView,
  insertCredential,
  updateCredentialRow,
} from './doctor.repository.ts'

/** An archived doctor's papers stay as they were. */
async function refuseIfArchived(
  db: Reader,
  institutionId: string,
  doctorId: string,
): Promise<void> {
  const { row } = found(await findDoctorView(db, institutionId, doctorId))
  if (row.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
}

export async function recordCredential(
  deps: Deps,
  actor: Actor,
  doctorId: string,
  input: z.output<typeof addCredential.body>,
): Promise<CredentialRow> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    await refuseIfArchived(tx, institutionId, doctorId)
    assertVerdict(credentialPeriodVerdict({ issuedOn: null, expiresOn: null, ...input }))
    const at = deps.now()
    const id = newId('cred', at.getTime())
    await insertCredential(tx, {
      id,
      institutionId,
      doctorId,
      ...input,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'credential.added',
      subjectType: 'credential',
      subjectId: id,
      detail: { doctorId, kind: input.kind, expiresOn: input.expiresOn ?? null },
    })
    return found(await findCredential(tx, institutionId, id))
  })
}

export async function changeCredential(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, ...set }: z.output<typeof updateCredential.body>,
): Promise<CredentialRow> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findCredential(tx, institutionId, id))
    if (before.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    await refuseIfArchived(tx, institutionId, before.doctorId)
    assertVerdict(credentialPeriodVerdict({ ...before, ...set }))
    const at = deps.now()
    const row = await updateCredentialRow(
      tx,
      { institutionId, id, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'credential', id)
    await recordAudit(tx, actor, at, {
      action: 'credential.changed',
      subjectType: 'credential',
      subjectId: id,
      detail: { doctorId: before.doctorId, ...changesBetween(before, set) },
    })
    return row
  })
}

/** Archives or restores: a replaced paper no longer counts, and stays readable. */
export async function putCredentialAway(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, archived }: z.output<typeof archiveCredential.body>,
): Promise<CredentialRow> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findCredential(tx, institutionId, id))
    await refuseIfArchived(tx, institutionId, before.doctorId)
    const at = deps.now()
    const row = await updateCredentialRow(
      tx,
      { institutionId, id, revision },
      { archivedAt: archived ? at : null, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'credential', id)
    await recordAudit(tx, actor, at, {
      action: archived ? 'credential.archived' : 'credential.restored',
      subjectType: 'credential',
      subjectId: id,
      detail: { doctorId: row.doctorId, kind: row.kind },
    })
    return row
  })
}
