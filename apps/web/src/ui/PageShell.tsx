import LeftOutlined from '@ant-design/icons/LeftOutlined'
import { Link } from '@tanstack/react-router'
import { type Verdict, yes } from '@xingbo/shared/verdict'
import { type ReactNode, useEffect } from 'react'
import { useTexts } from '../lib/i18n.ts'
import { useShortcut } from '../lib/shortcuts.ts'
import styles from './PageShell.module.css'
import { uiTexts } from './ui.texts.ts'
import { VerdictButton } from './VerdictButton.tsx'

type PageShellProps = {
  title: string
  /** One sentence of what the page is for. */
  purpose?: ReactNode
  /** Where 返回 leads, on pages of a single thing. */
  back?: { to: string; search?: Record<string, string>; label: string }
  /** Tags beside the title: the state of the thing. */
  tags?: ReactNode
  /** The one primary action. `key: 'c'` also opens it with C; leave it away where a slip of a key would hurt. */
  primary?:
    | { label: string; onClick: () => void; verdict?: Verdict; icon?: ReactNode; key?: 'c' }
    | undefined
  /** Other actions, before the primary one. */
  extra?: ReactNode
  /** The row of filters; every filter lives in the URL. */
  filters?: ReactNode
  children: ReactNode
}

/** The frame of every page: title, one sentence, one primary action, one row of filters, content. */
export function PageShell(props: PageShellProps) {
  const { title, purpose, back, tags, primary, extra, filters, children } = props
  const t = useTexts(uiTexts)
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`
  }, [title, t])
  const mayCreate = primary?.key === 'c' && (primary.verdict ?? yes).ok
  useShortcut('c', uiTexts.shortcutCreate, () => primary?.onClick(), mayCreate)
  return (
    <article className={styles.page}>
      <header className={styles.head}>
        <div className={styles.words}>
          {back && (
            <Link
              to={back.to}
              {...(back.search && { search: back.search })}
              className={styles.back}
            >
              <LeftOutlined aria-hidden /> {back.label}
            </Link>
          )}
          <div className={styles.titleRow}>
            <h1 className={styles.title}>{title}</h1>
            {tags}
          </div>
          {purpose && <p className={styles.purpose}>{purpose}</p>}
        </div>
        {(primary || extra) && (
          <div className={styles.actions}>
            {extra}
            {primary && (
              <VerdictButton
                type="primary"
                icon={primary.icon}
                verdict={primary.verdict ?? yes}
                onClick={primary.onClick}
              >
                {primary.label}
              </VerdictButton>
            )}
          </div>
        )}
      </header>
      {filters && <div className={styles.filters}>{filters}</div>}
      {children}
    </article>
  )
}
