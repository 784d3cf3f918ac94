import type { Stage } from '../content/stage.ts'
import type { Actor } from '../identity/actor.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import type { ScriptBody } from './script-body.ts'
import type { ReturnReason } from './sign-off.ts'

/** Past these a script is history: what went out was frozen from it. */
const closed: readonly Stage[] = ['live', 'archived', 'recalled']

export const scriptCan = {
  /** May the text be changed while the item stands there? */
  write(stage: Stage): Verdict {
    if (stage === 'rejected') return no('script.rejected')
    if (closed.includes(stage)) return no('script.closed')
    return yes
  },
  /** Is it enough of a script to be numbered? */
  freeze(body: ScriptBody): Verdict {
    if (body.title.trim() === '') return no('script.titleMissing')
    const spoken = [body.hook, body.callToAction, ...body.shots.map((shot) => shot.text)]
    if (spoken.every((text) => text.trim() === '')) return no('script.textMissing')
    return yes
  },
  /** May a link to the doctor's phone be made? */
  invite(item: { readonly stage: Stage; readonly doctorId: string | null }): Verdict {
    if (item.doctorId === null) return no('script.noDoctor')
    if (item.stage !== 'doctor_review') return no('script.notWithDoctor')
    return yes
  },
}

/** What a decision is about. */
type Signable = {
  readonly stage: Stage
  readonly doctorId: string | null
  readonly doctorName: string | null
  readonly authorId: string
  readonly draftAhead: boolean
}
type Signer = Pick<Actor, 'userId' | 'role' | 'doctorId'>

/** Names are compared without blanks and without regard to full-width forms or case. */
const nameKey = (name: string) => name.normalize('NFKC').replace(/\s/g, '').toLowerCase()
const isSameName = (typed: string, name: string): boolean =>
  nameKey(typed) !== '' && nameKey(typed) === nameKey(name)

const ownAndWaiting = (item: Signable, actor: Signer): Verdict => {
  if (item.doctorId === null || item.doctorName === null) return no('script.noDoctor')
  if (actor.role !== 'doctor' || actor.doctorId !== item.doctorId)
    return no('script.notSignatory', { doctor: item.doctorName })
  if (item.stage !== 'doctor_review') return no('script.notWithDoctor')
  return yes
}

/** Whether a doctor may decide, apart from the revision being the newest, which only the server can know. */
export const signOffCan = {
  /** Everything about approving that does not depend on what is typed. */
  approve(item: Signable, actor: Signer): Verdict {
    const basis = ownAndWaiting(item, actor)
    if (!basis.ok) return basis
    if (item.authorId === actor.userId) return no('script.ownWork')
    if (item.draftAhead) return no('script.draftAhead')
    return yes
  },
  /** A signature is given by name: the doctor's own, typed. */
  confirm(item: Signable, typed: string): Verdict {
    if (typed.trim() === '') return no('script.nameMissing')
    if (item.doctorName === null || !isSameName(typed, item.doctorName))
      return no('script.nameDiffers', { doctor: item.doctorName ?? '' })
    return yes
  },
  /** Sending back asks for a reason instead of a name, and may happen while somebody writes on. */
  sendBack(item: Signable, actor: Signer): Verdict {
    return ownAndWaiting(item, actor)
  },
  explain(input: { readonly reasons: readonly ReturnReason[]; readonly comment: string }): Verdict {
    const said = input.comment.trim() !== ''
    if (input.reasons.length === 0 && !said) return no('script.reasonMissing')
    if (!said && input.reasons.every((reason) => reason === 'other'))
      return no('script.otherNeedsWords')
    return yes
  },
}
