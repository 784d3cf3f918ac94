import type { ComplianceState, SignState } from '@xingbo/shared/content/card-state'
import { isOverdue } from '@xingbo/shared/content/content.rules'
import type { ContentCard, ContentItem } from '@xingbo/shared/content/content.schema'
import type { Hold } from '@xingbo/shared/content/hold.schema'
import { type CardMarks, heldKey } from './card-state.repository.ts'
import type { ContentDetail, ContentView } from './content.repository.ts'
import type { HoldView } from './hold.repository.ts'

/** The sign-off chip of one card, from the newest revision and the last decision about it. */
function signStateOf(marks: CardMarks, { row }: ContentView): SignState {
  const script = marks.revision.get(row.id)
  const last = marks.signOff.get(row.id)
  if (!script) return 'none'
  const standing =
    last?.sha256 === script.sha256 && last.voidedAt === null && last.doctorId === row.doctorId
  if (standing) return last.decision === 'approved' ? 'signed' : 'returned'
  if (row.stage === 'doctor_review') return 'waiting'
  return last?.decision === 'approved' ? 'voided' : 'none'
}

/** The compliance chip of one card; a run over older words or under another nature counts for nothing. */
function complianceStateOf(marks: CardMarks, { row }: ContentView): ComplianceState {
  const script = marks.revision.get(row.id)
  const run = marks.run.get(row.id)
  if (!script || run?.sha256 !== script.sha256 || run.nature !== row.nature) return 'none'
  if ((marks.openBlocks.get(run.id) ?? 0) > 0) return 'blocked'
  const review = marks.review.get(row.id)
  return review?.sha256 === script.sha256 && review.voidedAt === null ? review.decision : 'waiting'
}

const ref = (id: string | null, name: string | null) =>
  id !== null && name !== null ? { id, name } : null

/** `today` is the institution's day, for what is overdue. */
export function presentCard(view: ContentView, marks: CardMarks, today: string): ContentCard {
  const { row } = view
  const stoppedBy = [
    heldKey('content', row.id),
    heldKey('doctor', row.doctorId),
    heldKey('topic', row.topicId),
  ]
  return {
    id: row.id,
    title: row.title,
    stage: row.stage,
    resumeStage: row.resumeStage,
    stageEnteredAt: row.stageEnteredAt.toISOString(),
    stageReason: row.stageReason,
    doctor: ref(row.doctorId, view.doctorName),
    specialtyLine: ref(row.specialtyLineId, view.lineName),
    owner: ref(row.ownerUserId, view.ownerName),
    platforms: row.platforms,
    dueOn: row.dueOn,
    overdue: isOverdue(row, today),
    signState: signStateOf(marks, view),
    complianceState: complianceStateOf(marks, view),
    held: stoppedBy.some((key) => marks.held.has(key)),
    revision: row.revision,
  }
}

export const presentContent = ({
  view,
  marks,
  today,
  facts,
  holds,
}: ContentDetail): ContentItem => ({
  ...presentCard(view, marks, today),
  topic:
    view.row.topicId !== null && view.topicTitle !== null
      ? { id: view.row.topicId, title: view.topicTitle }
      : null,
  department: ref(view.row.departmentId, view.departmentName),
  producer: ref(view.row.producerUserId, view.producerName),
  nature: view.row.nature,
  format: view.row.format,
  finalAssetId: view.row.finalAssetId,
  coverAssetId: view.row.coverAssetId,
  createdAt: view.row.createdAt.toISOString(),
  updatedAt: view.row.updatedAt.toISOString(),
  facts,
  holds: holds.map(presentHold),
})

export const presentHold = (row: HoldView): Hold => ({
  id: row.id,
  kind: row.kind,
  subjectId: row.subjectId,
  subjectName: row.subjectName,
  reason: row.reason,
  placedBy: row.placedByName ?? '—',
  placedAt: row.createdAt.toISOString(),
  liftedBy: row.liftedByName,
  liftedAt: row.liftedAt?.toISOString() ?? null,
})
