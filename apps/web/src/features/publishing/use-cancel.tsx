import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { App, Input } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { cancelMutation } from './publishing.queries.ts'
import { publishingTexts } from './publishing.texts.ts'

/** Asks before canceling, naming what is lost; the refusal shows as a toast. */
export function useCancel(): (publication: Publication) => void {
  const t = useTexts(publishingTexts)
  const formats = useFormats()
  const { modal, message } = App.useApp()
  const cancel = useMutation(cancelMutation(useQueryClient()))
  return (publication) => {
    let reason = ''
    modal.confirm({
      title: t('cancelTitle', { account: publication.accountName }),
      content: (
        <>
          <p>{t('cancelLoss', { when: formats.dateTime(publication.dueAt) })}</p>
          <Input
            aria-label={t('cancelReason')}
            placeholder={t('cancelReason')}
            maxLength={200}
            onChange={(event) => {
              reason = event.target.value
            }}
          />
        </>
      ),
      okText: t('cancel'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () =>
        cancel.mutateAsync({ publication, reason }).then(
          () => void message.success(t('canceled')),
          () => {},
        ),
    })
  }
}
