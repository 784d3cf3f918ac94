import { createFileRoute } from '@tanstack/react-router'
import { accountTexts } from '../features/accounts/account.texts.ts'
import { PlatformSettings } from '../features/accounts/PlatformSettings.tsx'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/settings/platforms')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/settings/platforms'),
  component: PlatformsPage,
})

function PlatformsPage() {
  const t = useTexts(accountTexts)
  return (
    <PageShell title={t('settingsTitle')} purpose={t('settingsPurpose')}>
      <PlatformSettings />
    </PageShell>
  )
}
