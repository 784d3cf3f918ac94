import type { runSetup } from '@xingbo/shared/identity/session.schema'
import type { z } from 'zod'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError } from '../../http/errors.ts'
import { hashPassword } from '../../security/passwords.ts'
import { newToken, sha256Hex } from '../../security/tokens.ts'
import { recordAudit } from '../audit/audit.ts'
import { countInstitutions } from './session.repository.ts'
import { type Caller, describeMe, type Opened, openSessionFor } from './session.service.ts'
import { insertFirstInstitution } from './setup.repository.ts'
import { insertMembership, insertUser } from './user.repository.ts'

/** The token lives only in this process: a restart prints a new one. */
let tokenHash: string | null = null

/** A token for the first-run page, to be printed on the terminal; null once an institution exists. */
export async function offerSetup(deps: Deps): Promise<string | null> {
  if (await isSetUp(deps)) return null
  const token = newToken().slice(0, 22)
  tokenHash = sha256Hex(token)
  return token
}

export const isSetUp = async (deps: Deps): Promise<boolean> =>
  (await countInstitutions(deps.db.read)) > 0

/** Creates the first institution and its administrator; works once, with the token from the terminal. */
export async function setUp(
  deps: Deps,
  input: z.output<typeof runSetup.body>,
  caller: Caller,
): Promise<Opened> {
  if (await isSetUp(deps)) throw new DomainError('CONFLICT', { key: 'identity.setupDone' })
  if (!tokenHash || sha256Hex(input.token) !== tokenHash)
    throw new DomainError('FORBIDDEN', { key: 'identity.setupToken' })
  const passwordHash = await hashPassword(input.password)
  const userId = newId('usr')
  const institutionId = newId('ins')
  const session = await deps.db.inTransaction(async (tx) => {
    if ((await countInstitutions(tx)) > 0)
      throw new DomainError('CONFLICT', { key: 'identity.setupDone' })
    const at = deps.now()
    await insertFirstInstitution(tx, {
      id: institutionId,
      name: input.institutionName,
      shortName: input.shortName,
      city: input.city,
      dataKey: deps.vault.newDataKey(),
      createdAt: at,
      updatedAt: at,
      updatedBy: userId,
    })
    await insertUser(tx, {
      id: userId,
      username: input.username,
      displayName: input.displayName,
      passwordHash,
      createdAt: at,
      updatedAt: at,
      updatedBy: userId,
    })
    await insertMembership(tx, { userId, institutionId, role: 'admin', doctorId: null })
    await recordAudit(tx, { userId, displayName: input.displayName, institutionId }, at, {
      action: 'institution.created',
      subjectType: 'institution',
      subjectId: institutionId,
      detail: { name: input.institutionName, first: true },
    })
    return openSessionFor(deps, tx, userId, caller)
  })
  tokenHash = null
  return { ...session, me: await describeMe(deps, session.actor) }
}
