import { createValue, useValue } from '../lib/value.ts'

const path = createValue(window.location.pathname)
window.addEventListener('popstate', () => path.set(window.location.pathname))

/** Opens another screen of the phone entry: `go('/m/sign-off/' + id)`; `replace` leaves no way back. */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') window.history.pushState(null, '', to)
  else window.history.replaceState(null, '', to)
  path.set(window.location.pathname)
  window.scrollTo(0, 0)
}

export const usePath = (): string => useValue(path)
