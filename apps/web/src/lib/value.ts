import { useSyncExternalStore } from 'react'

/** One value the whole page sees; components read it with `useValue`. */
export type Value<T> = {
  get(): T
  set(next: T): void
  subscribe(listener: () => void): () => void
}

export function createValue<T>(initial: T): Value<T> {
  let present = initial
  const listeners = new Set<() => void>()
  return {
    get: () => present,
    set(next) {
      if (Object.is(next, present)) return
      present = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/**
 * A text the browser remembers: in `local` for this browser (other tabs follow), in `session` for this tab.
 * Where storage is forbidden (private windows) it lasts as long as the page.
 */
export function createStoredValue(key: string, where: 'local' | 'session'): Value<string | null> {
  const storage = () => (where === 'local' ? window.localStorage : window.sessionStorage)
  const read = () => {
    try {
      return storage().getItem(key)
    } catch {
      return null
    }
  }
  const value = createValue(read())
  if (where === 'local')
    window.addEventListener('storage', (event) => {
      if (event.key === key || event.key === null) value.set(read())
    })
  return {
    ...value,
    set(next) {
      try {
        if (next === null) storage().removeItem(key)
        else storage().setItem(key, next)
      } catch {
        // Not remembered; the page still follows.
      }
      value.set(next)
    },
  }
}

export const useValue = <T>(value: Value<T>): T => useSyncExternalStore(value.subscribe, value.get)
