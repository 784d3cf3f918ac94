import { useCallback, useSyncExternalStore } from 'react'

/** Whether a media query holds, kept up to date: `useMedia(narrow)`. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** A phone: the navigation lies at the bottom, drawers fill the screen, tables become cards. */
export const narrow = '(max-width: 640px)'
