import type { Role } from '@xingbo/shared/identity/actor'
import { mayCall, type RouteKey } from '@xingbo/shared/identity/permissions'
import type { Bilingual } from '@xingbo/shared/text'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** What every screen gets: the parts of the address its path names. */
export type ScreenProps = { params: Readonly<Record<string, string>> }

export type PhoneScreen = {
  /** `/m/sign-off/:contentId`; `:name` becomes `params.name`. */
  readonly path: string
  readonly title: Bilingual
  /** Shown to whoever may call this. */
  readonly route: RouteKey
  /** Offered on the home screen. */
  readonly home?: true
  readonly Screen: LazyExoticComponent<ComponentType<ScreenProps>>
}

/**
 * The screens of the phone entry, each a file of its own that is loaded when it is opened:
 * `Screen: lazy(async () => ({ default: (await import('./screens/SignOffList.tsx')).SignOffList }))`.
 */
const screens: readonly PhoneScreen[] = [
  {
    path: '/m/sign-off',
    title: { zh: '待我审核', en: 'For me to sign' },
    route: 'GET /api/sign-offs',
    home: true,
    Screen: lazy(async () => ({
      default: (await import('./screens/SignOffList.tsx')).SignOffList,
    })),
  },
  {
    path: '/m/sign-off/:contentId',
    title: { zh: '审核脚本', en: 'Review a script' },
    route: 'GET /api/sign-offs/:contentId',
    Screen: lazy(async () => ({ default: (await import('./screens/SignOff.tsx')).SignOff })),
  },
  {
    path: '/m/hand-off',
    title: { zh: '待手机发布', en: 'To post by phone' },
    route: 'GET /api/hand-offs',
    home: true,
    Screen: lazy(async () => ({
      default: (await import('./screens/HandOffList.tsx')).HandOffList,
    })),
  },
  {
    path: '/m/hand-off/:publicationId',
    title: { zh: '交接卡', en: 'Hand-off' },
    route: 'GET /api/hand-offs/:publicationId',
    Screen: lazy(async () => ({ default: (await import('./screens/HandOff.tsx')).HandOff })),
  },
]

/** The screen an address belongs to, with the parts it names. */
export function screenAt(
  pathname: string,
): { screen: PhoneScreen; params: ScreenProps['params'] } | null {
  const given = pathname.split('/').filter(Boolean).map(decodeURIComponent)
  for (const screen of screens) {
    const wanted = screen.path.split('/').filter(Boolean)
    const fits =
      wanted.length === given.length &&
      wanted.every((part, i) => part.startsWith(':') || part === given[i])
    if (fits) {
      const named = wanted.flatMap((part, i) =>
        part.startsWith(':') ? [[part.slice(1), given[i] ?? ''] as const] : [],
      )
      return { screen, params: Object.fromEntries(named) }
    }
  }
  return null
}

export const homeScreens = (role: Role): PhoneScreen[] =>
  screens.filter((screen) => screen.home && mayCall(screen.route, role))
