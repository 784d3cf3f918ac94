import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createWorker } from '@xingbo/shared/publishing/worker.schema'
import { Alert, Button, Form, Input, Modal, Space, Typography } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { createWorkerMutation } from './worker.queries.ts'
import { workerTexts } from './worker.texts.ts'

type Made = { name: string; token: string }
type WorkerDrawerProps = { open: boolean; onClose: () => void; serverUrl: string }

/** Names one more machine, then shows its credential once with the command to run there. */
export function WorkerDrawer({ open, onClose, serverUrl }: WorkerDrawerProps) {
  const t = useTexts(workerTexts)
  const create = useMutation(createWorkerMutation(useQueryClient()))
  const [made, setMade] = useState<Made | null>(null)
  return (
    <>
      <FormDrawer<{ name: string }>
        open={open}
        onClose={onClose}
        title={t('add')}
        submitLabel={t('add')}
        onSubmit={async ({ name }) => {
          const { token } = await create.mutateAsync({ name })
          setMade({ name, token })
        }}
      >
        <Form.Item
          name="name"
          label={t('name')}
          extra={t('nameHint')}
          required
          rules={[zodRule(createWorker.body.shape.name)]}
        >
          <Input autoComplete="off" />
        </Form.Item>
      </FormDrawer>
      {made && <TokenDialog made={made} serverUrl={serverUrl} onClose={() => setMade(null)} />}
    </>
  )
}

function TokenDialog(props: { made: Made; serverUrl: string; onClose: () => void }) {
  const { made, serverUrl, onClose } = props
  const t = useTexts(workerTexts)
  const command = [
    'REDIS_URL=redis://…',
    `XINGBO_API_URL=${serverUrl}`,
    `XINGBO_WORKER_TOKEN=${made.token}`,
    'node apps/api/src/main.ts work',
  ].join(' \\\n  ')
  return (
    <Modal
      open
      title={t('tokenTitle', { name: made.name })}
      closable={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <Space orientation="vertical" size={12} style={{ width: '100%' }}>
        <Alert type="warning" showIcon title={t('tokenOnce')} />
        <Typography.Text copyable code style={{ wordBreak: 'break-all' }}>
          {made.token}
        </Typography.Text>
        <span>{t('tokenHow')}</span>
        <Typography.Paragraph copyable={{ text: command }} style={{ margin: 0 }}>
          <pre style={{ margin: 0, whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>{command}</pre>
        </Typography.Paragraph>
        <span className="soft">{t('tokenSame')}</span>
      </Space>
    </Modal>
  )
}
