import type { Message } from '@xingbo/shared/messages'
import { publishingMessages } from '@xingbo/shared/publishing/publishing.messages'
import { fill } from '@xingbo/shared/text'
import { useLanguage } from '../../lib/i18n.ts'

const isOurs = (key: string): key is keyof typeof publishingMessages => key in publishingMessages

/** The sentence of a refusal by publishing's own rules; every domain's sentences would weigh too much here. */
export function usePublishingSentence(): (reason: Message) => string {
  const language = useLanguage()
  return ({ key, values }) => (isOurs(key) ? fill(publishingMessages[key], language, values) : '')
}
