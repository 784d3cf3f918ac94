import type { Bilingual } from '../text.ts'

/** How far a proof has been checked against what else is known of the post. */
export const proofStandings = ['unchecked', 'confirmed', 'doubtful'] as const
export type ProofStanding = (typeof proofStandings)[number]
export const proofStandingLabels = {
  unchecked: { zh: '凭证未核对', en: 'Proof not checked yet' },
  confirmed: { zh: '凭证已核对', en: 'Proof checked' },
  doubtful: { zh: '凭证存疑', en: 'Proof doubtful' },
} as const satisfies Record<ProofStanding, Bilingual>
