import { type Message, messages } from '@xingbo/shared/messages'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { useSay } from '../../lib/say.ts'

const isKey = (key: string): key is Message['key'] => key in messages

/** The server's reason in the reader's words; one of a newer server than this page is left out. */
export function useReason(): (reason: Publication['reason']) => string | null {
  const say = useSay()
  return (reason) =>
    reason && isKey(reason.key) ? say({ key: reason.key, values: reason.values }) : null
}
