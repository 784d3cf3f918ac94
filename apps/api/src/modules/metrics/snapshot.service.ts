import type { Message } from '@xingbo/shared/messages'
import type { ImportRowFate } from '@xingbo/shared/metrics/import-fate'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import { type Figures, figures } from './pending-row.service.ts'
import { findImportSnapshot, insertSnapshot, updateSnapshot } from './snapshot.repository.ts'

const columns = Object.keys(figures.shape) as (keyof Figures)[]

type Filed = { readonly fate: ImportRowFate; readonly reasons: readonly Message[] }

/**
 * Writes down a publication's figures as of a moment. The same figures again are no new fact, whatever the
 * moment; other figures for the very same moment correct what was written.
 */
export async function fileFigures(
  tx: Tx,
  source: { institutionId: string; importId: string; asOf: Date },
  publicationId: string,
  shown: Figures,
): Promise<Filed> {
  if (columns.every((column) => shown[column] === null))
    return { fate: 'unchanged', reasons: [{ key: 'metrics.row.noFigures' }] }
  const known = await findImportSnapshot(tx, publicationId, source.asOf)
  if (known && columns.every((column) => known[column] === shown[column]))
    return { fate: 'unchanged', reasons: [{ key: 'metrics.row.sameFigures' }] }
  if (known?.asOf.getTime() === source.asOf.getTime())
    await updateSnapshot(tx, known.id, { ...shown, importId: source.importId })
  else
    await insertSnapshot(tx, {
      id: newId('snp'),
      ...source,
      publicationId,
      source: 'import',
      ...shown,
    })
  return { fate: known ? 'updated' : 'added', reasons: [] }
}
