import { useQuery } from '@tanstack/react-query'
import {
  type AccountOperator,
  accountOperatorLabels,
  accountOperators,
  accountOwnerLabels,
  accountOwnerTypes,
} from '@xingbo/shared/accounts/account.labels'
import { offeredRoutes, operatorVerdict, routeVerdict } from '@xingbo/shared/accounts/account.rules'
import { accountFields as fields } from '@xingbo/shared/accounts/account.schema'
import {
  accountHealthLabels,
  accountHealths,
  certificationLabels,
  certificationStatuses,
  type Platform,
  type PublishRoute,
  publishRouteLabels,
} from '@xingbo/shared/accounts/platform'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { postFormLabels } from '@xingbo/shared/publishing/post-form'
import { postShapeOf } from '@xingbo/shared/publishing/schedule.rules'
import type { Verdict } from '@xingbo/shared/verdict'
import { Form, Input, Radio, Select } from 'antd'
import { departmentChoices, doctorChoices } from '../../lib/choices.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { DayField } from '../../ui/DateFields.tsx'
import { platformSettingsQuery } from './account.queries.ts'
import { accountTexts } from './account.texts.ts'

/** Whose account it is; the rest of the answer depends on the first. */
export function OwnerFields({ enabled }: { enabled: boolean }) {
  const t = useTexts(accountTexts)
  const owner = useLabel(accountOwnerLabels)
  const departments = useQuery({ ...departmentChoices, enabled })
  const doctors = useQuery({ ...doctorChoices, enabled })
  const ownerType = Form.useWatch('ownerType')
  return (
    <>
      <Form.Item name="ownerType" label={t('owner')} required>
        <Radio.Group
          optionType="button"
          options={accountOwnerTypes.map((one) => ({ value: one, label: owner(one) }))}
        />
      </Form.Item>
      {ownerType === 'doctor' && (
        <Form.Item
          name="doctorId"
          label={t('ownerDoctor')}
          required
          rules={[zodRule(fields.doctorId.unwrap())]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={doctors.isPending}
            options={doctors.data?.items.map((doctor) => ({
              value: doctor.id,
              label: `${doctor.name} · ${doctor.departmentName}`,
            }))}
          />
        </Form.Item>
      )}
      {ownerType === 'department' && (
        <Form.Item
          name="departmentId"
          label={t('ownerDepartment')}
          required
          rules={[zodRule(fields.departmentId.unwrap())]}
        >
          <Select
            loading={departments.isPending}
            options={departments.data?.items.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
    </>
  )
}

/** What the platform says of the account. */
export function CertificationFields() {
  const t = useTexts(accountTexts)
  const certification = useLabel(certificationLabels)
  const health = useLabel(accountHealthLabels)
  return (
    <>
      <Form.Item name="certificationStatus" label={t('certification')} required>
        <Select
          options={certificationStatuses.map((one) => ({ value: one, label: certification(one) }))}
        />
      </Form.Item>
      <Form.Item
        name="certificationKind"
        label={t('certificationKind')}
        extra={t('certificationKindHint')}
        rules={[zodRule(fields.certificationKind)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="certificationExpiresOn" label={t('certificationExpiresOn')}>
        <DayField />
      </Form.Item>
      <Form.Item name="health" label={t('health')} required>
        <Select options={accountHealths.map((one) => ({ value: one, label: health(one) }))} />
      </Form.Item>
      <Form.Item name="healthNote" label={t('healthNote')} rules={[zodRule(fields.healthNote)]}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={200} />
      </Form.Item>
    </>
  )
}

const sentenceOf = (verdicts: readonly Verdict[]) =>
  verdicts.flatMap((verdict) => (verdict.ok ? [] : [verdict.reason]))

/** How posts get out; a way that is closed is shown closed, with its reason below. */
export function RouteField() {
  const t = useTexts(accountTexts)
  const say = useSay()
  const route = useLabel(publishRouteLabels)
  const form = useLabel(postFormLabels)
  const platform: Platform | undefined = Form.useWatch('platform')
  const { data: settings } = useQuery(platformSettingsQuery)
  if (!platform) return null
  const offered = offeredRoutes(platform)
  const { byApi, form: usualForm } = platformCapabilities[platform]
  const verdictOf = (one: PublishRoute) =>
    routeVerdict(platform, one, settings?.douyinDirect === true)
  // Where the way decides what is posted, the choice says so.
  const named = (one: PublishRoute) =>
    byApi && byApi.form !== usualForm
      ? `${form(postShapeOf({ platform, publishRoute: one, postLink: '' }).form)} · ${route(one)}`
      : route(one)
  const closed = sentenceOf(offered.map(verdictOf))
  return (
    <Form.Item
      name="publishRoute"
      label={t('publishRoute')}
      extra={closed.map(say).join('')}
      required
    >
      <Radio.Group
        optionType="button"
        options={offered.map((one) => ({
          value: one,
          label: named(one),
          disabled: !verdictOf(one).ok,
        }))}
      />
    </Form.Item>
  )
}

/** The link each post ends with, on accounts whose platform takes none without. */
export function PostLinkField() {
  const t = useTexts(accountTexts)
  const platform: Platform | undefined = Form.useWatch('platform')
  const publishRoute: PublishRoute | undefined = Form.useWatch('publishRoute')
  if (!platform || publishRoute !== 'api' || !platformCapabilities[platform].byApi?.link)
    return null
  return (
    <Form.Item
      name="postLink"
      label={t('postLink')}
      extra={t('postLinkHint')}
      required
      rules={[zodRule(fields.postLink)]}
    >
      <Input type="url" inputMode="url" autoComplete="off" placeholder="https://" />
    </Form.Item>
  )
}

/** Who runs it; 视频号 leaves no choice and says why. */
export function OperatorField() {
  const t = useTexts(accountTexts)
  const say = useSay()
  const operator = useLabel(accountOperatorLabels)
  const platform: Platform | undefined = Form.useWatch('platform')
  const verdictOf = (one: AccountOperator): Verdict =>
    platform ? operatorVerdict(platform, one) : { ok: true }
  const closed = sentenceOf(accountOperators.map(verdictOf))
  return (
    <Form.Item name="operatedBy" label={t('operatedBy')} extra={closed.map(say).join('')} required>
      <Radio.Group
        optionType="button"
        options={accountOperators.map((one) => ({
          value: one,
          label: operator(one),
          disabled: !verdictOf(one).ok,
        }))}
      />
    </Form.Item>
  )
}
