import type { ImportKind } from '@xingbo/shared/metrics/import-kind'
import type { Tx } from '../../db/database.ts'
import { listAnswers, listWaiting } from './import.repository.ts'
import type { ParsedRow } from './parsing/parsed-row.ts'
import type { RowOutcome } from './pending-row.service.ts'

/** How a row that was not taken is written down: repeats are repeats, however they are spelled. */
export const plainFate = (fate: ParsedRow<unknown>['fate']) =>
  fate === 'duplicate' || fate === 'near_duplicate'
    ? 'duplicate'
    : fate === 'ignored'
      ? 'ignored'
      : 'invalid'

export type RecordImport = {
  readonly institutionId: string
  readonly importId: string
  readonly kind: ImportKind
  readonly accountId: null
  readonly zone: string
}

/** What people have answered to rows of earlier files, and which rows still wait for them. */
export async function earlierAnswers(tx: Tx, source: RecordImport) {
  const said = new Map(
    (await listAnswers(tx, source)).map(({ rowKey, answer }) => [rowKey, answer] as const),
  )
  const waiting = new Set((await listWaiting(tx, source)).map(({ rowKey }) => rowKey))
  return { said, waiting }
}
type Earlier = Awaited<ReturnType<typeof earlierAnswers>>

/** Whether a row may be recorded now; otherwise what is written down of it. */
export function standing<T>(
  row: ParsedRow<T>,
  rowKey: string | null,
  label: string,
  { said, waiting }: Earlier,
): { readonly taken: boolean; readonly outcome: RowOutcome } {
  const outcome: RowOutcome = {
    rowNumber: row.rowNumber,
    fate: 'added',
    label,
    reasons: [...row.reasons],
    rowKey,
    publicationId: null,
    candidates: [],
    parsed: null,
  }
  if (rowKey === null || (row.fate !== 'ok' && row.fate !== 'needs_person'))
    return { taken: false, outcome: { ...outcome, fate: plainFate(row.fate) } }
  const answer = said.get(rowKey)
  if (answer === 'leave_out')
    return {
      taken: false,
      outcome: {
        ...outcome,
        fate: 'ignored',
        reasons: [{ key: 'metrics.row.leftOut' }, ...row.reasons],
      },
    }
  if (row.fate === 'ok' || answer) return { taken: true, outcome }
  if (waiting.has(rowKey))
    return {
      taken: false,
      outcome: { ...outcome, fate: 'duplicate', reasons: [{ key: 'metrics.row.asked' }] },
    }
  return { taken: false, outcome: { ...outcome, fate: 'needs_person' } }
}
