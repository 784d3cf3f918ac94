import { useQuery } from '@tanstack/react-query'
import { severityLabels } from '@xingbo/shared/compliance/finding.schema'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { QueryTable } from '../../ui/QueryTable.tsx'
import styles from './Compliance.module.css'
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
        {
          key: 'id',
          title: t('rule'),
          width: 200,
          render: (_, rule) => `${rule.id} ${rule.title[language]}`,
        },
        {
          key: 'severity',
          title: t('severity'),
          width: 96,
          render: (_, rule) => severity(rule.severity),
        },
        { key: 'law', title: t('law'), width: 290, render: (_, rule) => rule.law[language] },
        { key: 'why', title: t('why'), width: 310, render: (_, rule) => rule.why[language] },
        {
          key: 'rewrite',
          title: t('rewrite'),
          width: 250,
          render: (_, rule) => rule.rewrite[language],
        },
      ]}
      card={(rule) => (
        <div className={styles.card}>
          <strong>
            {rule.id} {rule.title[language]}
          </strong>
          <span className={styles.quiet}>
            {severity(rule.severity)} · {rule.law[language]}
          </span>
          <span>{rule.why[language]}</span>
          {rule.rewrite[language] && (
            <span>
              {t('rewrite')}：{rule.rewrite[language]}
            </span>
          )}
        </div>
      )}
    />
  )
}
