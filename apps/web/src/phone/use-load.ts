import { useCallback, useEffect, useRef, useState } from 'react'

export type Loaded<T> =
  | { readonly state: 'loading'; readonly reload: () => void }
  | { readonly state: 'failed'; readonly error: unknown; readonly reload: () => void }
  | { readonly state: 'ready'; readonly data: T; readonly reload: () => void }

type Answer<T> = { readonly key: string } & ({ readonly data: T } | { readonly error: unknown })

/**
 * Loads what a screen shows: `const script = useLoad(contentId, (signal) => ask<…>(…, signal))`. Loads again
 * when `key` changes, on `reload()`, and when the person comes back to the page. What was on screen stays
 * there while it is loaded again.
 */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [answer, setAnswer] = useState<Answer<T> | null>(null)
  const [round, setRound] = useState(0)
  const latest = useRef(load)
  useEffect(() => {
    latest.current = load
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round loads the same key again
  useEffect(() => {
    const stop = new AbortController()
    latest.current(stop.signal).then(
      (data) => !stop.signal.aborted && setAnswer({ key, data }),
      (error: unknown) => !stop.signal.aborted && setAnswer({ key, error }),
    )
    return () => stop.abort()
  }, [key, round])
  const reload = useCallback(() => setRound((n) => n + 1), [])
  useEffect(() => {
    const onShow = () => document.visibilityState === 'visible' && reload()
    document.addEventListener('visibilitychange', onShow)
    return () => document.removeEventListener('visibilitychange', onShow)
  }, [reload])
  if (answer?.key !== key) return { state: 'loading', reload }
  if ('error' in answer) return { state: 'failed', error: answer.error, reload }
  return { state: 'ready', data: answer.data, reload }
}
