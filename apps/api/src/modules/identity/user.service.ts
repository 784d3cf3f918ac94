import type { EndpointInput } from '@xingbo/shared/contract'
import type { Actor, Role } from '@xingbo/shared/identity/actor'
import { userCan } from '@xingbo/shared/identity/user.rules'
import type { createUser, updateUser } from '@xingbo/shared/identity/user.schema'
import type { z } from 'zod'
import type { Reader, Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { hashPassword } from '../../security/passwords.ts'
import { recordAudit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import {
  deleteSessionsOf,
  findUserByName,
  listMemberships,
  setPasswordHash,
} from './session.repository.ts'
import {
  findDoctorHere,
  findInstitutionUser,
  insertMembership,
  insertUser,
  renameUser,
  type UserView,
  updateMembership,
  worksBeyond,
} from './user.repository.ts'

type CreateUser = z.output<typeof createUser.body>
type UpdateUser = EndpointInput<typeof updateUser>['body'] & { userId: string }

async function checkDoctorLink(
  db: Reader,
  institutionId: string,
  role: Role,
  doctorId: string | null,
): Promise<void> {
  if (role === 'doctor' && !doctorId)
    throw new DomainError('RULE_VIOLATION', { key: 'identity.doctorRoleNeedsDoctor' })
  if (doctorId) found(await findDoctorHere(db, institutionId, doctorId))
}

/** Adds a person with their first password, which they are told in person and change themselves. */
export async function addUser(deps: Deps, actor: Actor, input: CreateUser): Promise<UserView> {
  const passwordHash = await hashPassword(input.password)
  const id = newId('usr')
  return deps.db.inTransaction(async (tx) => {
    if (await findUserByName(tx, input.username))
      throw new DomainError('CONFLICT', {
        key: 'identity.usernameTaken',
        values: { username: input.username },
      })
    await checkDoctorLink(tx, actor.institutionId, input.role, input.doctorId)
    const at = deps.now()
    await insertUser(tx, {
      id,
      username: input.username,
      displayName: input.displayName,
      passwordHash,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await insertMembership(tx, {
      userId: id,
      institutionId: actor.institutionId,
      role: input.role,
      doctorId: input.role === 'doctor' ? input.doctorId : null,
    })
    await recordAudit(tx, actor, at, {
      action: 'user.added',
      subjectType: 'user',
      subjectId: id,
      detail: { username: input.username, role: input.role },
    })
    return found(await findInstitutionUser(tx, actor.institutionId, id))
  })
}

/**
 * Name and password are one for all institutions a person works in: whoever may set them could act for that
 * person in each. So they are only for somebody who administers them all.
 */
async function refuseIfElsewhere(tx: Tx, actor: Actor, userId: string): Promise<void> {
  const { institutionId, userId: adminId } = actor
  if (userId !== adminId && (await worksBeyond(tx, { userId, institutionId, adminId })))
    throw new DomainError('RULE_VIOLATION', { key: 'identity.worksElsewhere' })
}

/** Changes what a person is here. Shutting out ends their sessions within the same transaction. */
export async function changeUser(deps: Deps, actor: Actor, input: UpdateUser): Promise<UserView> {
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findInstitutionUser(tx, actor.institutionId, input.userId))
    const role = input.role ?? before.role
    if (input.disabled === true || role !== before.role)
      assertVerdict(userCan.changeAccess(before, actor))
    const doctorId =
      role === 'doctor' ? (input.doctorId === undefined ? before.doctorId : input.doctorId) : null
    await checkDoctorLink(tx, actor.institutionId, role, doctorId)
    const { displayName } = input
    if (displayName && displayName !== before.displayName)
      await refuseIfElsewhere(tx, actor, input.userId)
    const at = deps.now()
    const row = await updateMembership(
      tx,
      { institutionId: actor.institutionId, userId: input.userId, revision: input.revision },
      {
        role,
        doctorId,
        ...(input.disabled !== undefined && { disabledAt: input.disabled ? at : null }),
      },
    )
    if (!row) throw await stale(tx, 'user', input.userId)
    if (displayName) await renameUser(tx, input.userId, displayName, at)
    if (input.disabled) await deleteSessionsOf(tx, input.userId)
    await recordAudit(tx, actor, at, {
      action: input.disabled ? 'user.disabled' : 'user.changed',
      subjectType: 'user',
      subjectId: input.userId,
      detail: { role: [before.role, role], doctorId, disabled: input.disabled },
    })
    return found(await findInstitutionUser(tx, actor.institutionId, input.userId))
  })
}

export async function resetPassword(
  deps: Deps,
  actor: Actor,
  input: { userId: string; password: string },
): Promise<UserView> {
  const passwordHash = await hashPassword(input.password)
  return deps.db.inTransaction(async (tx) => {
    const user = found(await findInstitutionUser(tx, actor.institutionId, input.userId))
    await refuseIfElsewhere(tx, actor, user.id)
    await setPasswordHash(tx, user.id, passwordHash, deps.now())
    await deleteSessionsOf(tx, user.id)
    await recordAudit(tx, actor, deps.now(), {
      action: 'user.password_reset',
      subjectType: 'user',
      subjectId: user.id,
      detail: {},
    })
    return user
  })
}

/** Makes a person a member of one more institution, in the transaction that makes the institution. */
export const enrol = (tx: Tx, userId: string, institutionId: string, role: Role): Promise<void> =>
  insertMembership(tx, { userId, institutionId, role, doctorId: null })

/** The institutions a person may work in today. */
export const institutionsOf = (
  db: Reader,
  userId: string,
): Promise<{ institutionId: string; institutionName: string }[]> => listMemberships(db, userId)
