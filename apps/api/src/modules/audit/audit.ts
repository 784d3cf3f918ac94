import { createHash } from 'node:crypto'
import type { AuditAction } from '@xingbo/shared/audit/audit-actions'
import type { AuditSubject } from '@xingbo/shared/audit/audit-subjects'
import { canonicalJson, type JsonValue } from '@xingbo/shared/canonical-json'
import type { Actor } from '@xingbo/shared/identity/actor'
import { desc } from 'drizzle-orm'
import { noteChange, type Tx } from '../../db/database.ts'
import { auditHeadOf, keepAuditHead } from '../../db/memory.ts'
import { preparedInsert } from '../../db/prepared.ts'
import { auditEntries, outbox } from '../../db/schema/audit.ts'
import type { Ring } from '../../queue/job.ts'

/** Who did it: a person, or the product itself acting for an institution. */
export type AuditActor = Pick<Actor, 'userId' | 'displayName' | 'institutionId'>
export const systemActor = (institutionId: string): AuditActor => ({
  userId: 'system',
  displayName: '系统',
  institutionId,
})

export type AuditEvent = {
  /** `<subject>.<past participle>`, e.g. `sign_off.approved`; one without a label does not compile. */
  readonly action: AuditAction
  /** What it was done to; screens that show such rows ask again. */
  readonly subjectType: AuditSubject
  readonly subjectId: string
  /** References and figures only: never a patient's name or phone, a token or a password. */
  readonly detail: Readonly<Record<string, unknown>>
}

type Chained = {
  readonly institutionId: string
  readonly at: Date
  readonly actorId: string
  readonly actorName: string
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string
  readonly detail: unknown
}

/** SHA-256 over the hash before and the canonical JSON of the row. */
export const chainHash = (prevHash: string, row: Chained): string =>
  createHash('sha256')
    .update(prevHash)
    .update(
      canonicalJson({
        institutionId: row.institutionId,
        at: row.at.getTime(),
        actorId: row.actorId,
        actorName: row.actorName,
        action: row.action,
        subjectType: row.subjectType,
        subjectId: row.subjectId,
        detail: row.detail as JsonValue,
      }),
    )
    .digest('hex')

export const genesisHash = '0'.repeat(64)

async function readHead(tx: Tx): Promise<string> {
  const [last] = await tx
    .select({ hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.seq))
    .limit(1)
  return last?.hash ?? genesisHash
}

/** Writes what happened into the chain, in the transaction in which it happened. */
export async function recordAudit(
  tx: Tx,
  actor: AuditActor,
  at: Date,
  event: AuditEvent,
): Promise<void> {
  const prevHash = auditHeadOf(tx) ?? (await readHead(tx))
  // What is hashed must be what a reader will find: JSON drops undefined and turns dates into text.
  const detail = JSON.parse(JSON.stringify(event.detail)) as unknown
  const row = {
    institutionId: actor.institutionId,
    at,
    actorId: actor.userId,
    actorName: actor.displayName,
    action: event.action,
    subjectType: event.subjectType,
    subjectId: event.subjectId,
    detail,
  }
  const hash = chainHash(prevHash, row)
  addEntry(tx).run({ ...row, prevHash, hash })
  keepAuditHead(tx, hash)
  noteChange(tx, {
    institutionId: actor.institutionId,
    kind: event.subjectType,
    id: event.subjectId,
  })
}

const addEntry = preparedInsert(auditEntries, [
  ...(['institutionId', 'at', 'actorId', 'actorName', 'action'] as const),
  ...(['subjectType', 'subjectId', 'detail', 'prevHash', 'hash'] as const),
])

/** Asks for the bell to be rung once this transaction is on disk; the relay forwards it to the queue. */
export async function ringAfterCommit(tx: Tx, at: Date, ring: Ring): Promise<void> {
  addRing(tx).run({ ...ring, createdAt: at })
}
const addRing = preparedInsert(outbox, ['job', 'payload', 'jobId', 'runAt', 'createdAt'])
