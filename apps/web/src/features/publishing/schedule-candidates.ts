import { accountReadiness } from '@xingbo/shared/accounts/account.rules'
import type { Account } from '@xingbo/shared/accounts/account.schema'
import { doctorReadiness } from '@xingbo/shared/doctors/doctor.rules'
import type { Message } from '@xingbo/shared/messages'
import type { CaptionInput, MediaFacts } from '@xingbo/shared/publishing/caption.rules'
import { type GateFacts, gateVerdict } from '@xingbo/shared/publishing/publication.rules'
import { activeStates, type PublicationState } from '@xingbo/shared/publishing/publication-state'
import { fitVerdict, postShapeOf } from '@xingbo/shared/publishing/schedule.rules'
import { no, type Verdict, yes } from '@xingbo/shared/verdict'
import type { ScheduleMaterial } from './publishing.queries.ts'

/** One account the item could go out on, with the rules' answer. */
export type Candidate = {
  readonly account: Account
  /** The signed words for its platform. */
  readonly words: CaptionInput | undefined
  readonly verdict: Verdict
  readonly warnings: readonly Message[]
  /** Its platform is one the item was made for, and it is not the account of somebody else. */
  readonly meant: boolean
  /** Another doctor's or department's own account. */
  readonly foreign: boolean
}

const isActive = (state: PublicationState) =>
  (activeStates as readonly PublicationState[]).includes(state)

/** The chosen cut as the platforms' limits ask about it; undefined while there is none. */
export function cutOf({ content, media }: ScheduleMaterial): MediaFacts | undefined {
  const cut = media.items.find(({ id }) => id === content.finalAssetId)
  return cut?.state === 'ready' ? { ...cut, durationMs: cut.durationMs ?? 0 } : undefined
}

/**
 * May this item be scheduled at all (`item`), and on which accounts? The same rules the server asks, over
 * what the page has loaded; `today` is `YYYY-MM-DD` in the institution's zone. Accounts the
 * item was made for come first.
 */
export function candidatesOf(
  material: ScheduleMaterial,
  today: string,
): { item: Verdict; candidates: Candidate[] } {
  const { content, script, doctor, accounts, holds, publications } = material
  const { facts } = content
  const cut = cutOf(material)
  const base: GateFacts = {
    stage: content.stage,
    scriptSha256: script.newest?.sha256 ?? '',
    signedSha256: facts.signedSha256,
    passedSha256: facts.compliance.passedSha256,
    openBlocks: facts.compliance.openBlocks,
    mediaReady: facts.cut.ready,
    holds: content.holds,
    doctor: doctor ? doctorReadiness(doctor, doctor.credentials, today).verdict : yes,
    account: yes,
  }
  const item = gateVerdict(base)
  const candidates = accounts.map((account): Candidate => {
    const readiness = accountReadiness(account, today)
    const written = script.newest?.body.captions[account.platform]
    const words = written && { ...written, ...postShapeOf(account) }
    const taken = publications.some(
      ({ accountId, state }) => accountId === account.id && isActive(state),
    )
    const gate = gateVerdict({
      ...base,
      holds: [...base.holds, ...holds.filter(({ subjectId }) => subjectId === account.id)],
      account: readiness.verdict,
    })
    const fit = fitVerdict(account.platform, words, cut)
    const verdict = taken
      ? no('publishing.alreadyScheduled', { account: account.displayName })
      : !fit.ok && item.ok
        ? fit
        : gate
    const foreign = isForeign(account, content)
    const meant = content.platforms.includes(account.platform) && !foreign
    return { account, words, verdict, warnings: readiness.warnings, meant, foreign }
  })
  return { item, candidates: candidates.sort((a, b) => Number(b.meant) - Number(a.meant)) }
}

/** A doctor's account speaks in that doctor's name, a department's in the department's. */
const isForeign = (
  { ownerType, doctorId, departmentId }: Account,
  { doctor, department }: ScheduleMaterial['content'],
): boolean =>
  (ownerType === 'doctor' && doctorId !== doctor?.id) ||
  (ownerType === 'department' && departmentId !== department?.id)
