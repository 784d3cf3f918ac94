import type { Actor } from '@xingbo/shared/identity/actor'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { newToken, sha256Hex } from '../../security/tokens.ts'
import { recordAudit } from '../audit/audit.ts'
import { recoverOrphan } from './ledger.service.ts'
import {
  findByTokenHash,
  insertWorker,
  listHeld,
  listWorkerRows,
  markRevoked,
  noteSeen,
  type WorkerRow,
} from './worker.repository.ts'

/** A machine that sends for several institutions brings a credential of each. */
const MAX_CREDENTIALS = 50

/** The workers behind `token` or `token,token`; what is unknown or revoked is left out. */
export async function resolveWorkers(deps: Pick<Deps, 'db'>, bearer: string) {
  const tokens = bearer.split(',').slice(0, MAX_CREDENTIALS)
  const rows = await Promise.all(
    tokens.map((token) => findByTokenHash(deps.db.read, sha256Hex(token))),
  )
  return rows.filter((row) => row !== undefined)
}

/** Every worker of the institution with what it holds. */
export async function readWorkers(deps: Deps, { institutionId }: Actor) {
  const rows = await listWorkerRows(deps.db.read, institutionId)
  return { rows, held: await listHeld(deps.db.read, institutionId) }
}

/** The token is told this once: only its hash is kept. */
export async function addWorker(
  deps: Deps,
  actor: Actor,
  { name }: { name: string },
): Promise<{ id: string; token: string }> {
  const token = newToken()
  const id = newId('wrk')
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    await insertWorker(tx, {
      id,
      institutionId: actor.institutionId,
      name,
      tokenHash: sha256Hex(token),
      createdBy: actor.userId,
      createdAt: at,
    })
    await recordAudit(tx, actor, at, {
      action: 'worker.added',
      subjectType: 'worker',
      subjectId: id,
      detail: { name },
    })
  })
  return { id, token }
}

/**
 * From its commit on the credential opens nothing. What the worker held is freed at once: unsent posts start
 * over, sent ones are looked up.
 */
export async function dismissWorker(deps: Deps, actor: Actor, workerId: string): Promise<void> {
  const { institutionId, userId } = actor
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = found(await markRevoked(tx, { id: workerId, institutionId }, { at, userId }))
    await recordAudit(tx, actor, at, {
      action: 'worker.revoked',
      subjectType: 'worker',
      subjectId: workerId,
      detail: { name: row.name },
    })
  })
  const held = await listHeld(deps.db.read, institutionId)
  for (const one of held.filter((each) => each.workerId === workerId))
    await recoverOrphan(deps, one.publicationId, true)
}

export const noteHello = (
  deps: Deps,
  ids: readonly string[],
  said: Pick<WorkerRow, 'version' | 'host' | 'skewMs'>,
): Promise<void> =>
  deps.db.inTransaction((tx) => noteSeen(tx, ids, { ...said, lastSeenAt: deps.now() }))
