import type { Message } from '@xingbo/shared/messages'
import { scriptMessages } from '@xingbo/shared/scripts/script.messages'
import { fill } from '@xingbo/shared/text'
import { useLanguage } from '../../lib/i18n.ts'

const isOurs = (key: string): key is keyof typeof scriptMessages => key in scriptMessages

/** The sentence of a refusal by the sign-off's own rules; every domain's sentences would weigh too much here. */
export function useRuleSentence(): (reason: Message) => string {
  const language = useLanguage()
  return ({ key, values }) => (isOurs(key) ? fill(scriptMessages[key], language, values) : '')
}
