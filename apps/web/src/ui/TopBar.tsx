import BellOutlined from '@ant-design/icons/BellOutlined'
import DisconnectOutlined from '@ant-design/icons/DisconnectOutlined'
import DownOutlined from '@ant-design/icons/DownOutlined'
import MoonOutlined from '@ant-design/icons/MoonOutlined'
import SearchOutlined from '@ant-design/icons/SearchOutlined'
import SunOutlined from '@ant-design/icons/SunOutlined'
import UserOutlined from '@ant-design/icons/UserOutlined'
import { useNavigate } from '@tanstack/react-router'
import { roleLabels } from '@xingbo/shared/identity/actor'
import { Badge, Button, Dropdown, type MenuProps, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { setLanguage, useLanguage, useTexts } from '../lib/i18n.ts'
import { liveState } from '../lib/live.ts'
import { useMe } from '../lib/me.ts'
import { narrow, useMedia } from '../lib/media.ts'
import { setThemeChoice, themeChoices, useTheme, useThemeChoice } from '../lib/theme.ts'
import { useValue } from '../lib/value.ts'
import styles from './TopBar.module.css'
import { uiTexts } from './ui.texts.ts'

export type TopBarActions = {
  onSwitchInstitution: (institutionId: string) => void
  onChangePassword: () => void
  onSignOut: () => void
  onSignOutEverywhere: () => void
}
/** What the bell shows. */
export type InboxCount = { readonly unread: number; readonly urgent: number }
type TopBarProps = TopBarActions & {
  roleName: string
  inbox: InboxCount | undefined
  onSearch: () => void
  onShortcuts: () => void
}

const themeTexts = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const

export function TopBar(props: TopBarProps) {
  const t = useTexts(uiTexts)
  const language = useLanguage()
  const themeChoice = useThemeChoice()
  const theme = useTheme()
  const me = useMe()
  const onPhone = useMedia(narrow)
  const switchLanguage = () => setLanguage(language === 'zh' ? 'en' : 'zh')
  const themeItems = themeChoices.map((choice) => ({
    key: choice,
    label: t(themeTexts[choice]),
    onClick: () => setThemeChoice(choice),
  }))
  const meMenu: MenuProps = {
    items: [
      { key: 'who', type: 'group', label: `${me.displayName} · ${props.roleName}` },
      { type: 'divider' },
      { key: 'password', label: t('changePassword'), onClick: props.onChangePassword },
      ...(onPhone ? [] : [{ key: 'keys', label: t('shortcuts'), onClick: props.onShortcuts }]),
      // The top bar of a phone has no room for them.
      ...(onPhone
        ? [
            { type: 'divider' as const },
            { key: 'language', label: t('otherLanguage'), onClick: switchLanguage },
            { key: 'theme', label: t('theme'), children: themeItems },
          ]
        : []),
      { type: 'divider' },
      { key: 'out', label: t('signOut'), onClick: props.onSignOut },
      { key: 'everywhere', label: t('signOutEverywhere'), onClick: props.onSignOutEverywhere },
    ],
  }
  return (
    <header className={styles.bar}>
      <Institution onSwitch={props.onSwitchInstitution} />
      <LiveSign />
      <div className={styles.space} />
      <Button
        className={styles.search}
        icon={<SearchOutlined aria-hidden />}
        onClick={props.onSearch}
      >
        <span className={styles.searchWord}>{t('search')}</span>
        <kbd className={styles.keys} aria-hidden>
          Ctrl K
        </kbd>
      </Button>
      <Bell count={props.inbox} />
      {!onPhone && (
        <>
          <Button type="text" onClick={switchLanguage} lang={language === 'zh' ? 'en' : 'zh-CN'}>
            {t('otherLanguage')}
          </Button>
          <Dropdown
            trigger={['click']}
            menu={{ items: themeItems, selectable: true, selectedKeys: [themeChoice] }}
          >
            <Button
              type="text"
              icon={theme === 'dark' ? <MoonOutlined aria-hidden /> : <SunOutlined aria-hidden />}
              aria-label={t('theme')}
            />
          </Dropdown>
        </>
      )}
      <Dropdown trigger={['click']} menu={meMenu} placement="bottomRight">
        <Button
          type="text"
          icon={<UserOutlined aria-hidden />}
          title={t('me')}
          className={styles.me}
        >
          <span className={styles.meName}>{me.displayName}</span>
        </Button>
      </Dropdown>
    </header>
  )
}

/** The inbox, with how much is unread; red while something urgent is. */
function Bell({ count }: { count: InboxCount | undefined }) {
  const t = useTexts(uiTexts)
  const navigate = useNavigate()
  const n = count?.unread ?? 0
  const label = n > 0 ? t('inboxUnread', { n }) : t('inbox')
  return (
    <Badge
      count={n}
      size="small"
      offset={[-8, 8]}
      classNames={{ indicator: count && count.urgent > 0 ? styles.urgent : styles.unread }}
    >
      <Button
        type="text"
        icon={<BellOutlined aria-hidden />}
        aria-label={label}
        title={label}
        onClick={() => void navigate({ to: '/inbox' })}
      />
    </Badge>
  )
}

/** One institution is a name; several are a switcher. */
function Institution({ onSwitch }: { onSwitch: (institutionId: string) => void }) {
  const t = useTexts(uiTexts)
  const language = useLanguage()
  const me = useMe()
  const name = (
    <span className={styles.institution} title={me.institutionName}>
      {me.institutionShortName}
    </span>
  )
  if (me.memberships.length < 2) return name
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [me.institutionId],
        items: me.memberships.map((one) => ({
          key: one.institutionId,
          label: `${one.institutionName} · ${roleLabels[one.role][language]}`,
          onClick: () => one.institutionId !== me.institutionId && onSwitch(one.institutionId),
        })),
      }}
    >
      <Button type="text" className={styles.switcher} title={t('switchInstitution')}>
        {name}
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  )
}

/** A short break heals itself unseen; a longer one is said, because the page may be behind. */
const lostAfter = 5_000

function LiveSign() {
  const t = useTexts(uiTexts)
  const lost = useValue(liveState) === 'lost'
  const [said, setSaid] = useState(false)
  useEffect(() => {
    if (!lost) return
    const timer = setTimeout(() => setSaid(true), lostAfter)
    return () => {
      clearTimeout(timer)
      setSaid(false)
    }
  }, [lost])
  if (!said) return null
  return (
    <Tooltip title={t('liveLost')}>
      <span className={styles.lost} role="status" aria-label={t('liveLost')}>
        <DisconnectOutlined aria-hidden />
      </span>
    </Tooltip>
  )
}
