import { useNavigate } from '@tanstack/react-router'
import { roleLabels } from '@xingbo/shared/identity/actor'
import { type ReactNode, useState } from 'react'
import { useLanguage, useTexts } from '../lib/i18n.ts'
import { useMe } from '../lib/me.ts'
import { useShortcut } from '../lib/shortcuts.ts'
import styles from './AppShell.module.css'
import { type NavKey, navigationFor } from './navigation.tsx'
import { Palette, type PaletteSearch } from './Palette.tsx'
import { ShortcutList } from './ShortcutList.tsx'
import { BottomBar, SectionTabs, SideNav } from './SideNav.tsx'
import { type InboxCount, TopBar, type TopBarActions } from './TopBar.tsx'
import { uiTexts } from './ui.texts.ts'

type AppShellProps = TopBarActions & {
  /** How many things wait behind an entry of the navigation. */
  counts?: Partial<Record<NavKey, number>> | undefined
  /** What Ctrl+K searches beyond the pages. */
  search?: PaletteSearch | undefined
  /** Unread notices, for the bell. */
  inbox?: InboxCount | undefined
  children: ReactNode
}

/** The frame of the desk: navigation, top bar, palette, shortcuts. Drawn once, by the `_desk` route. */
export function AppShell({ counts = {}, search, inbox, children, ...actions }: AppShellProps) {
  const t = useTexts(uiTexts)
  const language = useLanguage()
  const navigate = useNavigate()
  const me = useMe()
  const nav = navigationFor(me.role)
  const [palette, setPalette] = useState(false)
  const [keys, setKeys] = useState(false)
  useShortcut('mod+k', uiTexts.shortcutPalette, () => setPalette(true))
  useShortcut('?', uiTexts.shortcutsList, () => setKeys(true))

  const pages = nav.flatMap((item) =>
    [item, ...(item.pages ?? [])].map((page) => ({
      key: page.path,
      title: page.label[language],
      run: () => {
        if (item.phone) window.location.assign(page.path)
        else void navigate({ to: page.path })
      },
    })),
  )
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <SideNav nav={nav} counts={counts} />
      <div className={styles.right}>
        <TopBar
          {...actions}
          inbox={inbox}
          roleName={roleLabels[me.role][language]}
          onSearch={() => setPalette(true)}
          onShortcuts={() => setKeys(true)}
        />
        <main id="content" className={styles.content} tabIndex={-1}>
          <SectionTabs nav={nav} />
          {children}
        </main>
      </div>
      <BottomBar nav={nav} counts={counts} />
      <Palette open={palette} onClose={() => setPalette(false)} pages={pages} search={search} />
      <ShortcutList open={keys} onClose={() => setKeys(false)} />
    </div>
  )
}
