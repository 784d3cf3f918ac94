import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Lead } from '@xingbo/shared/leads/lead.schema'
import { App } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { useConfirmTyped } from '../../ui/ConfirmTyped.tsx'
import { eraseMutation } from './lead.queries.ts'
import { leadTexts } from './lead.texts.ts'

/** Erases a person after the word has been typed; nothing brings them back. */
export function useErase(): (lead: Lead) => void {
  const t = useTexts(leadTexts)
  const { message } = App.useApp()
  const confirmTyped = useConfirmTyped()
  const erase = useMutation(eraseMutation(useQueryClient()))
  return (lead) =>
    confirmTyped({
      title: t('eraseTitle', { name: lead.maskedName ?? '' }),
      loss: t('eraseLoss'),
      name: t('eraseWord'),
      verb: t('erase'),
      onConfirm: async () => {
        const body = { revision: lead.revision, reason: t('eraseReason') }
        await erase.mutateAsync({ leadId: lead.id, body })
        void message.success(t('eraseDone'))
      },
    })
}
