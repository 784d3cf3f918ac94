import type { Bilingual } from '../text.ts'

/** How big and how known an institution is: what decides between brand and single-line work. `''` is not said. */
export const institutionTiers = ['', '一线', '二线'] as const
export type InstitutionTier = (typeof institutionTiers)[number]
export const institutionTierLabels = {
  '': { zh: '未填', en: 'Not set' },
  一线: { zh: '一线（做品牌）', en: 'First tier (brand)' },
  二线: { zh: '二线（做专病线）', en: 'Second tier (specialty lines)' },
} as const satisfies Record<InstitutionTier, Bilingual>

export const ownerships = ['', 'public', 'private'] as const
export type Ownership = (typeof ownerships)[number]
export const ownershipLabels = {
  '': { zh: '未填', en: 'Not set' },
  public: { zh: '公立', en: 'Public' },
  private: { zh: '民营', en: 'Private' },
} as const satisfies Record<Ownership, Bilingual>
