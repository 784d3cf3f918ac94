import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { AccountPanel } from '../features/identity/AccountPanel.tsx'
import { ChangePasswordDrawer } from '../features/identity/ChangePasswordDrawer.tsx'
import { identityTexts } from '../features/identity/identity.texts.ts'
import { useAccountActions } from '../features/identity/use-account-actions.ts'
import { useTexts } from '../lib/i18n.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/settings/')({ component: AccountPage })

function AccountPage() {
  const t = useTexts(identityTexts)
  const { signOutEverywhere } = useAccountActions()
  const [changing, setChanging] = useState(false)
  return (
    <PageShell title={t('accountTitle')} purpose={t('accountPurpose')}>
      <AccountPanel
        onChangePassword={() => setChanging(true)}
        onSignOutEverywhere={signOutEverywhere}
      />
      <ChangePasswordDrawer open={changing} onClose={() => setChanging(false)} />
    </PageShell>
  )
}
