import type { Actor } from '@xingbo/shared/identity/actor'
import { scriptCan, signOffCan } from '@xingbo/shared/scripts/script.rules'
import type { decideSignOff } from '@xingbo/shared/scripts/script.schema'
import { returnReasonLabels } from '@xingbo/shared/scripts/sign-off'
import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { clockText } from '../audit/stale.ts'
import { advanceStage } from '../content/stage.service.ts'
import { createPhoneLink } from '../identity/session.service.ts'
import {
  type Draft,
  findDraft,
  findItem,
  findRevision,
  listItemsWithDoctor,
  listSignOffs,
  type Revision,
  type ScriptItem,
  type SignOffView,
} from './script.repository.ts'
import { revisionMoved, voidStanding } from './script.service.ts'
import { isAhead } from './script-facts.service.ts'
import { findDoctorLogin, findSeenNumber, insertSignOff, saveSeen } from './sign-off.repository.ts'

/** A doctor on rounds may not look for two days; longer, and a link forgotten in a chat stays dangerous. */
const LINK_MS = 72 * 3_600_000

export type SignOffFile = {
  readonly item: ScriptItem
  readonly newest: Revision
  readonly seenNumber: number | null
  /** Set while somebody writes on. */
  readonly draftAhead: Draft | undefined
  readonly signOffs: readonly SignOffView[]
}

async function fileOf(
  db: Reader,
  actor: Actor,
  item: ScriptItem,
): Promise<SignOffFile | undefined> {
  const { institutionId, userId } = actor
  const { contentId } = item
  const newest = await findRevision(db, institutionId, contentId)
  if (!newest) return undefined
  const draft = await findDraft(db, institutionId, contentId)
  return {
    item,
    newest,
    seenNumber: await findSeenNumber(db, institutionId, contentId, userId),
    draftAhead: isAhead(draft, newest) ? draft : undefined,
    signOffs: await listSignOffs(db, institutionId, contentId),
  }
}

/** What waits for this doctor, most urgent first; a link session sees its own item only. */
export async function waitingFor(deps: Deps, actor: Actor): Promise<SignOffFile[]> {
  if (!actor.doctorId) return []
  const { scope } = actor
  const items = await listItemsWithDoctor(deps.db.read, actor.institutionId, actor.doctorId)
  const files: SignOffFile[] = []
  for (const item of items) {
    if (scope && !(scope.kind === 'sign_off' && scope.contentId === item.contentId)) continue
    const file = await fileOf(deps.db.read, actor, item)
    if (file) files.push(file)
  }
  return files
}

/** One script to sign, and the revision this person read last to compare it with. */
export async function openCase(
  deps: Deps,
  actor: Actor,
  contentId: string,
): Promise<SignOffFile & { seen: Revision | undefined }> {
  const db = deps.db.read
  const item = found(await findItem(db, actor.institutionId, contentId))
  const file = await fileOf(db, actor, item)
  if (!file) throw new DomainError('RULE_VIOLATION', { key: 'script.noRevision' })
  const { seenNumber, newest } = file
  const seen =
    seenNumber !== null && seenNumber < newest.number
      ? await findRevision(db, actor.institutionId, contentId, seenNumber)
      : undefined
  return { ...file, seen }
}

/** Notes that the doctor has read a revision to the end; the next one is then shown against it. */
export async function markSeen(
  deps: Deps,
  actor: Actor,
  input: { contentId: string; revisionNumber: number },
): Promise<number> {
  return deps.db.inTransaction(async (tx) => {
    const { institutionId, userId } = actor
    const { contentId, revisionNumber } = input
    const item = found(await findItem(tx, institutionId, contentId))
    if (item.doctorId === null || item.doctorId !== actor.doctorId)
      throw new DomainError('RULE_VIOLATION', {
        key: 'script.notSignatory',
        values: { doctor: item.doctorName ?? '' },
      })
    found(await findRevision(tx, institutionId, contentId, revisionNumber))
    const before = await findSeenNumber(tx, institutionId, contentId, userId)
    if (before !== null && before >= revisionNumber) return before
    const at = deps.now()
    await saveSeen(tx, { institutionId, contentId, userId, revisionNumber, at })
    await recordAudit(tx, actor, at, {
      action: 'script.read',
      subjectType: 'script',
      subjectId: contentId,
      detail: { number: revisionNumber },
    })
    return revisionNumber
  })
}

const alreadyDecided = (one: SignOffView): DomainError =>
  new DomainError('CONFLICT', {
    key: one.decision === 'approved' ? 'script.alreadyApproved' : 'script.alreadyReturned',
    values: {
      who: one.signerName,
      when: clockText(one.decidedAt),
      number: one.revisionNumber,
    },
  })

type Decide = z.output<typeof decideSignOff.body> & { readonly contentId: string }

/**
 * The doctor's word over exactly the revision they had on screen, named by number and SHA-256. Of two at
 * once one wins; the other is told who decided and when.
 */
export async function decide(
  deps: Deps,
  actor: Actor,
  input: Decide,
): Promise<{ signOff: SignOffView; item: ScriptItem }> {
  return deps.db.inTransaction(async (tx) => {
    const { institutionId } = actor
    const { contentId, decision } = input
    const item = found(await findItem(tx, institutionId, contentId))
    const file = await fileOf(tx, actor, item)
    if (!file) throw new DomainError('RULE_VIOLATION', { key: 'script.noRevision' })
    const { newest } = file

    const onScreen = input.revisionNumber === newest.number && input.sha256 === newest.sha256
    const mine = item.doctorId !== null && item.doctorId === actor.doctorId
    if (mine && !onScreen) throw revisionMoved(newest)
    const [latest] = file.signOffs
    if (mine && item.stage !== 'doctor_review' && latest?.revisionId === newest.id)
      throw alreadyDecided(latest)
    const signable = {
      ...item,
      authorId: newest.authorId,
      draftAhead: file.draftAhead !== undefined,
    }
    if (decision === 'approved') {
      assertVerdict(signOffCan.approve(signable, actor))
      assertVerdict(signOffCan.confirm(signable, input.confirmedName))
    } else {
      assertVerdict(signOffCan.sendBack(signable, actor))
      assertVerdict(signOffCan.explain(input))
    }

    const at = deps.now()
    await voidStanding(tx, actor, at, contentId, 'decided_anew')
    const id = newId('sgn')
    await insertSignOff(tx, {
      id,
      institutionId,
      contentId,
      revisionId: newest.id,
      revisionNumber: newest.number,
      sha256: newest.sha256,
      doctorId: found(actor.doctorId),
      userId: actor.userId,
      decision,
      reasons: decision === 'returned' ? input.reasons : [],
      comment: input.comment,
      confirmedName: input.confirmedName,
      via: actor.scope ? 'link' : 'password',
      decidedAt: at,
    })
    await saveSeen(tx, {
      institutionId,
      contentId,
      userId: actor.userId,
      revisionNumber: newest.number,
      at,
    })
    await recordAudit(tx, actor, at, {
      action: decision === 'approved' ? 'sign_off.approved' : 'sign_off.returned',
      subjectType: 'sign_off',
      subjectId: id,
      detail: {
        contentId,
        number: newest.number,
        sha256: newest.sha256,
        via: actor.scope ? 'link' : 'password',
        reasons: decision === 'returned' ? input.reasons : undefined,
      },
    })
    await advanceStage(deps, tx, actor, {
      contentId,
      from: ['doctor_review'],
      to: decision === 'approved' ? 'compliance_review' : 'scripting',
      reason: decision === 'approved' ? '' : returnSentence(input),
    })
    const [signOff] = await listSignOffs(tx, institutionId, contentId)
    return {
      signOff: found(signOff),
      item: found(await findItem(tx, institutionId, contentId)),
    }
  })
}

/** What the card of an item that came back says. */
const returnSentence = ({ reasons, comment }: Pick<Decide, 'reasons' | 'comment'>): string =>
  [reasons.map((reason) => returnReasonLabels[reason].zh).join('、'), comment]
    .filter((part) => part !== '')
    .join('；')

/** A link that opens this item on the phone of its doctor, once, within three days. */
export async function inviteDoctor(
  deps: Deps,
  actor: Actor,
  contentId: string,
): Promise<{ url: string; expiresAt: Date; doctorName: string }> {
  return deps.db.inTransaction(async (tx) => {
    const { institutionId } = actor
    const item = found(await findItem(tx, institutionId, contentId))
    assertVerdict(scriptCan.invite(item))
    if (!(await findRevision(tx, institutionId, contentId)))
      throw new DomainError('RULE_VIOLATION', { key: 'script.noRevision' })
    const doctorName = item.doctorName ?? ''
    const login = await findDoctorLogin(tx, institutionId, found(item.doctorId))
    if (!login)
      throw new DomainError('RULE_VIOLATION', {
        key: 'script.noDoctorLogin',
        values: { doctor: doctorName },
      })
    const { token, expiresAt } = await createPhoneLink(deps, tx, {
      institutionId,
      userId: login.userId,
      createdBy: actor.userId,
      scope: { kind: 'sign_off', contentId },
      lifeMs: LINK_MS,
    })
    await recordAudit(tx, actor, deps.now(), {
      action: 'sign_off.invited',
      subjectType: 'script',
      subjectId: contentId,
      detail: { doctorId: item.doctorId, userId: login.userId, expiresAt },
    })
    return {
      url: `${deps.settings.publicUrl}/m/sign-off/${contentId}#token=${token}`,
      expiresAt,
      doctorName,
    }
  })
}
