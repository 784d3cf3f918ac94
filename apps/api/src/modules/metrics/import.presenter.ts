import type { ImportRow, ImportSummary } from '@xingbo/shared/metrics/import.schema'
import type { ImportRowView, ImportView } from './import.repository.ts'
import type { ReportRow } from './parsing/report.ts'
import type { PendingRow } from './pending-row.service.ts'
import type { OutPublication } from './snapshot.repository.ts'

export const presentImport = ({ row, ...view }: ImportView): ImportSummary => ({
  id: row.id,
  kind: row.kind,
  accountId: row.accountId,
  accountName: view.accountName,
  platform: view.platform,
  fileName: row.fileName,
  asOf: row.asOf.toISOString(),
  counts: row.counts,
  rows: Object.values(row.counts).reduce((sum, n) => sum + n, 0),
  createdByName: view.createdByName ?? '—',
  createdAt: row.createdAt.toISOString(),
})

const wordsOf = ({ key, values }: ImportRowView['reasons'][number]) => ({
  key,
  values: { ...values },
})

const boundOf = ({ id, title, publishedAt, dueAt, state }: OutPublication) => ({
  publicationId: id,
  title,
  at: (publishedAt ?? dueAt).toISOString(),
  state,
})

type Publications = ReadonlyMap<string, OutPublication>

export function presentImportRow(
  row: ImportRowView,
  pending: PendingRow | null,
  publications: Publications,
): ImportRow {
  const own = publications.get(row.publicationId ?? '')
  return {
    id: row.id,
    rowNumber: row.rowNumber,
    fate: row.fate,
    label: row.label,
    publishedAt: pending?.of === 'work' ? pending.publishedAt.toISOString() : null,
    plays: pending?.of === 'work' ? pending.figures.plays : null,
    reasons: row.reasons.map(wordsOf),
    publication: own ? boundOf(own) : null,
    candidates: row.candidates.flatMap(({ publicationId, offsetSeconds, reason }) => {
      const candidate = publications.get(publicationId)
      return candidate ? [{ ...boundOf(candidate), offsetSeconds, reason: wordsOf(reason) }] : []
    }),
    replaces: pending?.of === 'cost' && pending.replaces.length > 0,
    answer: row.answer,
    resolvedByName: row.resolvedByName,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }
}

export const presentReportRow = (row: ImportRowView, publications: Publications): ReportRow => ({
  rowNumber: row.rowNumber,
  fate: row.fate,
  label: row.label,
  reasons: row.reasons,
  matchedTo: publications.get(row.publicationId ?? '')?.title ?? null,
  resolvedAt: row.resolvedAt,
})
