import type { SearchHit } from '@xingbo/shared/work/search.schema'
import type { WorkItem } from '@xingbo/shared/work/work.schema'
import type { WorkKind } from '@xingbo/shared/work/work-kind'

/** The page that shows all of a kind. */
export const pageOfKind = {
  sign_off: '/m/sign-off',
  compliance: '/review',
  final_review: '/board',
  production: '/board',
  returned: '/board',
  to_schedule: '/calendar',
  hand_offs: '/hand-offs',
  publish_trouble: '/publications',
  import_rows: '/imports',
  leads: '/leads',
  overdue: '/board',
  paused: '/board',
  holds: '/holds',
  credentials: '/institution',
  accounts: '/institution',
} as const satisfies Record<WorkKind, string>

const pages = {
  content: (id) => `/contents/${id}`,
  publication: (id) => `/publications/${id}`,
  topic: () => '/topics',
  import: () => '/imports',
  lead: () => '/leads',
  hold: () => '/holds',
  doctor: (id) => `/doctors/${id}`,
  account: (id) => `/accounts/${id}`,
} as const satisfies Record<WorkItem['subject'] | SearchHit['kind'], (id: string) => string>

const pageOf = ({ subject, id }: Pick<WorkItem, 'subject' | 'id'>): string => pages[subject](id)
export const pageOfHit = ({ kind, id }: SearchHit): string => pages[kind](id)

/** Where the work itself is done: a doctor signs, and hands off their own posts, on the phone pages. */
export function doingPage(kind: WorkKind, item: WorkItem, isDoctor: boolean): string {
  if (kind === 'sign_off') return `/m/sign-off/${item.id}`
  if (kind === 'hand_offs' && isDoctor) return `/m/hand-off/${item.id}`
  return pageOf(item)
}

/** The phone pages are another document, which the router of the desk cannot open. */
export const isPhonePage = (path: string): boolean => path.startsWith('/m/')
