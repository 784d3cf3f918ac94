import { type Message, say } from '@xingbo/shared/messages'
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
