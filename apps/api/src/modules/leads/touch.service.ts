import { bizDate } from '@xingbo/shared/dates'
import type { Actor } from '@xingbo/shared/identity/actor'
import { isMachine, type Opening, touchCan } from '@xingbo/shared/leads/touch.rules'
import { noteChange, type Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { newShortCode } from '../../security/tokens.ts'
import { recordAudit } from '../audit/audit.ts'
import {
  disableToken,
  findOwnAccount,
  findTouchPost,
  findTouchView,
  findWorkingToken,
  hasWorkingToken,
  insertToken,
  insertTouch,
  type TouchTokenView,
  type WorkingToken,
} from './touch.repository.ts'

/** As long as a list shows of it. */
const LABEL_LENGTH = 60

type NewToken = {
  readonly publicationId: string | null
  readonly accountId: string | null
  readonly label: string
  /** Set when a reviewer let a 科普 post carry it. */
  readonly allowedReason: string | null
}

async function makeToken(deps: Deps, tx: Tx, actor: Actor, made: NewToken) {
  const at = deps.now()
  const token = newShortCode()
  await insertToken(tx, {
    token,
    institutionId: actor.institutionId,
    ...made,
    allowedBy: made.allowedReason === null ? null : actor.userId,
    createdBy: actor.userId,
    createdAt: at,
  })
  await recordAudit(tx, actor, at, {
    action: 'touch_token.created',
    subjectType: 'touch_token',
    subjectId: token,
    detail: {
      publicationId: made.publicationId,
      accountId: made.accountId,
      allowedReason: made.allowedReason,
    },
  })
  return found(await findTouchView(tx, actor.institutionId, token))
}

/** Makes the touch token of a post, if the law lets the post have one. */
export async function createForPost(
  deps: Deps,
  actor: Actor,
  publicationId: string,
  reason: string,
): Promise<TouchTokenView> {
  return deps.db.inTransaction(async (tx) => {
    const post = found(await findTouchPost(tx, actor.institutionId, publicationId))
    const hasToken = await hasWorkingToken(tx, post.id)
    assertVerdict(touchCan.create({ ...post, hasToken, role: actor.role, reason }))
    return makeToken(deps, tx, actor, {
      publicationId: post.id,
      accountId: post.accountId,
      label: [...post.title].slice(0, LABEL_LENGTH).join(''),
      allowedReason: post.nature === 'science' ? reason.trim() : null,
    })
  })
}

/** Makes a touch token for a place that is no post: an account's menu, a desk, a leaflet. */
export async function createForPlace(
  deps: Deps,
  actor: Actor,
  place: { label: string; accountId: string | null },
): Promise<TouchTokenView> {
  return deps.db.inTransaction(async (tx) => {
    if (place.accountId) found(await findOwnAccount(tx, actor.institutionId, place.accountId))
    return makeToken(deps, tx, actor, { ...place, publicationId: null, allowedReason: null })
  })
}

export async function disable(deps: Deps, actor: Actor, token: string): Promise<TouchTokenView> {
  return deps.db.inTransaction(async (tx) => {
    const { row } = found(await findTouchView(tx, actor.institutionId, token))
    const at = deps.now()
    if (!(await disableToken(tx, actor.institutionId, row.token, at)))
      throw new DomainError('CONFLICT', { key: 'leads.touch.alreadyDisabled' })
    await recordAudit(tx, actor, at, {
      action: 'touch_token.disabled',
      subjectType: 'touch_token',
      subjectId: row.token,
      detail: { publicationId: row.publicationId },
    })
    return found(await findTouchView(tx, actor.institutionId, row.token))
  })
}

/** Codes are typed from posters too, in whatever case. */
export async function workingToken(db: Deps['db']['read'], token: string): Promise<WorkingToken> {
  const row = await findWorkingToken(db, token.toLowerCase())
  if (!row) throw new DomainError('NOT_FOUND', { key: 'leads.touch.gone' })
  return row
}

/**
 * Counts an opening of a short link: a visitor once a day, machines apart. Says whether the link works.
 * The visitor is a keyed hash over address, browser and day, which nobody can turn back or follow on.
 */
export async function countOpening(
  deps: Deps,
  token: string,
  opening: Opening,
  address: string,
): Promise<boolean> {
  const row = await findWorkingToken(deps.db.read, token.toLowerCase())
  if (!row) return false
  const at = deps.now()
  const bot = isMachine(opening)
  const visitor = [bizDate(at, row.zone), address, opening.userAgent ?? ''].join('\n')
  const visitorHash = deps.vault.of(row.dataKey).index('visitor', visitor)
  await deps.db.inTransaction(async (tx) => {
    const { institutionId } = row
    const first = await insertTouch(tx, {
      id: newId('tch'),
      institutionId,
      token: row.token,
      at,
      visitorHash,
      bot,
    })
    if (first) noteChange(tx, { institutionId, kind: 'touch_token', id: row.token })
  })
  return true
}
