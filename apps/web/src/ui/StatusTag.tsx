import CalendarOutlined from '@ant-design/icons/CalendarOutlined'
import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined'
import CheckOutlined from '@ant-design/icons/CheckOutlined'
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined'
import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined'
import EditOutlined from '@ant-design/icons/EditOutlined'
import LoadingOutlined from '@ant-design/icons/LoadingOutlined'
import MobileOutlined from '@ant-design/icons/MobileOutlined'
import PauseOutlined from '@ant-design/icons/PauseOutlined'
import QuestionCircleOutlined from '@ant-design/icons/QuestionCircleOutlined'
import SafetyOutlined from '@ant-design/icons/SafetyOutlined'
import StopOutlined from '@ant-design/icons/StopOutlined'
import WarningOutlined from '@ant-design/icons/WarningOutlined'
import { type Stage, stageLabels } from '@xingbo/shared/content/stage'
import {
  type PublicationState,
  publicationStateLabels,
} from '@xingbo/shared/publishing/publication-state'
import { Tooltip } from 'antd'
import type { ComponentType, ReactNode } from 'react'
import { useLabel } from '../lib/i18n.ts'
import styles from './StatusTag.module.css'

const tones = {
  /** 待审 */ waiting: { color: 'quiet', Icon: ClockCircleOutlined },
  /** 已签发 */ signed: { color: 'primary', Icon: CheckOutlined },
  /** 阻断 */ blocked: { color: 'danger', Icon: SafetyOutlined },
  /** 已排期 */ scheduled: { color: 'info', Icon: CalendarOutlined },
  /** 发布中 */ running: { color: 'accent', Icon: LoadingOutlined },
  /** 已发布, 正常 */ done: { color: 'success', Icon: CheckCircleOutlined },
  /** 待确认 */ unconfirmed: { color: 'warning', Icon: QuestionCircleOutlined },
  /** 失败 */ failed: { color: 'danger', Icon: CloseCircleOutlined },
  /** 暂停 */ paused: { color: 'quiet', Icon: PauseOutlined },
  /** 草稿 */ draft: { color: 'quiet', Icon: EditOutlined },
  /** 等一个人用手机做 */ person: { color: 'accent', Icon: MobileOutlined },
  /** 已取消, 已过期, 归档 */ ended: { color: 'quiet', Icon: StopOutlined },
  /** 快到期 */ warning: { color: 'warning', Icon: WarningOutlined },
} as const satisfies Record<string, { color: string; Icon: ComponentType }>
export type Tone = keyof typeof tones

type StatusTagProps = {
  tone: Tone
  children: ReactNode
  /** One sentence more, on hover and focus. */
  hint?: string | undefined
}

/** A state as colour, icon and word: `<StatusTag tone="signed">{t('signed')}</StatusTag>`. */
export function StatusTag({ tone, children, hint }: StatusTagProps) {
  const { color, Icon } = tones[tone]
  const tag = (
    <span className={styles.tag} data-color={color}>
      <Icon aria-hidden />
      {children}
    </span>
  )
  return hint ? <Tooltip title={hint}>{tag}</Tooltip> : tag
}

const publicationTones = {
  draft: 'draft',
  scheduled: 'scheduled',
  queued: 'waiting',
  submitting: 'running',
  accepted: 'waiting',
  published: 'done',
  failed: 'failed',
  unconfirmed: 'unconfirmed',
  awaiting_person: 'person',
  expired: 'ended',
  canceled: 'ended',
  taken_down: 'ended',
} as const satisfies Record<PublicationState, Tone>

/** Where a publication stands: `<PublicationTag state={publication.state} />`. */
export function PublicationTag({ state, hint }: { state: PublicationState; hint?: string }) {
  const label = useLabel(publicationStateLabels)
  return (
    <StatusTag tone={publicationTones[state]} hint={hint}>
      {label(state)}
    </StatusTag>
  )
}

/** The icon alone, where the word stands elsewhere in the same place (calendar). */
export function PublicationIcon({ state, held }: { state: PublicationState; held?: boolean }) {
  const { color, Icon } = tones[held ? 'blocked' : publicationTones[state]]
  return (
    <span className={styles.icon} data-color={color} aria-hidden>
      <Icon aria-hidden />
    </span>
  )
}

const stageTones = {
  topic: 'draft',
  scripting: 'draft',
  doctor_review: 'waiting',
  compliance_review: 'waiting',
  production: 'running',
  final_review: 'waiting',
  ready: 'signed',
  live: 'done',
  archived: 'ended',
  on_hold: 'paused',
  rejected: 'failed',
  recalled: 'blocked',
} as const satisfies Record<Stage, Tone>

/** Where a content item stands in the line: `<StageTag stage={content.stage} />`. */
export function StageTag({ stage, hint }: { stage: Stage; hint?: string }) {
  const label = useLabel(stageLabels)
  return (
    <StatusTag tone={stageTones[stage]} hint={hint}>
      {label(stage)}
    </StatusTag>
  )
}
