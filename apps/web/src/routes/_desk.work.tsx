import { createFileRoute } from '@tanstack/react-router'
import { WorkSections } from '../features/work/WorkSections.tsx'
import { workTexts } from '../features/work/work.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { useMe } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/work')({ component: WorkPage })

function WorkPage() {
  const t = useTexts(workTexts)
  const { displayName } = useMe()
  return (
    <PageShell title={t('title')} purpose={t('purpose', { name: displayName })}>
      <WorkSections />
    </PageShell>
  )
}
