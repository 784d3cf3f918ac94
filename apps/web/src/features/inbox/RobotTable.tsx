import MoreOutlined from '@ant-design/icons/MoreOutlined'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { robotKindLabels } from '@xingbo/shared/inbox/robot'
import type { Robot } from '@xingbo/shared/inbox/robot.schema'
import { Alert, App, Button, Dropdown, Space } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './Inbox.module.css'
import { removeRobotMutation, robotQueries, testRobotMutation } from './inbox.queries.ts'
import { robotTexts } from './robot.texts.ts'

type RobotTableProps = { onEdit: (robot: Robot) => void; onMessages: (robot: Robot) => void }
type Told = { name: string; ok: boolean; text: string }

/** The group robots, with the platform's own last answer beside each. */
export function RobotTable({ onEdit, onMessages }: RobotTableProps) {
  const t = useTexts(robotTexts)
  const kind = useLabel(robotKindLabels)
  const formats = useFormats()
  const client = useQueryClient()
  const { modal, message } = App.useApp()
  const query = useQuery(robotQueries.list())
  const test = useMutation(testRobotMutation(client))
  const remove = useMutation(removeRobotMutation(client))
  const [told, setTold] = useState<Told | null>(null)

  const tryIt = async ({ id, name }: Robot) => {
    const { outcome, code, message, nextAt } = await test.mutateAsync(id)
    const texts = {
      ok: t('testOk', { code, message }),
      refused: t('testRefused', { code, message }),
      unknown: t('testUnknown', { code }),
      limited: t('testLimited', { when: nextAt ? formats.dateTime(nextAt) : '' }),
    }
    setTold({ name, ok: outcome === 'ok', text: texts[outcome] })
  }
  const askRemove = (robot: Robot) =>
    modal.confirm({
      title: t('removeTitle', { name: robot.name }),
      content: t('removeText'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      // The refusal shows as a toast.
      onOk: () =>
        remove.mutateAsync(robot).then(
          () => void message.success(t('removed')),
          () => {},
        ),
    })

  const state = (robot: Robot) => (
    <StatusTag tone={robot.paused ? 'paused' : 'done'}>
      {t(robot.paused ? 'isPaused' : 'active')}
    </StatusTag>
  )
  const last = ({ last }: Robot) =>
    last ? (
      <Space size={6} wrap className={styles.answer}>
        <StatusTag tone={last.ok ? 'done' : 'failed'}>
          {last.code} {last.message}
        </StatusTag>
        <span className="soft">
          <RelTime at={last.at} />
        </span>
      </Space>
    ) : (
      <span className="soft">{t('never')}</span>
    )
  const actions = (robot: Robot) => (
    <Space size={4}>
      <Button
        size="small"
        loading={test.isPending && test.variables === robot.id}
        onClick={() => void tryIt(robot).catch(() => {})}
      >
        {t('test')}
      </Button>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            { key: 'edit', label: t('edit'), onClick: () => onEdit(robot) },
            { key: 'messages', label: t('messages'), onClick: () => onMessages(robot) },
            { key: 'remove', danger: true, label: t('remove'), onClick: () => askRemove(robot) },
          ],
        }}
      >
        <Button
          type="text"
          size="small"
          icon={<MoreOutlined aria-hidden />}
          aria-label={t('more', { name: robot.name })}
        />
      </Dropdown>
    </Space>
  )
  const columns: Columns<Robot> = [
    { key: 'name', title: t('name'), dataIndex: 'name' },
    { key: 'kind', title: t('platform'), width: 180, render: (_, robot) => kind(robot.kind) },
    { key: 'state', title: t('state'), width: 110, render: (_, robot) => state(robot) },
    { key: 'last', title: t('last'), render: (_, robot) => last(robot) },
    { key: 'actions', title: t('actions'), width: 170, render: (_, robot) => actions(robot) },
  ]
  const sandbox = query.data?.sandboxUrl
  return (
    <>
      {told && (
        <Alert
          style={{ marginBottom: 12 }}
          type={told.ok ? 'success' : 'error'}
          showIcon
          closable={{ onClose: () => setTold(null) }}
          title={told.name}
          description={<span className={styles.answer}>{told.text}</span>}
        />
      )}
      {sandbox && (
        <Alert
          style={{ marginBottom: 12 }}
          type="info"
          showIcon
          title={t('sandboxHint')}
          action={
            <Button size="small" href={`${sandbox}/robots`} target="_blank">
              {t('openSandbox')}
            </Button>
          }
        />
      )}
      <QueryTable
        query={query}
        columns={columns}
        rowKey={(robot) => robot.id}
        empty={{ title: t('none'), hint: t('noneHint') }}
        card={(robot) => (
          <Space orientation="vertical" size={4}>
            <Space wrap>
              <strong>{robot.name}</strong>
              {state(robot)}
            </Space>
            <span className="soft">{kind(robot.kind)}</span>
            {last(robot)}
            {actions(robot)}
          </Space>
        )}
      />
    </>
  )
}
