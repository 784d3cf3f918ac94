import type { Publication, PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import { type PublishSnapshot, publishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import type { AttemptRow } from './attempt.repository.ts'
import type { LookRow } from './observation.repository.ts'
import type { ProofRow, PublicationRow, PublicationView } from './publication.repository.ts'

/** Who the audit log says acted when nobody did (audit.ts, `systemActor`). */
const systemId = 'system'
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const snapshotOf = (row: Pick<PublicationRow, 'snapshot'>): PublishSnapshot =>
  publishSnapshot.parse(row.snapshot)

const reasonOf = (key: string | null, values: Record<string, string | number> | null) =>
  key ? { key, values: values ?? {} } : null

export function presentPublication(view: PublicationView): Publication {
  const { row } = view
  const snapshot = row.snapshot as PublishSnapshot
  return {
    id: row.id,
    contentId: row.contentId,
    contentTitle: view.contentTitle,
    doctorName: view.doctorName,
    accountId: row.accountId,
    accountName: view.accountName,
    platform: row.platform,
    route: row.route,
    state: row.state,
    stateEnteredAt: row.stateEnteredAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    timeZone: row.timeZone,
    title: snapshot.title,
    posterAssetId: snapshot.cover?.assetId ?? snapshot.media.assetId,
    remoteUrl: row.remoteUrl,
    publishedAt: iso(row.publishedAt),
    reason: reasonOf(row.reasonKey, row.reasonValues),
    revision: row.revision,
  }
}

type EventRow = { at: Date; action: string; actorId: string; actorName: string; detail: unknown }
type EventDetail = {
  from?: PublicationState
  to?: PublicationState
  reason?: { key: string; values: Record<string, string | number> }
  note?: string
  /** The time set, or the times before and after. */
  dueAt?: string | [string, string]
}

export function presentPublicationDetail(
  view: PublicationView,
  parts: {
    attempts: AttemptRow[]
    looks: LookRow[]
    events: EventRow[]
    proofs: { proof: ProofRow; givenByName: string | null }[]
    touchToken: string | null
  },
): PublicationDetail {
  const { row } = view
  return {
    ...presentPublication(view),
    accountHandle: view.accountHandle,
    snapshot: snapshotOf(row),
    snapshotSha256: row.snapshotSha256,
    remoteId: row.remoteId,
    nextCheckAt: iso(row.nextCheckAt),
    createdByName: view.createdByName,
    attempts: parts.attempts.map((one) => ({
      number: one.number,
      step: one.step,
      outcome: one.outcome,
      errorCode: one.errorCode,
      errorMessage: one.errorMessage,
      startedAt: one.startedAt.toISOString(),
      uploadedAt: iso(one.uploadedAt),
      sentAt: iso(one.sentAt),
      answeredAt: iso(one.answeredAt),
      settledAt: iso(one.settledAt),
    })),
    looks: parts.looks.map(({ kind, result, detail, candidates, firstAt, at, times }) => ({
      kind,
      result,
      detail,
      candidates,
      firstAt: firstAt.toISOString(),
      at: at.toISOString(),
      times,
    })),
    events: parts.events.map(({ at, action, actorId, actorName, detail }) => {
      const told = detail as EventDetail
      const [dueBefore, dueAt] = Array.isArray(told.dueAt) ? told.dueAt : [null, told.dueAt]
      return {
        at: at.toISOString(),
        action,
        actorName: actorId === systemId ? null : actorName,
        from: told.from ?? null,
        to: told.to ?? null,
        reason: told.reason ?? null,
        note: told.note ?? '',
        dueAt: dueAt ?? null,
        dueBefore,
      }
    }),
    proofs: parts.proofs.map(({ proof, givenByName }) => ({
      kind: proof.kind,
      link: proof.link,
      assetId: proof.assetId,
      declared: proof.declared,
      givenBy: givenByName,
      at: proof.at.toISOString(),
      standing: proof.standing,
      doubts: proof.doubts,
      checkedAt: proof.checkedAt?.toISOString() ?? null,
    })),
    touchToken: parts.touchToken,
  }
}
