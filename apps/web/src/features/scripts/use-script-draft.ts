import { useQueryClient } from '@tanstack/react-query'
import type { ScriptView } from '@xingbo/shared/scripts/script.schema'
import { emptyScript, type ScriptBody } from '@xingbo/shared/scripts/script-body'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { ApiError } from '../../lib/http.ts'
import { saveDraft, scriptQueries } from './script.queries.ts'
import { edit, startEditing } from './script-editing.ts'

/** Long enough not to save every keystroke, short enough that a crash costs a word. */
const QUIET_MS = 1_200
const RETRY_MS = 5_000

export type SaveState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string }
  /** Not saved; tried again by itself unless the server refused. */
  | { readonly kind: 'failed'; readonly message: string }
  /** Somebody else wrote meanwhile; nothing is saved until the person chooses. */
  | { readonly kind: 'conflict'; readonly message: string }

type Basis = { readonly basedOn: number | null; readonly revision: number | null }

const basisOf = (view: ScriptView): Basis => ({
  basedOn: view.newest?.number ?? null,
  revision: view.draft?.revision ?? null,
})
const wordsOf = (view: ScriptView): ScriptBody =>
  view.draft?.body ?? view.newest?.body ?? { ...emptyScript, title: view.title }
const stateOf = (view: ScriptView): SaveState =>
  view.draft ? { kind: 'saved', at: view.draft.updatedAt } : { kind: 'untouched' }
const isNewer = (view: Basis, mine: Basis) =>
  (view.basedOn ?? 0) > (mine.basedOn ?? 0) ||
  (view.basedOn === mine.basedOn && (view.revision ?? 0) > (mine.revision ?? 0))

/**
 * The text being written, saved to the draft a moment after the last keystroke. What others save meanwhile is
 * taken over while nothing of one's own is unsaved; otherwise nobody's words are touched until the person
 * chooses between them.
 * @param otherWrote the sentence for somebody else's newer draft or revision
 */
export function useScriptDraft(view: ScriptView, otherWrote: (view: ScriptView) => string) {
  const { contentId } = view
  const client = useQueryClient()
  const [editing, dispatch] = useReducer(edit, view, (first) => startEditing(wordsOf(first)))
  const [state, setState] = useState<SaveState>(() => stateOf(view))
  const basis = useRef(basisOf(view))
  const saved = useRef<ScriptBody | null>(editing.body)
  const latest = useRef(editing.body)
  const seen = useRef(view)
  const stopped = useRef(false)
  const running = useRef<Promise<boolean> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sentence = useRef(otherWrote)
  useEffect(() => {
    sentence.current = otherWrote
  })

  /** Shows what the server has, in place of what is on screen. */
  const adopt = useCallback((next: ScriptView) => {
    clearTimeout(timer.current)
    stopped.current = false
    basis.current = basisOf(next)
    seen.current = next
    const body = wordsOf(next)
    latest.current = body
    saved.current = body
    dispatch({ kind: 'replace', body })
    setState(stateOf(next))
  }, [])

  const halt = useCallback((message: string) => {
    stopped.current = true
    setState({ kind: 'conflict', message })
  }, [])

  /** Looks at what others have saved, as far as this page has heard. */
  const reconcile = useCallback(() => {
    if (running.current || stopped.current || !isNewer(basisOf(seen.current), basis.current)) return
    if (latest.current === saved.current) adopt(seen.current)
    else halt(sentence.current(seen.current))
  }, [adopt, halt])

  const saveOnce = useCallback(async (): Promise<boolean> => {
    while (latest.current !== saved.current) {
      const body = latest.current
      setState({ kind: 'saving' })
      try {
        const answer = await saveDraft(contentId, { body, ...basis.current })
        basis.current = { ...basis.current, revision: answer.revision }
        saved.current = body
        setState({ kind: 'saved', at: answer.updatedAt })
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        if (error instanceof ApiError && error.status === 409) halt(message)
        else setState({ kind: 'failed', message })
        if (!(error instanceof ApiError && error.status < 500))
          timer.current = setTimeout(() => void flush.current(), RETRY_MS)
        return false
      }
    }
    return true
  }, [contentId, halt])

  /** Saves now what is unsaved; false when that was not possible. */
  const flush = useRef(async (): Promise<boolean> => true)
  flush.current = async () => {
    clearTimeout(timer.current)
    if (stopped.current) return false
    running.current ??= saveOnce().finally(() => {
      running.current = null
      reconcile()
    })
    return running.current
  }

  useEffect(() => {
    latest.current = editing.body
    if (editing.body === saved.current || stopped.current) return
    setState({ kind: 'waiting' })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush.current(), QUIET_MS)
  }, [editing.body])

  useEffect(() => {
    seen.current = view
    reconcile()
  }, [view, reconcile])

  useEffect(() => {
    const unsaved = () => latest.current !== saved.current
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!unsaved()) return
      void flush.current()
      event.preventDefault()
    }
    const onHide = () => {
      if (document.visibilityState === 'hidden') void flush.current()
    }
    window.addEventListener('beforeunload', onLeave)
    document.addEventListener('visibilitychange', onHide)
    return () => {
      window.removeEventListener('beforeunload', onLeave)
      document.removeEventListener('visibilitychange', onHide)
      void flush.current()
    }
  }, [])

  const fresh = useCallback(
    () => client.fetchQuery({ ...scriptQueries.detail(contentId), staleTime: 0 }),
    [client, contentId],
  )
  return {
    editing,
    change: dispatch,
    state,
    flush: useCallback(() => flush.current(), []),
    adopt,
    halt,
    /** What a new revision must rest on, once everything is flushed. */
    basis: useCallback(() => basis.current, []),
    /** Lets one's own unsaved words go and shows the other person's. */
    takeTheirs: async () => adopt(await fresh()),
    /** Puts one's own words over the other person's draft; their revisions stay. */
    keepMine: async () => {
      const next = await fresh()
      seen.current = next
      basis.current = basisOf(next)
      saved.current = null
      stopped.current = false
      await flush.current()
    },
  }
}
export type ScriptDraftHandle = ReturnType<typeof useScriptDraft>
