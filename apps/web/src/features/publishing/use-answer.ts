import {
  platformErrorCategories,
  platformErrorCategoryLabels,
  unknownReasonLabels,
  unknownReasons,
} from '@xingbo/shared/publishing/platform-error'
import type { Attempt } from '@xingbo/shared/publishing/publication.schema'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { publishingTexts } from './publishing.texts.ts'

/** What came back from one attempt, in words; the platform's own message stays as the platform wrote it. */
export function useAnswer(): (attempt: Attempt) => string {
  const t = useTexts(publishingTexts)
  const language = useLanguage()
  return ({ outcome, errorCode, errorMessage, sentAt }) => {
    const code = errorCode ?? ''
    const message = errorMessage ?? ''
    if (code === 'interrupted')
      return sentAt
        ? t('answerUnknown', { why: t('answerInterrupted') })
        : t('answerInterruptedBefore')
    if (code === 'gate') return t('answerGate')
    if (outcome === 'accepted') return t('answerAccepted')
    if (outcome === 'unknown') {
      const known = unknownReasons.find((one) => one === code)
      return t('answerUnknown', { why: known ? unknownReasonLabels[known][language] : code })
    }
    if (code === 'unreachable') return t('answerUnreachable')
    if (code === 'not_configured') return t('answerNotConfigured')
    const category = platformErrorCategories.find((one) => one === code)
    if (category)
      return t('answerRefused', { code: platformErrorCategoryLabels[category][language] })
    return message ? t('answerRefusedWith', { message, code }) : t('answerRefused', { code })
  }
}
