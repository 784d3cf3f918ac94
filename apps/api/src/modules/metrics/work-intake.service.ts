import { setImmediate } from 'node:timers/promises'
import { canonicalJson } from '@xingbo/shared/canonical-json'
import type { ImportKind } from '@xingbo/shared/metrics/import-kind'
import { matchWorks, type WorkMatch } from '@xingbo/shared/metrics/matching.rules'
import type { Tx } from '../../db/database.ts'
import { checkProofsAgainstWorks } from '../publishing/proof-check.service.ts'
import { listAnswers, listWaiting } from './import.repository.ts'
import type { ParsedRow } from './parsing/parsed-row.ts'
import type { ParsedWork } from './parsing/works.ts'
import { type Figures, pendingOf, type RowOutcome } from './pending-row.service.ts'
import { plainFate } from './row-standing.service.ts'
import { listOutPublications } from './snapshot.repository.ts'
import { fileFigures } from './snapshot.service.ts'

/** Each row is a statement or two; after so many the server answers others. */
const ROWS_PER_TURN = 100

type WorkImport = {
  readonly institutionId: string
  readonly importId: string
  readonly kind: ImportKind
  readonly accountId: string
  readonly asOf: Date
  readonly now: Date
}

/** What people have said about this account's works in earlier files. */
async function earlierWords(tx: Tx, source: WorkImport) {
  const bound = new Map<string, string>()
  const notOurs = new Set<string>()
  for (const { rowKey, answer, publicationId } of await listAnswers(tx, source)) {
    bound.delete(rowKey)
    notOurs.delete(rowKey)
    if (answer === 'leave_out') notOurs.add(rowKey)
    else if (publicationId !== null) bound.set(rowKey, publicationId)
  }
  const waiting = new Set<string>()
  for (const row of await listWaiting(tx, source)) {
    const pending = pendingOf(row)
    if (row.fate === 'needs_person' && pending?.of === 'work')
      waiting.add(questionOf(row.rowKey, pending.figures))
  }
  return { bound, notOurs, waiting }
}

/** The same work with the same figures asks the same question. */
const questionOf = (rowKey: string, shown: Figures): string => `${rowKey}|${canonicalJson(shown)}`

/**
 * Files the figures of an export's works under the account's publications. What is not certain waits for a
 * person; what a person has said before holds.
 */
export async function takeWorks(
  tx: Tx,
  source: WorkImport,
  rows: readonly ParsedRow<ParsedWork>[],
): Promise<RowOutcome[]> {
  const { bound, notOurs, waiting } = await earlierWords(tx, source)
  const publications = await listOutPublications(tx, source.institutionId, source.accountId)
  const open = rows.flatMap(({ fate, value }) =>
    fate === 'ok' && value && !notOurs.has(value.key) ? [value] : [],
  )
  const matches = matchWorks(
    open,
    publications.map(({ id, title, publishedAt, dueAt }) => ({
      id,
      title,
      at: publishedAt ?? dueAt,
    })),
    settledAmong(bound, new Set(publications.map(({ id }) => id))),
  )

  const outcomes: RowOutcome[] = []
  for (const [at, row] of rows.entries()) {
    if (at > 0 && at % ROWS_PER_TURN === 0) await setImmediate()
    outcomes.push(await takeWork(tx, source, row, { notOurs, waiting, matches }))
  }
  const titles = new Map(publications.map(({ id, title }) => [id, title]))
  await checkProofsAgainstWorks(tx, source.now, source, open, matches, titles)
  return outcomes
}

async function takeWork(
  tx: Tx,
  source: WorkImport,
  row: ParsedRow<ParsedWork>,
  known: {
    readonly notOurs: ReadonlySet<string>
    readonly waiting: ReadonlySet<string>
    readonly matches: ReadonlyMap<string, WorkMatch>
  },
): Promise<RowOutcome> {
  const { rowNumber, value: work } = row
  const outcome = {
    rowNumber,
    label: work?.title ?? '',
    reasons: [...row.reasons],
    rowKey: work?.key ?? null,
    publicationId: null,
    candidates: [],
    parsed: null,
  }
  if (!work || row.fate !== 'ok') return { ...outcome, fate: plainFate(row.fate) }
  if (known.notOurs.has(work.key))
    return {
      ...outcome,
      fate: 'ignored',
      reasons: [{ key: 'metrics.row.notOurs' }, ...row.reasons],
    }
  const match = known.matches.get(work.key)
  if (match?.outcome === 'matched') {
    const { publicationId } = match
    const filed = await fileFigures(tx, source, publicationId, work.metrics)
    const reasons = [...filed.reasons, ...row.reasons]
    return { ...outcome, fate: filed.fate, reasons, publicationId }
  }
  const parsed = { of: 'work' as const, publishedAt: work.publishedAt, figures: work.metrics }
  if (match?.outcome !== 'ambiguous')
    return {
      ...outcome,
      fate: 'unmatched',
      reasons: [match?.reason ?? { key: 'metrics.match.none' }, ...row.reasons],
      parsed,
    }
  if (known.waiting.has(questionOf(work.key, work.metrics)))
    return { ...outcome, fate: 'duplicate', reasons: [{ key: 'metrics.row.asked' }] }
  return {
    ...outcome,
    fate: 'needs_person',
    reasons: [match.reason, ...row.reasons],
    candidates: [...match.candidates],
    parsed,
  }
}

/** An answer counts only while its publication can still be on the platform. */
const settledAmong = (
  bound: ReadonlyMap<string, string>,
  known: ReadonlySet<string>,
): ReadonlyMap<string, string> => new Map([...bound].filter(([, id]) => known.has(id)))
