import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type NoticeKind, noticeKindLabels, noticeKinds } from '@xingbo/shared/inbox/notice'
import { type RobotKind, robotKindLabels, robotKinds } from '@xingbo/shared/inbox/robot'
import { robotHosts } from '@xingbo/shared/inbox/robot.rules'
import { addRobot, type Robot } from '@xingbo/shared/inbox/robot.schema'
import type { Language } from '@xingbo/shared/text'
import { Checkbox, Form, Input, Select, Switch } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { addRobotMutation, changeRobotMutation, robotQueries } from './inbox.queries.ts'
import { robotTexts } from './robot.texts.ts'

type Values = {
  kind: RobotKind
  name: string
  url?: string
  secret?: string
  language: Language
  kinds: NoticeKind[]
  paused: boolean
}
const fields = addRobot.body.shape
const languages = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
]

type RobotDrawerProps = {
  /** Which to change; `'new'` to add one; `null` while closed. */
  robot: Robot | 'new' | null
  onClose: () => void
}

/** Adds a group robot or changes it; its address and secret go in and never come out. */
export function RobotDrawer({ robot, onClose }: RobotDrawerProps) {
  const t = useTexts(robotTexts)
  const kindLabel = useLabel(robotKindLabels)
  const noticeLabel = useLabel(noticeKindLabels)
  const client = useQueryClient()
  const add = useMutation(addRobotMutation(client))
  const change = useMutation(changeRobotMutation(client))
  const old = robot === 'new' ? null : robot
  const submit = ({ kind, url, secret, paused, ...rest }: Values) =>
    old
      ? change.mutateAsync({
          robotId: old.id,
          body: {
            ...rest,
            paused,
            revision: old.revision,
            ...(url && { url }),
            ...(secret && { secret }),
          },
        })
      : add.mutateAsync({ kind, url: url ?? '', ...rest, ...(secret && { secret }) })
  return (
    <FormDrawer<Values>
      open={robot !== null}
      onClose={onClose}
      title={t(old ? 'edit' : 'add')}
      doneText={old ? undefined : t('added')}
      onSubmit={submit}
      onRefresh={old ? () => client.invalidateQueries({ queryKey: robotQueries.all() }) : undefined}
      initialValues={
        old
          ? { ...old }
          : {
              kind: 'wecom',
              language: 'zh',
              kinds: ['hand_off', 'publish_trouble', 'proof_doubt', 'account_health', 'alarm'],
            }
      }
    >
      {(form) => (
        <>
          {!old && (
            <Form.Item name="kind" label={t('platform')} required>
              <Select
                options={robotKinds.map((value) => ({ value, label: kindLabel(value) }))}
                onChange={() => form.setFieldValue('secret', undefined)}
              />
            </Form.Item>
          )}
          <Form.Item name="name" label={t('name')} required rules={[zodRule(fields.name)]}>
            <Input autoComplete="off" placeholder={t('nameHint')} />
          </Form.Item>
          <Form.Item noStyle dependencies={['kind']}>
            {() => {
              const kind: RobotKind = old?.kind ?? form.getFieldValue('kind') ?? 'wecom'
              return (
                <>
                  <Form.Item
                    name="url"
                    label={t('url')}
                    required={!old}
                    extra={t(old ? 'urlKeep' : 'urlHint')}
                    rules={old ? [] : [zodRule(fields.url)]}
                  >
                    <Input
                      autoComplete="off"
                      placeholder={`https://${robotHosts[kind].hosts[0]}${robotHosts[kind].path}`}
                    />
                  </Form.Item>
                  {kind !== 'wecom' && (
                    <Form.Item
                      name="secret"
                      label={t('secret')}
                      required={!old}
                      extra={t('secretHint')}
                    >
                      <Input.Password autoComplete="new-password" />
                    </Form.Item>
                  )}
                </>
              )
            }}
          </Form.Item>
          <Form.Item name="kinds" label={t('kinds')} required rules={[zodRule(fields.kinds)]}>
            <Checkbox.Group
              options={noticeKinds.map((value) => ({ value, label: noticeLabel(value) }))}
            />
          </Form.Item>
          <Form.Item name="language" label={t('language')}>
            <Select options={languages} />
          </Form.Item>
          {old && (
            <Form.Item name="paused" label={t('paused')} valuePropName="checked">
              <Switch />
            </Form.Item>
          )}
        </>
      )}
    </FormDrawer>
  )
}
