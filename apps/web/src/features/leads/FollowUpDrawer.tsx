import { useMutation, useQueryClient } from '@tanstack/react-query'
import { consentPurpose } from '@xingbo/shared/leads/consent'
import { leadCan } from '@xingbo/shared/leads/lead.rules'
import { followUpLead, type Lead } from '@xingbo/shared/leads/lead.schema'
import {
  type LeadEventKind,
  leadEventKindLabels,
  leadEventKinds,
} from '@xingbo/shared/leads/lead-status'
import { Form, Input, Radio, Timeline } from 'antd'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { Facts } from '../../ui/Facts.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { DateTime } from '../../ui/Time.tsx'
import { LeadSource, LeadStatusTag } from './LeadTable.tsx'
import { followUpMutation, refreshLeads } from './lead.queries.ts'
import { leadTexts } from './lead.texts.ts'

type Values = { kind: LeadEventKind; note: string }
type FollowUpDrawerProps = { lead: Lead | null; onClose: () => void }

/** What is known of a lead, what has been done, and what was done just now. */
export function FollowUpDrawer({ lead, onClose }: FollowUpDrawerProps) {
  const t = useTexts(leadTexts)
  const kind = useLabel(leadEventKindLabels)
  const language = useLanguage()
  const client = useQueryClient()
  const write = useMutation(followUpMutation(client))
  return (
    <FormDrawer<Values>
      open={lead !== null}
      onClose={onClose}
      title={t('followUpTitle', { name: lead?.maskedName ?? '' })}
      submitLabel={t('record')}
      doneText={t('recorded')}
      initialValues={{ kind: 'follow_up', note: '' }}
      onRefresh={() => refreshLeads(client)}
      onSubmit={async (values) => {
        if (lead)
          await write.mutateAsync({ leadId: lead.id, body: { revision: lead.revision, ...values } })
      }}
    >
      {lead && (
        <>
          <Facts
            columns={1}
            facts={[
              [t('phone'), lead.maskedPhone],
              [t('status'), <LeadStatusTag key="status" status={lead.status} />],
              [t('from'), <LeadSource key="from" lead={lead} />],
              [t('wish'), lead.wish],
              [t('left'), <DateTime key="left" at={lead.createdAt} />],
              [t('consent'), consentPurpose(lead.consentVersion, lead.consentPurpose)[language]],
            ]}
          />
          <Form.Item name="kind" label={t('kind')} style={{ marginTop: 16 }}>
            <Radio.Group
              optionType="button"
              options={leadEventKinds
                .filter((one) => leadCan.followUp(lead, one).ok)
                .map((one) => ({ value: one, label: kind(one) }))}
            />
          </Form.Item>
          <Form.Item
            name="note"
            label={t('note')}
            extra={t('noteHint')}
            rules={[zodRule(followUpLead.body.shape.note)]}
          >
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={500} />
          </Form.Item>
          <h3 style={{ margin: '24px 0 12px', fontSize: 14 }}>{t('history')}</h3>
          {lead.events.length === 0 ? (
            <p className="soft">{t('noHistory')}</p>
          ) : (
            <Timeline
              items={lead.events.map((event) => ({
                key: event.at,
                content: (
                  <>
                    <strong>{kind(event.kind)}</strong>{' '}
                    <span className="soft">
                      {event.byName} · <DateTime at={event.at} />
                    </span>
                    {event.note && <div style={{ overflowWrap: 'anywhere' }}>{event.note}</div>}
                  </>
                ),
              }))}
            />
          )}
        </>
      )}
    </FormDrawer>
  )
}
