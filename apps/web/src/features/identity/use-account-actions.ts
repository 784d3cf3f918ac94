import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { identityTexts } from './identity.texts.ts'
import {
  logoutMutation,
  signOutEverywhereMutation,
  switchInstitutionMutation,
} from './session.queries.ts'

/** What the top bar and the settings let a person do with their own session. */
export function useAccountActions() {
  const t = useTexts(identityTexts)
  const client = useQueryClient()
  const navigate = useNavigate()
  const { modal } = App.useApp()
  const toLogin = () => navigate({ to: '/login' })
  const logout = useMutation(logoutMutation(client))
  const everywhere = useMutation(signOutEverywhereMutation(client))
  const move = useMutation(switchInstitutionMutation(client))
  return {
    signOut: () => logout.mutate(undefined, { onSuccess: toLogin }),
    signOutEverywhere: () =>
      modal.confirm({
        title: t('signOutEverywhereTitle'),
        content: t('signOutEverywhereText'),
        okText: t('signOutEverywhere'),
        okButtonProps: { danger: true },
        cancelText: t('cancel'),
        onOk: () => everywhere.mutateAsync(undefined, { onSuccess: toLogin }).catch(() => {}),
      }),
    switchInstitution: (institutionId: string) =>
      // The page on screen may show one thing of the institution just left.
      move.mutate(institutionId, { onSuccess: () => navigate({ to: '/' }) }),
  }
}
