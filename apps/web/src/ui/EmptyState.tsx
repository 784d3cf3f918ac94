import FilterOutlined from '@ant-design/icons/FilterOutlined'
import InboxOutlined from '@ant-design/icons/InboxOutlined'
import LockOutlined from '@ant-design/icons/LockOutlined'
import type { ReactNode } from 'react'
import { useTexts } from '../lib/i18n.ts'
import styles from './EmptyState.module.css'
import { uiTexts } from './ui.texts.ts'

type EmptyStateProps = {
  /** Which emptiness it is: none yet, filtered out, or not for this role. A failure is an `ErrorState`. */
  kind?: 'none' | 'filtered' | 'forbidden'
  title?: string | undefined
  hint?: string | undefined
  /** The one next action. */
  action?: ReactNode
}

const icons = { none: InboxOutlined, filtered: FilterOutlined, forbidden: LockOutlined }
const defaults = {
  none: { title: 'emptyNone', hint: null },
  filtered: { title: 'emptyFiltered', hint: 'emptyFilteredHint' },
  forbidden: { title: 'forbidden', hint: 'forbiddenHint' },
} as const

/** Says which emptiness it is and the one thing to do next. */
export function EmptyState({ kind = 'none', title, hint, action }: EmptyStateProps) {
  const t = useTexts(uiTexts)
  const Icon = icons[kind]
  const usual = defaults[kind]
  const text = hint ?? (usual.hint && t(usual.hint))
  return (
    <div className={styles.state}>
      <Icon className={styles.icon} aria-hidden />
      <p className={styles.title}>{title ?? t(usual.title)}</p>
      {text && <p className={styles.hint}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
