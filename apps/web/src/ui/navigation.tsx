import BankOutlined from '@ant-design/icons/BankOutlined'
import CalendarOutlined from '@ant-design/icons/CalendarOutlined'
import FunnelPlotOutlined from '@ant-design/icons/FunnelPlotOutlined'
import HomeOutlined from '@ant-design/icons/HomeOutlined'
import ProjectOutlined from '@ant-design/icons/ProjectOutlined'
import SafetyOutlined from '@ant-design/icons/SafetyOutlined'
import SendOutlined from '@ant-design/icons/SendOutlined'
import SettingOutlined from '@ant-design/icons/SettingOutlined'
import SignatureOutlined from '@ant-design/icons/SignatureOutlined'
import TeamOutlined from '@ant-design/icons/TeamOutlined'
import type { Role } from '@xingbo/shared/identity/actor'
import { mayCall, type RouteKey } from '@xingbo/shared/identity/permissions'
import type { Bilingual } from '@xingbo/shared/text'
import type { ComponentType } from 'react'

export type NavKey =
  | 'work'
  | 'board'
  | 'calendar'
  | 'review'
  | 'sign_off'
  | 'publications'
  | 'funnel'
  | 'leads'
  | 'institution'
  | 'settings'

type NavPage = {
  readonly path: string
  readonly label: Bilingual
  /** Shown to whoever may call this. */
  readonly route: RouteKey
}
export type NavItem = NavPage & {
  readonly key: NavKey
  readonly Icon: ComponentType<{ 'aria-hidden'?: boolean }>
  /** Lies in the phone entry: a full page load, not a route of the desk. */
  readonly phone?: true
  /** Pages of the same section, shown below it while it is open. */
  readonly pages?: readonly NavPage[]
}

/** In the order of the line (design.md, Layout). */
const items: readonly NavItem[] = [
  {
    key: 'work',
    path: '/work',
    route: 'GET /api/work',
    label: { zh: '工作台', en: 'My work' },
    Icon: HomeOutlined,
  },
  {
    key: 'board',
    path: '/board',
    route: 'GET /api/contents',
    label: { zh: '内容看板', en: 'Board' },
    Icon: ProjectOutlined,
    pages: [
      { path: '/topics', route: 'GET /api/topics', label: { zh: '选题', en: 'Topics' } },
      { path: '/holds', route: 'GET /api/holds', label: { zh: '暂停发布', en: 'Holds' } },
    ],
  },
  {
    key: 'calendar',
    path: '/calendar',
    route: 'GET /api/publications',
    label: { zh: '日历', en: 'Calendar' },
    Icon: CalendarOutlined,
  },
  {
    key: 'review',
    path: '/review',
    route: 'GET /api/compliance/queue',
    label: { zh: '审核', en: 'Review' },
    Icon: SafetyOutlined,
  },
  {
    key: 'sign_off',
    path: '/m/sign-off',
    route: 'GET /api/sign-offs',
    label: { zh: '待我审核', en: 'For me to sign' },
    Icon: SignatureOutlined,
    phone: true,
  },
  {
    key: 'publications',
    path: '/publications',
    route: 'GET /api/publications',
    label: { zh: '发布', en: 'Publishing' },
    Icon: SendOutlined,
    pages: [
      {
        path: '/hand-offs',
        route: 'GET /api/hand-offs',
        label: { zh: '待手机发布', en: 'Hand-offs' },
      },
      {
        path: '/touch-tokens',
        route: 'GET /api/touch-tokens',
        label: { zh: '触点码', en: 'Touch tokens' },
      },
    ],
  },
  {
    key: 'funnel',
    path: '/funnel',
    route: 'GET /api/funnel',
    label: { zh: '数据漏斗', en: 'Funnel' },
    Icon: FunnelPlotOutlined,
    pages: [
      { path: '/imports', route: 'GET /api/imports', label: { zh: '数据导入', en: 'Imports' } },
    ],
  },
  {
    key: 'leads',
    path: '/leads',
    route: 'GET /api/leads',
    label: { zh: '线索', en: 'Leads' },
    Icon: TeamOutlined,
    pages: [
      {
        path: '/visits',
        route: 'GET /api/visits',
        label: { zh: '到诊与订单', en: 'Visits and orders' },
      },
    ],
  },
  {
    key: 'institution',
    path: '/institution',
    route: 'GET /api/institution',
    label: { zh: '机构与资质', en: 'Institution' },
    Icon: BankOutlined,
  },
  {
    key: 'settings',
    path: '/settings',
    route: 'GET /api/me',
    label: { zh: '设置', en: 'Settings' },
    Icon: SettingOutlined,
    pages: [
      { path: '/settings/people', route: 'GET /api/users', label: { zh: '人员', en: 'People' } },
      {
        path: '/settings/platforms',
        route: 'GET /api/settings/platforms',
        label: { zh: '平台对接', en: 'Platforms' },
      },
      {
        path: '/settings/notices',
        route: 'GET /api/robots',
        label: { zh: '提醒与群机器人', en: 'Reminders' },
      },
      {
        path: '/settings/workers',
        route: 'GET /api/workers',
        label: { zh: '工作节点', en: 'Workers' },
      },
      { path: '/health', route: 'GET /api/health', label: { zh: '系统健康', en: 'Health' } },
      { path: '/audit', route: 'GET /api/audit', label: { zh: '审计日志', en: 'Audit log' } },
    ],
  },
]

/**
 * What `role` may open. A section whose own page is closed still appears when one of its pages is open,
 * and then leads there (an advisor has 数据导入 without the funnel).
 */
export function navigationFor(role: Role): NavItem[] {
  return items.flatMap((item) => {
    const pages = item.pages?.filter((page) => mayCall(page.route, role)) ?? []
    if (mayCall(item.route, role)) return [{ ...item, pages }]
    const [first, ...rest] = pages
    return first ? [{ ...item, ...first, pages: rest }] : []
  })
}

const lies = (path: string, at: string) => at === path || at.startsWith(`${path}/`)

/** Pages that have no entry of their own and belong to a section. */
const belongs: Readonly<Record<string, NavKey>> = {
  '/contents': 'board',
  '/doctors': 'institution',
  '/accounts': 'institution',
}

/** The section the address lies in. */
export function sectionAt(nav: readonly NavItem[], at: string): NavKey | undefined {
  const loose = Object.entries(belongs).find(([path]) => lies(path, at))?.[1]
  if (loose) return loose
  return nav.find((item) => [item, ...(item.pages ?? [])].some((page) => lies(page.path, at)))?.key
}
