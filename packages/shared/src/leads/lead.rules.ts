import { no, type Verdict, yes } from '../verdict.ts'
import type { LeadEventKind, LeadStatus } from './lead-status.ts'

/** Reveals one person may make in an hour: more than anybody calls, fewer than a list taken away. */
export const revealsPerHour = 30

type LeadFacts = { readonly status: LeadStatus; readonly erasedAt: unknown }

export const leadCan = {
  reveal: (lead: LeadFacts): Verdict => (lead.erasedAt ? no('leads.erased') : yes),
  followUp: (lead: LeadFacts, kind: LeadEventKind): Verdict => {
    if (lead.erasedAt) return no('leads.erased')
    return kind === 'closed' && lead.status === 'closed' ? no('leads.alreadyClosed') : yes
  },
  erase: (lead: LeadFacts): Verdict => (lead.erasedAt ? no('leads.erased') : yes),
}

/** Where a lead stands after an advisor wrote something down. Following up a closed lead opens it again. */
export function statusAfter(status: LeadStatus, kind: LeadEventKind): LeadStatus {
  if (kind === 'closed') return 'closed'
  if (kind === 'consultation') return 'consulted'
  return status === 'consulted' ? 'consulted' : 'following'
}
