import type { AuditEntry } from '@xingbo/shared/audit/audit.schema'
import type { AuditRow } from './audit.repository.ts'
import type { SubjectName } from './subject-name.repository.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function presentEntry(row: AuditRow, names: ReadonlyMap<string, SubjectName>): AuditEntry {
  const named = names.get(`${row.subjectType} ${row.subjectId}`)
  const detail = isRecord(row.detail) ? row.detail : { value: row.detail }
  const inDetail = typeof detail.contentId === 'string' ? detail.contentId : null
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    actorId: row.actorId,
    actorName: row.actorName,
    action: row.action,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    subjectName: named?.name ?? null,
    platform: named?.platform ?? null,
    contentId: named?.contentId ?? inDetail,
    detail,
  }
}
