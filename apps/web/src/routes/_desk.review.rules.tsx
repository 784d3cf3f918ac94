import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { complianceQueries } from '../features/compliance/compliance.queries.ts'
import { complianceTexts } from '../features/compliance/compliance.texts.ts'
import { RuleTable } from '../features/compliance/RuleTable.tsx'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/review/rules')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/compliance/rules'),
  loader: ({ context }) => context.queryClient.ensureQueryData(complianceQueries.rules()),
  component: RulesPage,
})

function RulesPage() {
  const t = useTexts(complianceTexts)
  const { data } = useSuspenseQuery(complianceQueries.rules())
  return (
    <PageShell
      title={t('rulesTitle')}
      purpose={t('rulesPurpose', { count: data.items.length, version: data.engineVersion })}
      back={{ to: '/review', label: t('queueTitle') }}
    >
      <RuleTable />
    </PageShell>
  )
}
