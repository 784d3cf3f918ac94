import { useQuery } from '@tanstack/react-query'
import { robotMessageStateLabels } from '@xingbo/shared/inbox/robot'
import type { Robot, RobotMessage } from '@xingbo/shared/inbox/robot.schema'
import { Drawer, Skeleton, Space } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSayReason } from '../../lib/say.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import styles from './Inbox.module.css'
import { robotQueries } from './inbox.queries.ts'
import { robotTexts } from './robot.texts.ts'

const tones = {
  waiting: 'waiting',
  sending: 'running',
  sent: 'done',
  failed: 'failed',
  unknown: 'unconfirmed',
  withdrawn: 'ended',
} as const satisfies Record<RobotMessage['state'], Tone>

/** What a group was told lately, and what the platform said to it. */
export function RobotMessages({ robot, onClose }: { robot: Robot | null; onClose: () => void }) {
  const t = useTexts(robotTexts)
  return (
    <Drawer
      open={robot !== null}
      onClose={onClose}
      title={robot ? `${t('messages')} · ${robot.name}` : ''}
      size="min(560px, 100vw)"
      destroyOnHidden
    >
      {robot && <Messages robotId={robot.id} />}
    </Drawer>
  )
}

function Messages({ robotId }: { robotId: string }) {
  const t = useTexts(robotTexts)
  const state = useLabel(robotMessageStateLabels)
  const say = useSayReason()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(robotQueries.messages(robotId))
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  if (data.items.length === 0) return <EmptyState title={t('noMessages')} />
  return (
    <Space orientation="vertical" size={16} style={{ width: '100%' }}>
      {data.items.map((one) => (
        <section key={one.id}>
          <Space wrap size={8}>
            <StatusTag tone={tones[one.state]}>{state(one.state)}</StatusTag>
            <span className="soft">
              {one.state === 'waiting'
                ? t('sendAt', { when: formats.dateTime(one.sendAt) })
                : formats.dateTime(one.sentAt ?? one.createdAt)}
            </span>
            {one.attempts > 1 && <span className="soft">{t('attempts', { n: one.attempts })}</span>}
          </Space>
          <ul className={styles.lines}>
            {one.lines.map((line, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own and never move
              <li key={n}>{say(line)}</li>
            ))}
          </ul>
          {one.answer && (
            <p className={`soft ${styles.answer}`}>
              {one.answer.code} {one.answer.message}
            </p>
          )}
        </section>
      ))}
    </Space>
  )
}
