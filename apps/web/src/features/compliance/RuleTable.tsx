import { useQuery } from '@tanstack/react-query'
import { severityLabels } from '@xingbo/shared/compliance/finding.schema'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { QueryTable } from '../../ui/QueryTable.tsx'
import { complianceQueries } from './compliance.queries.ts'
import { complianceTexts } from './compliance.texts.ts'

/** The rule book the engine works by. */
export function RuleTable() {
  const t = useTexts(complianceTexts)
  const language = useLanguage()
  const severity = useLabel(severityLabels)
  const query = useQuery(complianceQueries.rules())
  return (
    <QueryTable
      query={query}
      rowKey={(rule) => rule.id}
      empty={{ title: t('noFindings') }}
      columns={[
        { key: 'id', title: t('rule'), render: (_, rule) => `${rule.id} ${rule.title[language]}` },
        { key: 'severity', title: t('severity'), render: (_, rule) => severity(rule.severity) },
        { key: 'law', title: t('law'), render: (_, rule) => rule.law[language] },
        { key: 'why', title: t('why'), render: (_, rule) => rule.why[language] },
        { key: 'rewrite', title: t('rewrite'), render: (_, rule) => rule.rewrite[language] },
      ]}
    />
  )
}
