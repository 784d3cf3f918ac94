import { useMutation } from '@tanstack/react-query'
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
  const { modal } = App.useApp()
  const logout = useMutation(logoutMutation())
  const everywhere = useMutation(signOutEverywhereMutation())
  const move = useMutation(switchInstitutionMutation())
  return {
    signOut: () => logout.mutate(),
    signOutEverywhere: () =>
      modal.confirm({
        title: t('signOutEverywhereTitle'),
        content: t('signOutEverywhereText'),
        okText: t('signOutEverywhere'),
        okButtonProps: { danger: true },
        cancelText: t('cancel'),
        // The refusal shows as a toast.
        onOk: () => everywhere.mutateAsync().catch(() => {}),
      }),
    switchInstitution: (institutionId: string) => move.mutate(institutionId),
  }
}
