import {
  institutionTierLabels,
  institutionTiers,
  ownershipLabels,
  ownerships,
} from '@xingbo/shared/institutions/institution.labels'
import { institutionFields as fields } from '@xingbo/shared/institutions/institution.schema'
import { Form, Input, InputNumber, Select } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { institutionTexts } from './institution.texts.ts'

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))

/** What is asked of an institution, whether it is new or edited. */
export function InstitutionFields() {
  const t = useTexts(institutionTexts)
  const tier = useLabel(institutionTierLabels)
  const ownership = useLabel(ownershipLabels)
  return (
    <>
      <Form.Item name="name" label={t('name')} required rules={[zodRule(fields.name)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="shortName"
        label={t('shortName')}
        extra={t('shortNameHint')}
        required
        rules={[zodRule(fields.shortName)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="tier" label={t('tier')}>
        <Select options={institutionTiers.map((one) => ({ value: one, label: tier(one) }))} />
      </Form.Item>
      <Form.Item name="ownership" label={t('ownership')}>
        <Select options={ownerships.map((one) => ({ value: one, label: ownership(one) }))} />
      </Form.Item>
      <Form.Item
        name="level"
        label={t('level')}
        extra={t('levelHint')}
        rules={[zodRule(fields.level)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} extra={t('kindHint')} rules={[zodRule(fields.kind)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="licenseNumber"
        label={t('licenseNumber')}
        rules={[zodRule(fields.licenseNumber)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="licenseExpiresOn" label={t('licenseExpiresOn')}>
        <DayField />
      </Form.Item>
      <Form.Item name="city" label={t('city')} rules={[zodRule(fields.city)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="timeZone"
        label={t('timeZone')}
        extra={t('timeZoneHint')}
        required
        rules={[zodRule(fields.timeZone)]}
      >
        <Select showSearch options={zones} />
      </Form.Item>
      <Form.Item
        name="duplicateDays"
        label={t('duplicateDays')}
        extra={t('duplicateDaysHint')}
        required
        rules={[zodRule(fields.duplicateDays)]}
      >
        <InputNumber min={1} max={180} precision={0} />
      </Form.Item>
      <Form.Item name="goal" label={t('goal')} rules={[zodRule(fields.goal)]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={200} showCount />
      </Form.Item>
    </>
  )
}
