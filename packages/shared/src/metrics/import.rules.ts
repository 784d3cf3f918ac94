import type { Platform } from '../accounts/platform.ts'
import type { Role } from '../identity/actor.ts'
import type { PublicationState } from '../publishing/publication-state.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import type { ImportAnswer } from './import-answer.ts'
import type { ImportRowFate } from './import-fate.ts'
import type { ImportKind } from './import-kind.ts'

type WorkKind = 'douyin_works' | 'xiaohongshu_notes'

/** The platform whose back office writes each kind of export; such a file belongs to one account of it. */
export const platformOfWorks = {
  douyin_works: 'douyin',
  xiaohongshu_notes: 'xiaohongshu',
} as const satisfies Record<WorkKind, Platform>

export const isWorks = (kind: ImportKind): kind is WorkKind => kind in platformOfWorks
/** States in which a post may be seen on its platform, so that a row of an export can be it. */
export const outStates = [
  'published',
  'accepted',
  'unconfirmed',
  'awaiting_person',
] as const satisfies PublicationState[]

/** Files with names and phones of patients in them. */
export const isAboutPatients = (kind: ImportKind): boolean => kind === 'visits' || kind === 'orders'

export const importCan = {
  /** Who may bring in a file of this kind and answer its rows: those who work with what it says. */
  bring(role: Role, kind: ImportKind): Verdict {
    if (role === 'admin') return yes
    if (isAboutPatients(kind))
      return role === 'advisor' ? yes : no('metrics.import.patientsByAdvisor')
    return role === 'operator' ? yes : no('metrics.import.figuresByOperator')
  },
  /** Who may see its rows one by one; the counts are open to everybody who sees the list. */
  readRows(role: Role, kind: ImportKind): Verdict {
    if (isAboutPatients(kind))
      return role === 'advisor' || role === 'admin' ? yes : no('metrics.import.patientRows')
    return role === 'advisor' ? no('metrics.import.figureRows') : yes
  },
  /** Whether a row can be answered so. A work nobody matched can still be bound by hand. */
  answer(kind: ImportKind, fate: ImportRowFate, answer: ImportAnswer): Verdict {
    const open = fate === 'needs_person' || (isWorks(kind) && fate === 'unmatched')
    if (!open) return no('metrics.answer.notWaiting')
    if (answer === 'leave_out') return yes
    if (isWorks(kind)) return answer === 'bind' ? yes : no('metrics.answer.works')
    if (answer === 'bind') return no('metrics.answer.reading')
    return answer === 'replace' && kind !== 'costs' ? no('metrics.answer.nothingToReplace') : yes
  },
}
