import type { ReactNode } from 'react'
import styles from './Panel.module.css'

type PanelProps = {
  title: string
  /** Buttons that belong to this part of the page. */
  extra?: ReactNode
  children: ReactNode
}

/** One part of a page about a single thing: a title, its buttons, its facts. Panels do not nest. */
export function Panel({ title, extra, children }: PanelProps) {
  return (
    <section className={styles.panel}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {extra && <div className={styles.extra}>{extra}</div>}
      </header>
      {children}
    </section>
  )
}
