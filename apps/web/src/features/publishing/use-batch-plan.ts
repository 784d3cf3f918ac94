import { useQuery } from '@tanstack/react-query'
import type { PlannedRow } from '@xingbo/shared/publishing/batch.schema'
import { MOST_ROWS } from '@xingbo/shared/publishing/batch.schema'
import { no, type Verdict, yes } from '@xingbo/shared/verdict'
import { useMemo, useState } from 'react'
import { checkQuery, type PlanRowInput, type SpreadInput, spreadQuery } from './schedule.queries.ts'

/** What a person changed of the proposal, by row. */
type Edits = {
  readonly times: Readonly<Record<string, string>>
  readonly dropped: ReadonlySet<string>
  readonly reasons: Readonly<Record<string, string>>
}
const untouched: Edits = { times: {}, dropped: new Set(), reasons: {} }

export const rowKey = (row: { contentId: string; accountId: string }) =>
  `${row.contentId} ${row.accountId}`

/** A random key of UUID form; `crypto.randomUUID` is missing where the page has no certificate. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * The lines of a batch: proposed by the server for `input` (null: nothing chosen yet), changed by hand, and checked by
 * the server again after every change.
 */
export function useBatchPlan(input: SpreadInput | null, zone: string) {
  const proposal = useQuery({
    ...spreadQuery(input ?? emptyInput),
    enabled: input !== null,
  })
  const [edits, setEdits] = useState<Edits>(untouched)
  const asked = JSON.stringify(input)
  const [editedFor, setEditedFor] = useState(asked)
  // Another question is another proposal: what was changed of the old one says nothing of it.
  if (editedFor !== asked) {
    setEditedFor(asked)
    setEdits(untouched)
  }
  const proposed = input && proposal.data ? proposal.data.rows : []
  const kept = proposed.filter((row) => !edits.dropped.has(rowKey(row)))
  const edited = kept.length < proposed.length || Object.keys(edits.times).length > 0
  const lines: PlanRowInput[] = kept.flatMap((row) => {
    const dueAt = edits.times[rowKey(row)] ?? row.dueAt
    return dueAt ? [{ contentId: row.contentId, accountId: row.accountId, dueAt }] : []
  })
  const recheck = useQuery({
    ...checkQuery({ timeZone: zone, rows: lines }),
    enabled: edited && lines.length > 0,
  })
  const judged = new Map(
    (edited ? (recheck.data?.rows ?? []) : []).map((row) => [rowKey(row), row]),
  )
  const rows: PlannedRow[] = kept.map((row) => {
    const time = edits.times[rowKey(row)]
    const checked = judged.get(rowKey(row))
    if (!checked) return time ? { ...row, dueAt: time } : row
    return { ...checked, ...(!time && { slotId: row.slotId, slotName: row.slotName }) }
  })
  const busy = proposal.isFetching || (edited && recheck.isFetching)

  const unanswered = rows.filter(
    (row) => row.repeat && (edits.reasons[rowKey(row)] ?? '').trim().length < 2,
  )
  const refused = rows.filter(({ refusal }) => refusal)
  const toSave = rows.flatMap((row): PlanRowInput[] =>
    row.dueAt
      ? [
          {
            contentId: row.contentId,
            accountId: row.accountId,
            dueAt: row.dueAt,
            repeatReason: row.repeat ? (edits.reasons[rowKey(row)] ?? '') : '',
          },
        ]
      : [],
  )
  const fingerprint = JSON.stringify(toSave)
  // The same lines pressed twice are one saving; other lines are another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key belongs to what would be saved
  const key = useMemo(newKey, [fingerprint])
  const verdict: Verdict =
    rows.length === 0
      ? no('publishing.nothingPlanned')
      : rows.length > MOST_ROWS
        ? no('publishing.file.tooManyRows', { max: MOST_ROWS })
        : refused.length > 0
          ? no('publishing.batchRefused', { count: refused.length })
          : unanswered.length > 0
            ? no('publishing.reasonMissing')
            : yes
  return {
    proposal,
    error: proposal.error ?? recheck.error,
    rows,
    refused,
    busy,
    edited,
    verdict,
    body: { key, timeZone: zone, rows: toSave },
    reasonOf: (row: PlannedRow) => edits.reasons[rowKey(row)] ?? '',
    setTime: (row: PlannedRow, dueAt: string) =>
      setEdits((old) => ({ ...old, times: { ...old.times, [rowKey(row)]: dueAt } })),
    drop: (gone: readonly PlannedRow[]) =>
      setEdits((old) => ({
        ...old,
        dropped: new Set([...old.dropped, ...gone.map(rowKey)]),
      })),
    setReason: (rows: readonly PlannedRow[], reason: string) =>
      setEdits((old) => ({
        ...old,
        reasons: {
          ...old.reasons,
          ...Object.fromEntries(rows.map((row) => [rowKey(row), reason])),
        },
      })),
    startOver: () => {
      setEdits(untouched)
      void proposal.refetch()
    },
  }
}
export type BatchPlan = ReturnType<typeof useBatchPlan>

/** Never sent: the query is off while there is nothing to ask. */
const emptyInput: SpreadInput = {
  contentIds: [],
  accountIds: [],
  sharing: 'deal',
  way: { by: 'slots', start: '1970-01-01T00:00:00.000Z' },
}
