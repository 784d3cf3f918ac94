import type { Reader } from '../../db/database.ts'
import { DomainError, found } from '../../http/errors.ts'
import {
  findDepartmentRef,
  findDoctorRef,
  findLineRef,
  listMembersAmong,
} from './content.repository.ts'
import { findTopicRow } from './topic.repository.ts'

type References = {
  readonly doctorId?: string | null
  readonly departmentId?: string | null
  readonly specialtyLineId?: string | null
  readonly topicId?: string | null
  readonly userIds?: readonly (string | null | undefined)[]
}

/**
 * Everything an item or a topic points at must be of this institution (404), and a doctor or topic newly
 * chosen must not be archived (422).
 */
export async function checkReferences(
  db: Reader,
  institutionId: string,
  refs: References,
): Promise<void> {
  if (refs.doctorId) {
    const doctor = found(await findDoctorRef(db, institutionId, refs.doctorId))
    if (doctor.archivedAt)
      throw new DomainError('RULE_VIOLATION', {
        key: 'content.doctorGone',
        values: { name: doctor.name },
      })
  }
  if (refs.topicId) {
    const topic = found(await findTopicRow(db, institutionId, refs.topicId))
    if (topic.archivedAt)
      throw new DomainError('RULE_VIOLATION', {
        key: 'content.topicArchived',
        values: { title: topic.title },
      })
  }
  if (refs.departmentId) found(await findDepartmentRef(db, institutionId, refs.departmentId))
  if (refs.specialtyLineId) found(await findLineRef(db, institutionId, refs.specialtyLineId))
  const userIds = [...new Set(refs.userIds?.filter((id) => id !== null && id !== undefined))]
  const members = await listMembersAmong(db, institutionId, userIds)
  for (const id of userIds) found(members.find((member) => member === id))
}

/** What really changes: the fields given that differ from what stands there, with both values. */
export function changesOf<Row extends object>(
  row: Row,
  patch: Partial<Row>,
): { set: Partial<Row>; changes: Record<string, [unknown, unknown]> } {
  const set: Partial<Row> = {}
  const changes: Record<string, [unknown, unknown]> = {}
  for (const key of Object.keys(patch) as (keyof Row & string)[]) {
    const next = patch[key]
    if (next === undefined || JSON.stringify(next) === JSON.stringify(row[key])) continue
    set[key] = next
    changes[key] = [row[key], next]
  }
  return { set, changes }
}
