import type {
  RevisionSummary,
  ScriptDraft,
  ScriptRevision,
  ScriptView,
  SignOff,
  SignOffCase,
  WaitingSignOff,
} from '@xingbo/shared/scripts/script.schema'
import { spokenCharacters } from '@xingbo/shared/scripts/script-text'
import { type ReturnReason, returnReasons, voidReasons } from '@xingbo/shared/scripts/sign-off'
import type { Draft, Revision, RevisionHead, ScriptItem, SignOffView } from './script.repository.ts'
import type { ScriptFile } from './script.service.ts'
import type { SignOffFile } from './sign-off.service.ts'

const presentItem = (item: ScriptItem) => ({
  contentId: item.contentId,
  title: item.title,
  stage: item.stage,
  nature: item.nature,
  platforms: item.platforms,
  dueOn: item.dueOn,
  doctorId: item.doctorId,
  doctorName: item.doctorName,
})

const presentHead = (row: RevisionHead): RevisionSummary => ({
  number: row.number,
  sha256: row.sha256,
  note: row.note,
  author: { id: row.authorId, displayName: row.authorName },
  createdAt: row.createdAt.toISOString(),
})

export const presentRevision = (row: Revision): ScriptRevision => ({
  ...presentHead(row),
  body: row.body,
})

const presentDraft = (row: Draft): ScriptDraft => ({
  body: row.body,
  basedOn: row.basedOn,
  revision: row.revision,
  updatedBy: { id: row.updatedBy, displayName: row.updatedByName },
  updatedAt: row.updatedAt.toISOString(),
})

const isReason = (text: string): text is ReturnReason =>
  (returnReasons as readonly string[]).includes(text)

export const presentSignOff = (row: SignOffView): SignOff => ({
  id: row.id,
  decision: row.decision,
  revisionNumber: row.revisionNumber,
  sha256: row.sha256,
  doctorName: row.doctorName,
  signer: { id: row.userId, displayName: row.signerName },
  reasons: row.reasons.filter(isReason),
  comment: row.comment,
  confirmedName: row.confirmedName,
  via: row.via,
  decidedAt: row.decidedAt.toISOString(),
  voided: row.voidedAt && {
    at: row.voidedAt.toISOString(),
    by: { id: row.voidedBy ?? '', displayName: row.voidedByName ?? '—' },
    reason: voidReasons.find((reason) => reason === row.voidReason) ?? 'edited',
  },
})

export const presentScript = (file: ScriptFile): ScriptView => ({
  ...presentItem(file.item),
  revisions: file.revisions.map(presentHead),
  newest: file.newest ? presentRevision(file.newest) : null,
  draft: file.draft ? presentDraft(file.draft) : null,
  draftAhead: file.draftAhead,
  signOffs: file.signOffs.map(presentSignOff),
  standing: file.standing ? presentSignOff(file.standing) : null,
})

export const presentWaiting = (file: SignOffFile): WaitingSignOff => {
  const [last] = file.signOffs
  return {
    ...presentItem(file.item),
    revisionNumber: file.newest.number,
    author: { id: file.newest.authorId, displayName: file.newest.authorName },
    waitingSince: file.item.stageEnteredAt.toISOString(),
    characters: spokenCharacters(file.newest.body),
    seenNumber: file.seenNumber,
    draftAhead: file.draftAhead !== undefined,
    last: last ? presentSignOff(last) : null,
  }
}

export const presentCase = (file: SignOffFile & { seen: Revision | undefined }): SignOffCase => ({
  ...presentItem(file.item),
  newest: presentRevision(file.newest),
  seen: file.seen ? presentRevision(file.seen) : null,
  seenNumber: file.seenNumber,
  draftAhead: file.draftAhead
    ? {
        by: { id: file.draftAhead.updatedBy, displayName: file.draftAhead.updatedByName },
        at: file.draftAhead.updatedAt.toISOString(),
      }
    : null,
  signOffs: file.signOffs.map(presentSignOff),
})
