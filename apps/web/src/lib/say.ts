import { type Message, messages, say } from '@xingbo/shared/messages'
import type { TextValues } from '@xingbo/shared/text'
import { useCallback } from 'react'
import { useLanguage } from './i18n.ts'

/**
 * A rule's reason in the reader's language: `say(verdict.reason)`. Brings every domain's sentences along, so
 * the phone pages leave it alone and show the sentence of the server's 422 instead.
 */
export function useSay() {
  const now = useLanguage()
  return useCallback((message: Message) => say(now, message), [now])
}

const isKey = (key: string): key is Message['key'] => key in messages

/** A sentence the server sent as key and values; one of a newer server than this page says nothing. */
export function useSayReason() {
  const now = useLanguage()
  return useCallback(
    ({ key, values }: { key: string; values: TextValues }): string =>
      isKey(key) ? say(now, { key, values }) : '',
    [now],
  )
}
