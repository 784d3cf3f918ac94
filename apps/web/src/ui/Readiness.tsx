import CheckCircleOutlined from '@ant-design/icons/CheckCircleOutlined'
import SafetyOutlined from '@ant-design/icons/SafetyOutlined'
import WarningOutlined from '@ant-design/icons/WarningOutlined'
import type { Message } from '@xingbo/shared/messages'
import type { Readiness } from '@xingbo/shared/readiness'
import { useTexts } from '../lib/i18n.ts'
import { useSay } from '../lib/say.ts'
import styles from './Readiness.module.css'
import { StatusTag } from './StatusTag.tsx'
import { uiTexts } from './ui.texts.ts'

const signs = { block: SafetyOutlined, warning: WarningOutlined }

/** Everything that keeps this from being published, and what soon will; or that nothing does. */
export function ReadinessList({ readiness }: { readiness: Readiness }) {
  const t = useTexts(uiTexts)
  const say = useSay()
  const line = (kind: keyof typeof signs, message: Message) => {
    const Sign = signs[kind]
    const text = say(message)
    return (
      <li key={text} className={styles.line} data-kind={kind}>
        <Sign aria-label={t(kind === 'block' ? 'notReady' : 'takeCare')} />
        <span>{text}</span>
      </li>
    )
  }
  return (
    <ul className={styles.list}>
      {readiness.verdict.ok && (
        <li className={styles.line} data-kind="yes">
          <CheckCircleOutlined aria-hidden />
          <span>{t('readyLong')}</span>
        </li>
      )}
      {readiness.blocks.map((message) => line('block', message))}
      {readiness.warnings.map((message) => line('warning', message))}
    </ul>
  )
}

/** The same in one word, for lists; every sentence on hover. */
export function ReadinessTag({ readiness }: { readiness: Readiness }) {
  const t = useTexts(uiTexts)
  const say = useSay()
  const { verdict, blocks, warnings } = readiness
  const hint = [...blocks, ...warnings].map(say).join('\n') || undefined
  if (!verdict.ok)
    return (
      <StatusTag tone="blocked" hint={hint}>
        {t('notReady')}
      </StatusTag>
    )
  return (
    <StatusTag tone={warnings.length > 0 ? 'warning' : 'done'} hint={hint}>
      {t(warnings.length > 0 ? 'takeCare' : 'ready')}
    </StatusTag>
  )
}
