import type { Topic } from '@xingbo/shared/content/topic.schema'
import type { TopicView } from './topic.repository.ts'

const ref = (id: string | null, name: string | null) =>
  id !== null && name !== null ? { id, name } : null

export const presentTopic = (view: TopicView): Topic => ({
  id: view.row.id,
  title: view.row.title,
  doctor: ref(view.row.doctorId, view.doctorName),
  department: ref(view.row.departmentId, view.departmentName),
  specialtyLine: ref(view.row.specialtyLineId, view.lineName),
  format: view.row.format,
  audience: view.row.audience,
  hook: view.row.hook,
  priority: view.row.priority,
  note: view.row.note,
  contentCount: view.contentCount,
  archived: view.row.archivedAt !== null,
  revision: view.row.revision,
  createdAt: view.row.createdAt.toISOString(),
  updatedAt: view.row.updatedAt.toISOString(),
})
