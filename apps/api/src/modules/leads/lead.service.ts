import type { Actor } from '@xingbo/shared/identity/actor'
import { consents, currentConsent } from '@xingbo/shared/leads/consent'
import { leadCan, revealsPerHour, statusAfter } from '@xingbo/shared/leads/lead.rules'
import type { followUpLead } from '@xingbo/shared/leads/lead.schema'
import { withoutPerson } from '@xingbo/shared/leads/mask.rules'
import { readPhone } from '@xingbo/shared/leads/phone.rules'
import type { leaveLead as leaveLeadEndpoint } from '@xingbo/shared/leads/touch.schema'
import type { z } from 'zod'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit, systemActor } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import {
  countReveals,
  emptyNotes,
  findLeadView,
  findSameLead,
  insertLead,
  insertLeadEvent,
  type LeadView,
  updateLead,
} from './lead.repository.ts'
import { forgetPhone, linkByPhone } from './patient-record.repository.ts'
import { phoneIndex } from './patient-record.service.ts'
import { workingToken } from './touch.service.ts'

const HOUR = 3_600_000
/** Within a day the same phone on the same link is the same wish, corrected. */
const SAME_LEAD_MS = 24 * HOUR

/** Where a lead's name and phone are sealed to. */
export const namePlace = (leadId: string): string => `leads.name.${leadId}`
export const phonePlace = (leadId: string): string => `leads.phone.${leadId}`

/** Takes what a person leaves on a landing page. A machine that fills in the hidden field learns nothing. */
export async function leaveLead(
  deps: Deps,
  token: string,
  form: z.output<typeof leaveLeadEndpoint.body>,
): Promise<void> {
  if (form.website !== '') return
  if (form.consentVersion !== currentConsent)
    throw new DomainError('RULE_VIOLATION', { key: 'leads.consentChanged' })
  const phone = readPhone(form.phone)
  if (!phone.ok)
    throw new DomainError('VALIDATION', { key: 'leads.phone.wrong' }, [
      { path: 'phone', reason: { key: 'leads.phone.wrong' } },
    ])
  await deps.db.inTransaction(async (tx) => {
    const touch = await workingToken(tx, token)
    const { institutionId } = touch
    const vault = deps.vault.of(touch.dataKey)
    const index = phoneIndex(vault, phone.e164)
    const at = deps.now()
    const given = (id: string) => ({
      name: vault.seal(namePlace(id), form.name),
      phone: vault.seal(phonePlace(id), phone.e164),
      consentPurpose: consents[currentConsent].purpose.zh,
      consentVersion: currentConsent,
      consentAt: at,
    })
    const same = await findSameLead(tx, {
      institutionId,
      token: touch.token,
      phoneIndex: index,
      since: new Date(at.getTime() - SAME_LEAD_MS),
    })
    const id = same?.id ?? newId('led')
    if (same)
      await updateLead(
        tx,
        { institutionId, id, revision: same.revision },
        { ...given(id), ...(form.wish !== '' && { wish: form.wish }) },
      )
    else {
      await insertLead(tx, {
        id,
        institutionId,
        touchToken: touch.token,
        publicationId: touch.publicationId,
        accountId: touch.accountId,
        departmentId: touch.departmentId,
        ...given(id),
        phoneIndex: index,
        wish: form.wish,
        status: 'new',
        createdAt: at,
      })
      await linkByPhone(tx, institutionId, index, id)
    }
    await recordAudit(tx, systemActor(institutionId), at, {
      action: same ? 'lead.left_again' : 'lead.left',
      subjectType: 'lead',
      subjectId: id,
      detail: {
        publicationId: touch.publicationId,
        accountId: touch.accountId,
        consentVersion: currentConsent,
      },
    })
  })
}

/** Shows a lead's name and phone to somebody who says why; the log keeps who, whose, when and why. */
export async function reveal(
  deps: Deps,
  actor: Actor,
  leadId: string,
  reason: string,
): Promise<{ name: string; phone: string }> {
  return deps.db.inTransaction(async (tx) => {
    const { row } = found(await findLeadView(tx, actor.institutionId, leadId))
    assertVerdict(leadCan.reveal(row))
    const at = deps.now()
    const revealed = await countReveals(tx, {
      institutionId: actor.institutionId,
      userId: actor.userId,
      since: new Date(at.getTime() - HOUR),
    })
    if (revealed >= revealsPerHour)
      throw new DomainError('TOO_MANY', {
        key: 'leads.revealTooMany',
        values: { n: revealsPerHour },
      })
    const vault = await institutionVault(deps, tx, actor.institutionId)
    const name = vault.open(namePlace(row.id), row.name ?? '')
    const phone = vault.open(phonePlace(row.id), row.phone ?? '')
    await recordAudit(tx, actor, at, {
      action: 'lead.revealed',
      subjectType: 'lead',
      subjectId: row.id,
      detail: { reason: withoutPerson(reason, name) },
    })
    return { name, phone }
  })
}

const actionOf = {
  follow_up: 'lead.followed_up',
  consultation: 'lead.consulted',
  closed: 'lead.closed',
} as const

/** Writes down what happened with a lead; whoever writes first takes it up. */
export async function followUp(
  deps: Deps,
  actor: Actor,
  leadId: string,
  { revision, kind, note }: z.output<typeof followUpLead.body>,
): Promise<LeadView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row } = found(await findLeadView(tx, institutionId, leadId))
    assertVerdict(leadCan.followUp(row, kind))
    const at = deps.now()
    const status = statusAfter(row.status, kind)
    const changed = await updateLead(
      tx,
      { institutionId, id: row.id, revision },
      { status, advisorUserId: row.advisorUserId ?? actor.userId },
    )
    if (!changed) throw await stale(tx, 'lead', row.id)
    await insertLeadEvent(tx, {
      id: newId('lev'),
      institutionId,
      leadId: row.id,
      kind,
      note,
      userId: actor.userId,
      at,
    })
    await recordAudit(tx, actor, at, {
      action: actionOf[kind],
      subjectType: 'lead',
      subjectId: row.id,
      detail: { status: [row.status, status] },
    })
    return found(await findLeadView(tx, institutionId, row.id))
  })
}

/**
 * Erases a person on their request: name, phone, wish, notes, and every index by which the phone could be
 * found again, in the hospital's lists too. That there was a lead, from where and when, stays for the counts.
 */
export async function erase(
  deps: Deps,
  actor: Actor,
  leadId: string,
  { revision, reason }: { revision: number; reason: string },
): Promise<LeadView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const { row } = found(await findLeadView(tx, institutionId, leadId))
    assertVerdict(leadCan.erase(row))
    const at = deps.now()
    const vault = await institutionVault(deps, tx, institutionId)
    const name = vault.open(namePlace(row.id), row.name ?? '')
    const changed = await updateLead(
      tx,
      { institutionId, id: row.id, revision },
      { name: null, phone: null, phoneIndex: null, wish: '', status: 'closed', erasedAt: at },
    )
    if (!changed) throw await stale(tx, 'lead', row.id)
    await emptyNotes(tx, institutionId, row.id)
    await forgetPhone(tx, institutionId, row.id)
    await recordAudit(tx, actor, at, {
      action: 'lead.erased',
      subjectType: 'lead',
      subjectId: row.id,
      detail: { reason: withoutPerson(reason, name) },
    })
    return found(await findLeadView(tx, institutionId, row.id))
  })
}
