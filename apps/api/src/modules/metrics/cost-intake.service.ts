import { costKindLabels } from '@xingbo/shared/metrics/cost-kind'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import { sha256Hex } from '../../security/tokens.ts'
import { type CostRow, deleteCosts, insertCost, listCosts } from './cost.repository.ts'
import type { ParsedCost } from './parsing/costs.ts'
import type { ParsedRow } from './parsing/parsed-row.ts'
import type { PendingRow, RowOutcome } from './pending-row.service.ts'
import { earlierAnswers, type RecordImport, standing } from './row-standing.service.ts'

type PendingCost = Extract<PendingRow, { of: 'cost' }>

const costOf = ({ identity, ...cost }: ParsedCost): PendingCost['cost'] => ({
  ...cost,
  rowHash: sha256Hex(`cost|${identity}`),
})
const sameSpending = (a: PendingCost['cost'], b: CostRow): boolean =>
  a.month === b.month &&
  a.specialtyLineId === b.specialtyLineId &&
  a.accountId === b.accountId &&
  a.kind === b.kind

const yuan = (fen: number): string => (fen / 100).toFixed(2)

/** Writes a cost down, once; `replaces` go. */
export async function fileCost(
  tx: Tx,
  source: { institutionId: string; importId: string },
  { cost, replaces }: Pick<PendingCost, 'cost' | 'replaces'>,
): Promise<'added' | 'updated' | 'unchanged'> {
  const { institutionId, importId } = source
  const known = await listCosts(tx, institutionId)
  if (known.some(({ rowHash }) => rowHash === cost.rowHash)) return 'unchanged'
  await deleteCosts(tx, replaces)
  await insertCost(tx, { id: newId('cst'), institutionId, importId, ...cost })
  return replaces.length > 0 ? 'updated' : 'added'
}

/**
 * Files a sheet of costs. A row that says another amount where an earlier file had one, which this file has
 * no more, may be its correction or a second cost: a person says which.
 */
export async function takeCosts(
  tx: Tx,
  source: RecordImport,
  rows: readonly ParsedRow<ParsedCost>[],
  lineName: (id: string) => string,
): Promise<RowOutcome[]> {
  const earlier = await earlierAnswers(tx, source)
  const known = await listCosts(tx, source.institutionId)
  const knownHashes = new Set(known.map(({ rowHash }) => rowHash))
  const shown = new Set(rows.flatMap(({ value }) => (value ? [costOf(value).rowHash] : [])))

  const outcomes: RowOutcome[] = []
  for (const row of rows) {
    const cost = row.value && costOf(row.value)
    const label = cost
      ? [
          cost.month,
          cost.specialtyLineId && lineName(cost.specialtyLineId),
          costKindLabels[cost.kind].zh,
          `¥${yuan(cost.amountFen)}`,
        ]
          .filter(Boolean)
          .join(' · ')
      : ''
    const superseded =
      cost && !knownHashes.has(cost.rowHash)
        ? known.filter((one) => sameSpending(cost, one) && !shown.has(one.rowHash))
        : []
    const asks: ParsedRow<ParsedCost> =
      row.fate === 'ok' && superseded.length > 0
        ? {
            ...row,
            fate: 'needs_person',
            reasons: [
              {
                key: 'metrics.row.costChanged',
                values: { old: yuan(superseded.reduce((sum, one) => sum + one.amountFen, 0)) },
              },
              ...row.reasons,
            ],
          }
        : row
    const { taken, outcome } = standing(asks, cost?.rowHash ?? null, label, earlier)
    const replaces = superseded.map(({ id }) => id)
    if (cost && taken)
      outcomes.push({ ...outcome, fate: await fileCost(tx, source, { cost, replaces: [] }) })
    else if (cost && outcome.fate === 'needs_person')
      outcomes.push({ ...outcome, parsed: { of: 'cost', cost, replaces } })
    else outcomes.push(outcome)
  }
  return outcomes
}
