import { useQuery } from '@tanstack/react-query'
import { platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import type { PlatformMode } from '@xingbo/shared/accounts/platform-settings.schema'
import { Skeleton, Space, Typography } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import { platformSettingsQuery } from './account.queries.ts'
import { accountTexts } from './account.texts.ts'

const modes = {
  sandbox: { tone: 'draft', word: 'modeSandbox', hint: 'modeSandboxHint' },
  real: { tone: 'done', word: 'modeReal', hint: 'modeRealHint' },
  custom: { tone: 'warning', word: 'modeCustom', hint: 'modeCustomHint' },
} as const satisfies Record<PlatformMode, { tone: Tone; word: string; hint: string }>

/** Where each platform's calls lead; the values of credentials never reach the browser. */
export function PlatformSettings() {
  const t = useTexts(accountTexts)
  const label = useLabel(platformLabels)
  const { data, error, refetch } = useQuery(platformSettingsQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const spoken = new Set(data.items.map(({ platform }) => platform))
  return (
    <>
      {data.items.map(({ platform, mode, baseUrl, credentialsSet, settings, callbackUrl }) => {
        const { tone, word, hint } = modes[mode]
        const reaches = (
          <Space wrap size={6}>
            <StatusTag tone={tone}>{t(word)}</StatusTag>
            <span className="soft">{t(hint)}</span>
          </Space>
        )
        const credentials =
          credentialsSet === null ? (
            <span className="soft">{t('credentialsPerAccount')}</span>
          ) : (
            <StatusTag tone={credentialsSet ? 'done' : 'blocked'}>
              {t(credentialsSet ? 'credentialsSet' : 'credentialsMissing')}
            </StatusTag>
          )
        const callback =
          callbackUrl === null ? (
            <span className="soft">{t('callbackPerAccount')}</span>
          ) : (
            <Space orientation="vertical" size={0}>
              <Typography.Text copyable>{callbackUrl}</Typography.Text>
              <span className="soft">{t('callbackHint')}</span>
            </Space>
          )
        return (
          <Panel
            key={platform}
            title={label(platform)}
            extra={<PlatformBadge platform={platform} name={null} />}
          >
            <Facts
              columns={1}
              facts={[
                [t('connectsTo'), reaches],
                [t('baseUrl'), baseUrl],
                [t('credentials'), credentials],
                [t('settingNames'), settings.join(' · ')],
                [t('callbackUrl'), callback],
              ]}
            />
          </Panel>
        )
      })}
      <Panel title={t('otherPlatforms')}>
        <p className="soft" style={{ margin: '0 0 12px' }}>
          {t('otherPlatformsHint')}
        </p>
        <Space wrap size={[16, 8]}>
          {platforms
            .filter((one) => !spoken.has(one))
            .map((one) => (
              <PlatformBadge key={one} platform={one} />
            ))}
        </Space>
      </Panel>
    </>
  )
}
