import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TouchToken } from '@xingbo/shared/leads/touch.schema'
import { App } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { disableTokenMutation } from './touch.queries.ts'
import { touchTexts } from './touch.texts.ts'

/** Asks first, naming what stops working; the refusal shows as a toast. */
export function useDisableToken(): (token: TouchToken) => void {
  const t = useTexts(touchTexts)
  const { modal, message } = App.useApp()
  const disable = useMutation(disableTokenMutation(useQueryClient()))
  return ({ token, label }) =>
    void modal.confirm({
      title: t('disableTitle', { label }),
      content: t('disableText'),
      okText: t('disable'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () =>
        disable.mutateAsync(token).then(
          () => void message.success(t('disableDone')),
          () => {},
        ),
    })
}
