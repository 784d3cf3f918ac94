import type { Actor } from '@xingbo/shared/identity/actor'
import { scriptCan } from '@xingbo/shared/scripts/script.rules'
import { type ScriptBody, settleScript } from '@xingbo/shared/scripts/script-body'
import type { VoidReason } from '@xingbo/shared/scripts/sign-off'
import type { Reader, Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { clockText, stale } from '../audit/stale.ts'
import { checkNewest } from '../compliance/compliance.service.ts'
import { reopenForScript } from '../content/stage.service.ts'
import {
  type Draft,
  deleteDraft,
  findDraft,
  findItem,
  findRevision,
  insertDraft,
  insertRevision,
  listRevisionHeads,
  listSignOffs,
  noteDraft,
  type Revision,
  type RevisionHead,
  type ScriptItem,
  type SignOffView,
  updateDraft,
} from './script.repository.ts'
import { isAhead, scriptSha256, standingOf } from './script-facts.service.ts'
import { voidApprovals } from './sign-off.repository.ts'

export type ScriptFile = {
  readonly item: ScriptItem
  readonly revisions: readonly RevisionHead[]
  readonly newest: Revision | undefined
  readonly draft: Draft | undefined
  readonly draftAhead: boolean
  readonly signOffs: readonly SignOffView[]
  readonly standing: SignOffView | undefined
}

/** Everything there is about the script of one item. */
export async function readScript(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<ScriptFile> {
  const item = found(await findItem(db, institutionId, contentId))
  const newest = await findRevision(db, institutionId, contentId)
  const draft = await findDraft(db, institutionId, contentId)
  const signOffs = await listSignOffs(db, institutionId, contentId)
  return {
    item,
    revisions: await listRevisionHeads(db, institutionId, contentId),
    newest,
    draft,
    draftAhead: isAhead(draft, newest),
    signOffs,
    standing: standingOf(item, newest, signOffs),
  }
}

/** The 409 for somebody whose screen shows an older revision than there is. */
export const revisionMoved = (newest: RevisionHead): DomainError =>
  new DomainError('CONFLICT', {
    key: 'script.revisionMoved',
    values: {
      who: newest.authorName,
      when: clockText(newest.createdAt),
      number: newest.number,
    },
  })

const draftMoved = (draft: Draft): DomainError =>
  new DomainError('CONFLICT', {
    key: 'script.draftMoved',
    values: { who: draft.updatedByName, when: clockText(draft.updatedAt) },
  })

type Writing = {
  readonly contentId: string
  readonly body: ScriptBody
  /** What the writer's screen rests on: the newest revision and the draft it showed. */
  readonly basedOn: number | null
  readonly draftRevision: number | null
}

/** The item, if it may be written to and the writer's screen is not out of date. */
async function openForWriting(tx: Tx, actor: Actor, input: Writing) {
  const item = found(await findItem(tx, actor.institutionId, input.contentId))
  assertVerdict(scriptCan.write(item.stage))
  const newest = await findRevision(tx, actor.institutionId, input.contentId)
  if (newest && newest.number !== input.basedOn) throw revisionMoved(newest)
  const draft = await findDraft(tx, actor.institutionId, input.contentId)
  if (draft && draft.revision !== input.draftRevision) throw draftMoved(draft)
  if (
    (newest?.number ?? null) !== input.basedOn ||
    (draft?.revision ?? null) !== input.draftRevision
  )
    throw await stale(tx, 'script', input.contentId)
  return { item, newest, draft }
}

/**
 * Keeps what is being typed. Nobody's words are overwritten: a save that does not rest on the draft and
 * revision now stored is refused with who wrote meanwhile.
 */
export async function saveDraft(
  deps: Deps,
  actor: Actor,
  input: Writing,
): Promise<{ revision: number; updatedAt: Date; ahead: boolean }> {
  return deps.db.inTransaction(async (tx) => {
    const { newest, draft } = await openForWriting(tx, actor, input)
    const { institutionId } = actor
    const { contentId, body, basedOn } = input
    const at = deps.now()
    const set = { body, basedOn, updatedBy: actor.userId, updatedAt: at }
    if (!draft) await insertDraft(tx, { institutionId, contentId, ...set })
    else if (!(await updateDraft(tx, { institutionId, contentId, revision: draft.revision }, set)))
      throw draftMoved(draft)
    if (draft?.updatedBy === actor.userId) noteDraft(tx, institutionId, contentId)
    else
      await recordAudit(tx, actor, at, {
        action: draft ? 'script.draft_continued' : 'script.draft_started',
        subjectType: 'script',
        subjectId: contentId,
        detail: { basedOn },
      })
    return {
      revision: (draft?.revision ?? 0) + 1,
      updatedAt: at,
      ahead: isAhead({ body }, newest),
    }
  })
}

/** Takes back every approval that stands on an item, and says so in the audit log. */
export async function voidStanding(
  tx: Tx,
  actor: Actor,
  at: Date,
  contentId: string,
  reason: VoidReason,
): Promise<void> {
  const { institutionId } = actor
  const voided = await voidApprovals(
    tx,
    { institutionId, contentId },
    { voidedAt: at, voidedBy: actor.userId, voidReason: reason },
  )
  for (const { id, revisionNumber } of voided)
    await recordAudit(tx, actor, at, {
      action: 'sign_off.voided',
      subjectType: 'sign_off',
      subjectId: id,
      detail: { contentId, revisionNumber, reason },
    })
}

/**
 * Freezes the words as the next revision. Whatever was signed was signed over other words, so a standing
 * sign-off falls and an item that had gone on returns to the doctor (product law 1).
 */
export async function saveRevision(
  deps: Deps,
  actor: Actor,
  input: Writing & { readonly note: string },
): Promise<ScriptFile> {
  return deps.db.inTransaction(async (tx) => {
    const { newest } = await openForWriting(tx, actor, input)
    const { institutionId } = actor
    const { contentId } = input
    const body = settleScript(input.body)
    assertVerdict(scriptCan.freeze(body))
    const sha256 = scriptSha256(body)
    if (newest?.sha256 === sha256)
      throw new DomainError('RULE_VIOLATION', {
        key: 'script.unchanged',
        values: { number: newest.number },
      })
    const at = deps.now()
    const number = (newest?.number ?? 0) + 1
    await insertRevision(tx, {
      id: newId('rev'),
      institutionId,
      contentId,
      number,
      body,
      sha256,
      note: input.note,
      authorId: actor.userId,
      createdAt: at,
    })
    await deleteDraft(tx, institutionId, contentId)
    await voidStanding(tx, actor, at, contentId, 'edited')
    await recordAudit(tx, actor, at, {
      action: 'script.revised',
      subjectType: 'script',
      subjectId: contentId,
      detail: { number, sha256 },
    })
    // The engine sees every revision the moment it exists: nobody ever decides on words it has not read.
    await checkNewest(deps, tx, actor, contentId)
    await reopenForScript(deps, tx, actor, contentId, `脚本改为 v${number}，需医生重新签发`)
    return readScript(tx, institutionId, contentId)
  })
}
