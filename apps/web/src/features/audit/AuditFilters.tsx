import { useQuery } from '@tanstack/react-query'
import { auditActionLabels } from '@xingbo/shared/audit/audit-actions'
import { type AuditSubject, auditSubjectLabels } from '@xingbo/shared/audit/audit-subjects'
import { Select, Tag } from 'antd'
import { colleagueChoices } from '../../lib/choices.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { DayField } from '../../ui/DateFields.tsx'
import type { AuditSearch } from './audit.queries.ts'
import { auditTexts } from './audit.texts.ts'

type AuditFiltersProps = {
  value: AuditSearch
  onChange: (patch: AuditSearch) => void
}

const kinds = Object.keys(auditSubjectLabels) as AuditSubject[]

/** Who, what, which kind of thing, and which days. */
export function AuditFilters({ value, onChange }: AuditFiltersProps) {
  const t = useTexts(auditTexts)
  const language = useLanguage()
  const people = useQuery(colleagueChoices)
  const acts = Object.entries(auditActionLabels).map(([action, label]) => ({
    value: action,
    label: label[language],
  }))
  return (
    <>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('person')}
        placeholder={t('person')}
        style={{ width: 150 }}
        loading={people.isPending}
        value={value.actorId}
        onChange={(actorId) => onChange({ actorId })}
        options={[
          { value: 'system', label: t('system') },
          ...(people.data?.items ?? []).map(({ id, displayName }) => ({
            value: id,
            label: displayName,
          })),
        ]}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('action')}
        placeholder={t('action')}
        style={{ width: 190 }}
        popupMatchSelectWidth={260}
        value={value.action}
        onChange={(action) => onChange({ action })}
        options={acts}
      />
      <Select
        allowClear
        aria-label={t('kind')}
        placeholder={t('kind')}
        style={{ width: 140 }}
        value={value.subjectType}
        onChange={(subjectType) => onChange({ subjectType, subjectId: undefined })}
        options={kinds.map((kind) => ({ value: kind, label: auditSubjectLabels[kind][language] }))}
      />
      <DayField
        value={value.from ?? null}
        placeholder={t('from')}
        onChange={(from) => onChange({ from: from ?? undefined })}
      />
      <DayField
        value={value.to ?? null}
        placeholder={t('to')}
        onChange={(to) => onChange({ to: to ?? undefined })}
      />
      {value.contentId && (
        <Tag closable onClose={() => onChange({ contentId: undefined })}>
          {t('onlyContent')}
        </Tag>
      )}
      {value.subjectId && (
        <Tag closable onClose={() => onChange({ subjectId: undefined })}>
          {t('onlyOne')}
        </Tag>
      )}
    </>
  )
}
