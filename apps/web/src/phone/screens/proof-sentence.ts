import type { Message } from '@xingbo/shared/messages'
import { proofMessages } from '@xingbo/shared/publishing/proof.messages'
import { fill } from '@xingbo/shared/text'
import { useLanguage } from '../../lib/i18n.ts'

const isOurs = (key: string): key is keyof typeof proofMessages => key in proofMessages

/** The sentence of a refused proof; every sentence of publishing would weigh too much here. */
export function useProofSentence(): (reason: Message) => string {
  const language = useLanguage()
  return ({ key, values }) => (isOurs(key) ? fill(proofMessages[key], language, values) : '')
}
