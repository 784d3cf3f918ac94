import {
  accountReadiness,
  operatorVerdict,
  ownerVerdict,
  routeVerdict,
  usualRoute,
} from '@xingbo/shared/accounts/account.rules'
import type {
  archiveAccount,
  createAccount,
  updateAccount,
} from '@xingbo/shared/accounts/account.schema'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { Readiness } from '@xingbo/shared/readiness'
import type { Verdict } from '@xingbo/shared/verdict'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { changesBetween } from '../audit/changes.ts'
import { stale } from '../audit/stale.ts'
import { openDoctor } from '../doctors/doctor.service.ts'
import { openDepartment } from '../institutions/department.service.ts'
import { presentAccount, presentStanding } from './account.presenter.ts'
import {
  type AccountRow,
  type AccountView,
  findAccountView,
  handleTaken,
  insertAccount,
  isActiveMember,
  openIdTaken,
  updateAccountRow,
} from './account.repository.ts'

/**
 * Whether anything may go out on this account on `today` (`YYYY-MM-DD`, business zone): the account's part of the
 * publishing gate, asked at scheduling and again inside the transaction that submits.
 */
export async function accountReadinessOf(
  db: Reader,
  institutionId: string,
  accountId: string,
  today: string,
): Promise<Verdict> {
  const view = found(await findAccountView(db, institutionId, accountId))
  return accountReadiness(presentAccount(view), today).verdict
}

/** Readiness of a row another module has read, e.g. for a list of what needs mending. */
export const readinessOfAccount = (row: AccountRow, today: string): Readiness =>
  accountReadiness({ ...row, ...presentStanding(row), archived: row.archivedAt !== null }, today)

type Fields = Pick<
  AccountRow,
  | 'platform'
  | 'handle'
  | 'publishRoute'
  | 'operatedBy'
  | 'ownerType'
  | 'departmentId'
  | 'doctorId'
  | 'ownerUserId'
>

/**
 * Everything that must hold of an account about to be saved; `before` spares what it already points to. Returns
 * the owner made consistent: a doctor's account lies in the doctor's department, the institution's in none.
 */
async function check(
  deps: Deps,
  db: Reader,
  institutionId: string,
  id: string,
  fields: Fields,
  before?: Fields,
): Promise<Pick<AccountRow, 'departmentId' | 'doctorId'>> {
  const { platform, handle, ownerType, ownerUserId } = fields
  assertVerdict(routeVerdict(platform, fields.publishRoute, deps.settings.platforms.douyin.direct))
  assertVerdict(operatorVerdict(platform, fields.operatedBy))
  assertVerdict(ownerVerdict(fields))
  if (handle && (await handleTaken(db, institutionId, platform, handle, id)))
    throw new DomainError('CONFLICT', { key: 'account.handleTaken', values: { handle } })
  if (ownerUserId && ownerUserId !== before?.ownerUserId)
    if (!(await isActiveMember(db, institutionId, ownerUserId)))
      throw new DomainError('RULE_VIOLATION', { key: 'account.personUnknown' })
  const { departmentId, doctorId } = fields
  if (ownerType === 'doctor' && doctorId) {
    if (before?.ownerType === 'doctor' && doctorId === before.doctorId)
      return { doctorId, departmentId: before.departmentId }
    return { doctorId, ...(await openDoctor(db, institutionId, doctorId)) }
  }
  if (ownerType === 'department' && departmentId) {
    if (departmentId !== before?.departmentId) await openDepartment(db, institutionId, departmentId)
    return { departmentId, doctorId: null }
  }
  return { departmentId: null, doctorId: null }
}

export async function addAccount(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof createAccount.body>,
): Promise<AccountView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const id = newId('acc', at.getTime())
    const fields = {
      handle: '',
      departmentId: null,
      doctorId: null,
      ownerUserId: null,
      certificationStatus: 'none' as const,
      publishRoute: usualRoute(input.platform),
      operatedBy: input.platform === 'channels' ? ('owner' as const) : ('team' as const),
      ...input,
    }
    const owner = await check(deps, tx, institutionId, id, fields)
    await insertAccount(tx, {
      id,
      institutionId,
      ...fields,
      ...owner,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'account.created',
      subjectType: 'account',
      subjectId: id,
      detail: { platform: input.platform, displayName: input.displayName },
    })
    return found(await findAccountView(tx, institutionId, id))
  })
}

export async function changeAccount(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, ...set }: z.output<typeof updateAccount.body>,
): Promise<AccountView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: before } = found(await findAccountView(tx, institutionId, id))
    if (before.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    const owner = await check(deps, tx, institutionId, id, { ...before, ...set }, before)
    const at = deps.now()
    const row = await updateAccountRow(
      tx,
      { institutionId, id, revision },
      { ...set, ...owner, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'account', id)
    await recordAudit(tx, actor, at, {
      action: 'account.changed',
      subjectType: 'account',
      subjectId: id,
      detail: changesBetween(before, { ...set, ...owner }),
    })
    return found(await findAccountView(tx, institutionId, id))
  })
}

/** Archives or restores; a restored account must still obey today's rules and have an owner that is here. */
export async function putAccountAway(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, archived }: z.output<typeof archiveAccount.body>,
): Promise<AccountView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: before } = found(await findAccountView(tx, institutionId, id))
    if (!archived) {
      await check(deps, tx, institutionId, id, before)
      if (before.openId && (await openIdTaken(tx, before.platform, before.openId, id)))
        throw new DomainError('RULE_VIOLATION', { key: 'account.connectionTaken' })
    }
    const at = deps.now()
    const row = await updateAccountRow(
      tx,
      { institutionId, id, revision },
      { archivedAt: archived ? at : null, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'account', id)
    await recordAudit(tx, actor, at, {
      action: archived ? 'account.archived' : 'account.restored',
      subjectType: 'account',
      subjectId: id,
      detail: { platform: row.platform, displayName: row.displayName },
    })
    return found(await findAccountView(tx, institutionId, id))
  })
}
