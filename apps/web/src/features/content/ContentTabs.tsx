import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import styles from './ContentTabs.module.css'
import { contentTexts } from './content.texts.ts'

/** The parts of an item; each is a route of its own below `/contents/$contentId`. */
const tabs = [
  { part: 'script', label: 'tabScript' },
  { part: 'compliance', label: 'tabCompliance' },
  { part: 'media', label: 'tabMedia' },
  { part: 'publish', label: 'tabPublish' },
  { part: 'history', label: 'tabHistory', route: 'GET /api/audit' },
] as const

export function ContentTabs({ contentId }: { contentId: string }) {
  const t = useTexts(contentTexts)
  const may = useMay()
  const at = useLocation({ select: (location) => location.pathname })
  const current = useRef<HTMLAnchorElement>(null)
  // On a phone the row scrolls; the part one stands in must not lie outside it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the address changes
  useEffect(() => {
    // In braces: newer browsers return a promise here, which React would call when the tab goes.
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [at])
  return (
    <nav className={styles.tabs} aria-label={t('tabs')}>
      {tabs.map(({ part, label, ...tab }) => {
        if ('route' in tab && !may(tab.route)) return null
        const path = `/contents/${contentId}/${part}`
        const here = at === path || at.startsWith(`${path}/`)
        return (
          <Link
            key={part}
            to={path}
            ref={here ? current : undefined}
            className={styles.tab}
            resetScroll={false}
            activeProps={{}}
            {...(here && { 'aria-current': 'page' as const })}
          >
            {t(label)}
          </Link>
        )
      })}
    </nav>
  )
}
