import { roleLabels } from '@xingbo/shared/identity/actor'
import { Button, Descriptions, Segmented } from 'antd'
import { setLanguage, useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { setThemeChoice, themeChoices, useThemeChoice } from '../../lib/theme.ts'
import styles from './AccountPanel.module.css'
import { identityTexts } from './identity.texts.ts'

type AccountPanelProps = { onChangePassword: () => void; onSignOutEverywhere: () => void }

const themeTexts = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const

export function AccountPanel({ onChangePassword, onSignOutEverywhere }: AccountPanelProps) {
  const t = useTexts(identityTexts)
  const role = useLabel(roleLabels)
  const language = useLanguage()
  const theme = useThemeChoice()
  const me = useMe()
  const onPhone = useMedia(narrow)
  return (
    <section className={styles.panel}>
      <Descriptions
        column={1}
        colon={false}
        layout={onPhone ? 'vertical' : 'horizontal'}
        styles={{ label: { width: 120, color: 'var(--ink-soft)', alignItems: 'center' } }}
        items={[
          { key: 'name', label: t('displayName'), children: me.displayName },
          { key: 'username', label: t('username'), children: me.username },
          {
            key: 'institutions',
            label: t('institutions'),
            children: (
              <ul className={styles.list}>
                {me.memberships.map((one) => (
                  <li key={one.institutionId}>
                    {one.institutionName} · {role(one.role)}
                  </li>
                ))}
              </ul>
            ),
          },
          {
            key: 'language',
            label: t('language'),
            children: (
              <Segmented
                value={language}
                options={[
                  { value: 'zh', label: '中文' },
                  { value: 'en', label: 'English' },
                ]}
                onChange={setLanguage}
              />
            ),
          },
          {
            key: 'theme',
            label: t('theme'),
            children: (
              <Segmented
                value={theme}
                options={themeChoices.map((one) => ({ value: one, label: t(themeTexts[one]) }))}
                onChange={setThemeChoice}
              />
            ),
          },
          {
            key: 'security',
            label: t('security'),
            children: (
              <div className={styles.buttons}>
                <Button onClick={onChangePassword}>{t('changePassword')}</Button>
                <Button onClick={onSignOutEverywhere}>{t('signOutEverywhere')}</Button>
              </div>
            ),
          },
        ]}
      />
    </section>
  )
}
