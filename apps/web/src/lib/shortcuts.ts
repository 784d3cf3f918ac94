import type { Bilingual } from '@xingbo/shared/text'
import { useEffect, useRef } from 'react'
import { createValue, useValue } from './value.ts'

export type Shortcut = {
  /** One key (`c`, `/`, `?`) or `mod+k`, where mod is Ctrl or ⌘. */
  readonly keys: string
  readonly label: Bilingual
}
type Bound = Shortcut & { readonly run: () => void }

const bound = createValue<readonly Bound[]>([])

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))

/** Something lies over the page: plain letters then belong to it. */
const isCovered = () =>
  [...document.querySelectorAll('[role="dialog"]')].some(
    (dialog) => dialog instanceof HTMLElement && dialog.offsetParent !== null,
  )

function onKeyDown(event: KeyboardEvent) {
  // 229 is what some browsers report instead of isComposing while an input method is at work.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
  const mod = event.ctrlKey || event.metaKey
  if (event.altKey || (!mod && (isTyping(event.target) || isCovered()))) return
  const keys = `${mod ? 'mod+' : ''}${event.key.toLowerCase()}`
  const hit = bound.get().findLast((one) => one.keys === keys)
  if (!hit) return
  event.preventDefault()
  hit.run()
}

let listening = false

/** Binds a key while the component is on screen; the newest binding of a key wins. Listed under `?`. */
export function useShortcut(keys: string, label: Bilingual, run: () => void, enabled = true): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const { zh, en } = label
  useEffect(() => {
    if (!enabled) return
    if (!listening) {
      window.addEventListener('keydown', onKeyDown)
      listening = true
    }
    const mine: Bound = { keys, label: { zh, en }, run: () => latest.current() }
    bound.set([...bound.get(), mine])
    return () => bound.set(bound.get().filter((one) => one !== mine))
  }, [keys, zh, en, enabled])
}

/** What the keys do on the present screen. */
export const useShortcutList = (): readonly Shortcut[] => useValue(bound)
