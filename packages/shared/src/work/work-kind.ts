import type { Role } from '../identity/actor.ts'
import type { Bilingual } from '../text.ts'

/** What can wait for a person; each is one list on 工作台. */
export const workKinds = [
  'sign_off',
  'compliance',
  'final_review',
  'production',
  'returned',
  'to_schedule',
  'hand_offs',
  'publish_trouble',
  'import_rows',
  'leads',
  'overdue',
  'paused',
  'holds',
  'credentials',
  'accounts',
] as const
export type WorkKind = (typeof workKinds)[number]

export const workKindLabels = {
  sign_off: { zh: '待我签发', en: 'For me to sign' },
  compliance: { zh: '待合规审核', en: 'Waiting for compliance' },
  final_review: { zh: '待终审', en: 'Waiting for final review' },
  production: { zh: '待拍摄剪辑', en: 'To shoot and cut' },
  returned: { zh: '退回修改的脚本', en: 'Scripts sent back' },
  to_schedule: { zh: '待排期', en: 'Ready to schedule' },
  hand_offs: { zh: '待手机发布', en: 'Hand-offs waiting' },
  publish_trouble: { zh: '发布失败或待确认', en: 'Failed or unconfirmed posts' },
  import_rows: { zh: '导入待人工确认', en: 'Imports needing a person' },
  leads: { zh: '新线索', en: 'New leads' },
  overdue: { zh: '已逾期', en: 'Overdue' },
  paused: { zh: '暂停中的内容', en: 'Content on hold' },
  holds: { zh: '生效中的暂停', en: 'Holds in force' },
  credentials: { zh: '医生资质', en: 'Doctors’ credentials' },
  accounts: { zh: '平台账号', en: 'Platform accounts' },
} as const satisfies Record<WorkKind, Bilingual>

/** Whose work it is, most pressing first (product §1). */
export const workOf = {
  operator: ['publish_trouble', 'hand_offs', 'to_schedule', 'returned', 'import_rows'],
  producer: ['production', 'returned', 'hand_offs'],
  doctor: ['sign_off', 'hand_offs'],
  reviewer: ['compliance', 'final_review', 'holds'],
  advisor: ['leads', 'import_rows'],
  manager: ['publish_trouble', 'hand_offs', 'overdue', 'accounts', 'holds', 'paused'],
  admin: ['credentials', 'accounts', 'publish_trouble', 'import_rows', 'holds'],
} as const satisfies Record<Role, readonly WorkKind[]>

/** Entries of the navigation that can carry a count. */
export const badgeKeys = [
  'work',
  'board',
  'calendar',
  'review',
  'sign_off',
  'publications',
  'funnel',
  'leads',
  'institution',
] as const
export type BadgeKey = (typeof badgeKeys)[number]

/** Behind which entry each kind of work is found. */
export const badgeOf = {
  sign_off: 'sign_off',
  compliance: 'review',
  final_review: 'board',
  production: 'board',
  returned: 'board',
  to_schedule: 'calendar',
  hand_offs: 'publications',
  publish_trouble: 'publications',
  import_rows: 'funnel',
  leads: 'leads',
  overdue: 'board',
  paused: 'board',
  holds: 'board',
  credentials: 'institution',
  accounts: 'institution',
} as const satisfies Record<WorkKind, BadgeKey>
