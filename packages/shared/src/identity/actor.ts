import type { Bilingual } from '../text.ts'

/** Who works here; one role per person and institution. */
export const roles = [
  'operator',
  'producer',
  'doctor',
  'reviewer',
  'advisor',
  'manager',
  'admin',
] as const
export type Role = (typeof roles)[number]

export const roleLabels = {
  operator: { zh: '内容运营', en: 'Operator' },
  producer: { zh: '编导/剪辑', en: 'Producer' },
  doctor: { zh: '医生', en: 'Doctor' },
  reviewer: { zh: '医务合规', en: 'Reviewer' },
  advisor: { zh: '健康顾问', en: 'Advisor' },
  manager: { zh: '负责人', en: 'Manager' },
  admin: { zh: '管理员', en: 'Admin' },
} as const satisfies Record<Role, Bilingual>

/** What a session opened by a single-use link may touch: one content item or one publication, nothing else. */
export type LinkScope =
  | { readonly kind: 'sign_off'; readonly contentId: string }
  | { readonly kind: 'hand_off'; readonly publicationId: string }

/** The person a request acts for, in the one institution it acts in. */
export type Actor = {
  readonly userId: string
  readonly displayName: string
  readonly institutionId: string
  readonly role: Role
  /** The doctor this user is in this institution, if any. */
  readonly doctorId: string | null
  readonly sessionId: string
  /** Set when the session came from a link and not from a password. */
  readonly scope: LinkScope | null
}
