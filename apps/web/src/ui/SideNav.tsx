import MoreOutlined from '@ant-design/icons/MoreOutlined'
import { Link, useLocation } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import { useLanguage, useTexts } from '../lib/i18n.ts'
import logo from '../xingbo.svg'
import { type NavItem, type NavKey, sectionAt } from './navigation.tsx'
import styles from './SideNav.module.css'
import { uiTexts } from './ui.texts.ts'

type NavProps = { nav: NavItem[]; counts: Partial<Record<NavKey, number>> }

/** At most this many entries stand in the phone's bar; the rest lie behind 更多. */
const barEntries = 4

function Count({ n }: { n: number | undefined }) {
  return n ? <span className={styles.count}>{n > 99 ? '99+' : n}</span> : null
}

type EntryProps = {
  item: NavItem
  path?: string
  className: string | undefined
  current: boolean
  title?: string
  onClick?: () => void
  children: ReactNode
}

/** Pages of the phone entry are another document; everything else is a route. */
function Entry({ item, path = item.path, current, children, ...rest }: EntryProps) {
  const aria = current ? ({ 'aria-current': 'page' } as const) : {}
  if (item.phone)
    return (
      <a href={path} {...aria} {...rest}>
        {children}
      </a>
    )
  return (
    <Link to={path} activeOptions={{ exact: true, includeSearch: false }} {...aria} {...rest}>
      {children}
    </Link>
  )
}

export function SideNav({ nav, counts }: NavProps) {
  const t = useTexts(uiTexts)
  const language = useLanguage()
  const at = useLocation({ select: (location) => location.pathname })
  const open = sectionAt(nav, at)
  return (
    <nav className={styles.side} aria-label={t('mainNav')}>
      <Link to="/" className={styles.brand}>
        <img className={styles.logo} src={logo} alt="" width={28} height={28} />
        <span className={styles.name}>{t('brand')}</span>
      </Link>
      <ul className={styles.list}>
        {nav.map((item) => (
          <li key={item.key}>
            <Entry
              item={item}
              className={styles.entry}
              current={item.key === open}
              title={item.label[language]}
            >
              <item.Icon aria-hidden />
              <span className={styles.word}>{item.label[language]}</span>
              <Count n={counts[item.key]} />
            </Entry>
            {item.key === open && item.pages && item.pages.length > 0 && (
              <ul className={styles.pages}>
                {item.pages.map((page) => (
                  <li key={page.path}>
                    <Entry
                      item={item}
                      path={page.path}
                      className={styles.page}
                      current={at === page.path || at.startsWith(`${page.path}/`)}
                    >
                      {page.label[language]}
                    </Entry>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The pages of the present section in a row, where the narrow navigation has no room for them. */
export function SectionTabs({ nav }: { nav: NavItem[] }) {
  const language = useLanguage()
  const at = useLocation({ select: (location) => location.pathname })
  const section = nav.find((item) => item.key === sectionAt(nav, at))
  if (!section?.pages?.length) return null
  return (
    <nav className={styles.tabs} aria-label={section.label[language]}>
      {[section, ...section.pages].map((page) => (
        <Entry
          key={page.path}
          item={section}
          path={page.path}
          className={styles.sectionTab}
          current={at === page.path}
        >
          {page.label[language]}
        </Entry>
      ))}
    </nav>
  )
}

export function BottomBar({ nav, counts }: NavProps) {
  const t = useTexts(uiTexts)
  const language = useLanguage()
  const at = useLocation({ select: (location) => location.pathname })
  const open = sectionAt(nav, at)
  const [sheet, setSheet] = useState(false)
  const inBar = nav.slice(0, barEntries)
  const behind = nav.slice(barEntries)
  const waiting = behind.reduce((sum, item) => sum + (counts[item.key] ?? 0), 0)
  return (
    <nav className={styles.bar} aria-label={t('mainNav')}>
      {inBar.map((item) => (
        <Entry key={item.key} item={item} className={styles.tab} current={item.key === open}>
          <item.Icon aria-hidden />
          <span>{item.label[language]}</span>
          <Count n={counts[item.key]} />
        </Entry>
      ))}
      <button
        type="button"
        className={styles.tab}
        aria-expanded={sheet}
        onClick={() => setSheet(true)}
      >
        <MoreOutlined aria-hidden />
        <span>{t('more')}</span>
        <Count n={waiting} />
      </button>
      <Drawer
        open={sheet}
        onClose={() => setSheet(false)}
        placement="bottom"
        title={t('more')}
        size="auto"
        styles={{ body: { padding: '8px 12px calc(16px + env(safe-area-inset-bottom))' } }}
      >
        <ul className={styles.sheet}>
          {nav.flatMap((item) => [
            ...(behind.includes(item)
              ? [
                  <li key={item.key}>
                    <Entry
                      item={item}
                      className={styles.entry}
                      current={at === item.path}
                      onClick={() => setSheet(false)}
                    >
                      <item.Icon aria-hidden />
                      <span>{item.label[language]}</span>
                      <Count n={counts[item.key]} />
                    </Entry>
                  </li>,
                ]
              : []),
            ...(item.pages ?? []).map((page) => (
              <li key={page.path}>
                <Entry
                  item={item}
                  path={page.path}
                  className={behind.includes(item) ? styles.under : styles.entry}
                  current={at === page.path}
                  onClick={() => setSheet(false)}
                >
                  {!behind.includes(item) && <item.Icon aria-hidden />}
                  <span>{page.label[language]}</span>
                </Entry>
              </li>
            )),
          ])}
        </ul>
      </Drawer>
    </nav>
  )
}
