import type { Actor } from '@xingbo/shared/identity/actor'
import type { Message } from '@xingbo/shared/messages'
import { importCan } from '@xingbo/shared/metrics/import.rules'
import type { resolveImportRow } from '@xingbo/shared/metrics/import.schema'
import type { ImportRowFate } from '@xingbo/shared/metrics/import-fate'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { clockText } from '../audit/stale.ts'
import { recordOrders, recordRefund, recordVisits } from '../leads/patient-record.service.ts'
import { fileCost } from './cost-intake.service.ts'
import {
  answerRow,
  countRows,
  findImportRow,
  findImportView,
  findZone,
  type ImportRecord,
  type ImportRowView,
  listImportRows,
  listWaiting,
  setCounts,
} from './import.repository.ts'
import { type PendingRow, pendingOf } from './pending-row.service.ts'
import { listOutPublications } from './snapshot.repository.ts'
import { fileFigures } from './snapshot.service.ts'

type Answer = z.output<typeof resolveImportRow.body>
type Settled = { readonly fate: ImportRowFate; readonly reasons: readonly Message[] }

const answered = (row: ImportRowView): DomainError =>
  new DomainError('CONFLICT', {
    key: 'metrics.answer.done',
    values: {
      who: row.resolvedByName ?? '—',
      when: row.resolvedAt ? clockText(row.resolvedAt) : '—',
    },
  })

/**
 * Takes a person's answer to a row that waits, applies it, and remembers it: the same work or row in this
 * account's other files is settled with it and never asked about again.
 */
export async function answerImportRow(
  deps: Deps,
  actor: Actor,
  target: { importId: string; rowId: string },
  answer: Answer,
): Promise<ImportRowView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row: file } = found(await findImportView(tx, institutionId, target.importId))
    const may = importCan.bring(actor.role, file.kind)
    if (!may.ok) throw new DomainError('FORBIDDEN', may.reason)
    const row = found(await findImportRow(tx, file.id, target.rowId))
    if (row.resolvedAt) throw answered(row)
    assertVerdict(importCan.answer(file.kind, row.fate, answer.answer))
    if (answer.answer === 'bind') await checkBinding(tx, file, row, answer.publicationId)

    const at = deps.now()
    const settled = await apply(tx, file, pendingOf(row), answer)
    await settle(tx, actor, at, { row, settled, answer })
    const others = await settleTheSame(tx, actor, at, file, row, answer)
    for (const importId of new Set([file.id, ...others]))
      await setCounts(tx, importId, await countRows(tx, importId))
    await recordAudit(tx, actor, at, {
      action: 'import.row_answered',
      subjectType: 'import',
      subjectId: file.id,
      detail: { rowId: row.id, rowNumber: row.rowNumber, fate: settled.fate, ...answer },
    })
    return found(await findImportRow(tx, file.id, row.id))
  })
}

/** A work is bound to a publication of its own account that can be on the platform and is nobody else's in the file. */
async function checkBinding(
  tx: Tx,
  file: ImportRecord,
  row: ImportRowView,
  publicationId: string,
): Promise<void> {
  const publications = await listOutPublications(tx, file.institutionId, file.accountId ?? '')
  if (!publications.some(({ id }) => id === publicationId))
    throw new DomainError('RULE_VIOLATION', { key: 'metrics.answer.otherAccount' })
  const { items } = await listImportRows(tx, file.id, {})
  const taken = items.find((one) => one.publicationId === publicationId && one.id !== row.id)
  if (taken)
    throw new DomainError('RULE_VIOLATION', {
      key: 'metrics.answer.taken',
      values: { row: taken.rowNumber },
    })
}

/** Writes what the answer says into the figures, visits, orders or costs. */
async function apply(
  tx: Tx,
  file: Pick<ImportRecord, 'id' | 'institutionId' | 'asOf'>,
  pending: PendingRow | null,
  answer: Answer,
): Promise<Settled> {
  if (answer.answer === 'leave_out') return { fate: 'ignored', reasons: [] }
  const { institutionId } = file
  const source = { institutionId, importId: file.id }
  switch (pending?.of) {
    case 'work':
      if (answer.answer !== 'bind') break
      return fileFigures(tx, { ...source, asOf: file.asOf }, answer.publicationId, pending.figures)
    case 'visit': {
      const zone = found(await findZone(tx, institutionId))
      const told = await recordVisits(tx, { ...source, zone }, [pending.visit])
      return { fate: told.get(pending.visit.rowHash) ?? 'unchanged', reasons: [] }
    }
    case 'refund': {
      const given = await recordRefund(tx, institutionId, pending.refund)
      if (!given) throw new DomainError('RULE_VIOLATION', { key: 'metrics.answer.noVisit' })
      const reason = { key: 'metrics.row.refundOfVisit', values: { day: given.visitOn } } as const
      return { fate: given.recorded, reasons: [reason] }
    }
    case 'order': {
      const zone = found(await findZone(tx, institutionId))
      const told = await recordOrders(tx, { ...source, zone }, [pending.order])
      const recorded = told.get(pending.order.orderNumber)
      return recorded === 'behind' || recorded === undefined
        ? { fate: 'unchanged', reasons: [{ key: 'metrics.row.orderBehind' }] }
        : { fate: recorded, reasons: [] }
    }
    case 'cost': {
      const { cost, replaces } = pending
      if (answer.answer === 'replace' && replaces.length === 0)
        throw new DomainError('RULE_VIOLATION', { key: 'metrics.answer.nothingToReplace' })
      const gone = answer.answer === 'replace' ? replaces : []
      return { fate: await fileCost(tx, source, { cost, replaces: gone }), reasons: [] }
    }
  }
  throw new DomainError('RULE_VIOLATION', { key: 'metrics.answer.notWaiting' })
}

async function settle(
  tx: Tx,
  actor: Actor,
  at: Date,
  given: {
    row: Pick<ImportRowView, 'id' | 'reasons'>
    settled: Settled
    answer: Answer
  },
): Promise<void> {
  const { row, settled, answer } = given
  await answerRow(tx, row.id, {
    fate: settled.fate,
    reasons: [...settled.reasons, ...row.reasons],
    publicationId: answer.answer === 'bind' ? answer.publicationId : null,
    answer: answer.answer,
    parsed: null,
    resolvedBy: actor.userId,
    resolvedAt: at,
  })
}

/** The same row waiting in another file of the same account gets the same answer, with its own figures. */
async function settleTheSame(
  tx: Tx,
  actor: Actor,
  at: Date,
  file: ImportRecord,
  row: ImportRowView,
  answer: Answer,
): Promise<string[]> {
  if (row.rowKey === null) return []
  const touched: string[] = []
  const waiting = await listWaiting(tx, file)
  for (const other of waiting.filter(({ rowKey, id }) => rowKey === row.rowKey && id !== row.id)) {
    const settled = await apply(
      tx,
      { id: other.importId, institutionId: file.institutionId, asOf: other.asOf },
      pendingOf(other),
      answer,
    )
    await settle(tx, actor, at, { row: other, settled, answer })
    touched.push(other.importId)
  }
  return touched
}
