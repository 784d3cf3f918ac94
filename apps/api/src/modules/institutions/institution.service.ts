import type { Actor } from '@xingbo/shared/identity/actor'
import type {
  createInstitution,
  updateInstitution,
} from '@xingbo/shared/institutions/institution.schema'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import type { InstitutionVault } from '../../security/vault.ts'
import { recordAudit } from '../audit/audit.ts'
import { changesBetween } from '../audit/changes.ts'
import { stale } from '../audit/stale.ts'
import { enrol, institutionsOf } from '../identity/user.service.ts'
import {
  findInstitution,
  type InstitutionRow,
  insertInstitution,
  updateInstitutionRow,
} from './institution.repository.ts'

/** The vault that seals and opens this institution's secrets. */
export async function institutionVault(
  deps: Pick<Deps, 'vault'>,
  db: Reader,
  institutionId: string,
): Promise<InstitutionVault> {
  const { dataKey } = found(await findInstitution(db, institutionId))
  return deps.vault.of(dataKey)
}

export const myInstitution = async (deps: Deps, actor: Actor): Promise<InstitutionRow> =>
  found(await findInstitution(deps.db.read, actor.institutionId))

export async function changeInstitution(
  deps: Deps,
  actor: Actor,
  { revision, ...set }: z.output<typeof updateInstitution.body>,
): Promise<InstitutionRow> {
  const id = actor.institutionId
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findInstitution(tx, id))
    const at = deps.now()
    const row = await updateInstitutionRow(
      tx,
      { id, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'institution', id)
    await recordAudit(tx, actor, at, {
      action: 'institution.changed',
      subjectType: 'institution',
      subjectId: id,
      detail: changesBetween(before, set),
    })
    return row
  })
}

/**
 * Another tenant, with a data key of its own. Whoever makes it becomes its administrator and goes there with
 * the switcher; nothing of the present institution comes along.
 */
export async function addInstitution(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof createInstitution.body>,
): Promise<InstitutionRow> {
  return deps.db.inTransaction(async (tx) => {
    const mine = await institutionsOf(tx, actor.userId)
    if (mine.some(({ institutionName }) => institutionName === input.name))
      throw new DomainError('CONFLICT', {
        key: 'institution.nameTaken',
        values: { name: input.name },
      })
    const at = deps.now()
    const id = newId('ins', at.getTime())
    await insertInstitution(tx, {
      id,
      ...input,
      dataKey: deps.vault.newDataKey(),
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await enrol(tx, actor.userId, id, 'admin')
    await recordAudit(tx, { ...actor, institutionId: id }, at, {
      action: 'institution.created',
      subjectType: 'institution',
      subjectId: id,
      detail: { name: input.name, madeFrom: actor.institutionId },
    })
    return found(await findInstitution(tx, id))
  })
}
