import { useMutation, useQuery } from '@tanstack/react-query'
import { connectVerdict } from '@xingbo/shared/accounts/account.rules'
import type { Account, AccountConnection } from '@xingbo/shared/accounts/account.schema'
import { connectWays, scopeLabels } from '@xingbo/shared/accounts/connection.rules'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import { Alert, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { DateTime } from '../../ui/Time.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { AppDrawer } from './AppDrawer.tsx'
import { accountQueries, connectAccountMutation } from './account.queries.ts'
import { connectionTexts } from './connection.texts.ts'
import { EventSettings } from './EventSettings.tsx'

const isLost = ({ health }: Account) => health === 'reauth_needed' || health === 'token_expired'

/** How we may act for the account: connect or reconnect, what was consented to, and what keeps it alive. */
export function ConnectionPanel({ account }: { account: Account }) {
  const t = useTexts(connectionTexts)
  const may = useMay()
  const platform = useLabel(platformLabels)(account.platform)
  const connect = useMutation(connectAccountMutation())
  const [typing, setTyping] = useState(false)
  const verdict = connectVerdict(account)
  const byApp = connectWays[account.platform]?.by === 'app'
  if (!verdict.ok && !account.connected) return null
  const go = () =>
    byApp
      ? setTyping(true)
      : connect.mutate(account.id, { onSuccess: ({ url }) => window.location.assign(url) })
  const lost = isLost(account)
  return (
    <Panel
      title={t('connection')}
      extra={
        may('POST /api/accounts/:accountId/connect') && (
          <VerdictButton
            type={account.connected && !lost ? 'default' : 'primary'}
            verdict={verdict}
            loading={connect.isPending || connect.isSuccess}
            onClick={go}
          >
            {account.connected ? t('reconnect') : t('connect', { platform })}
          </VerdictButton>
        )
      }
    >
      {account.connected && may('GET /api/accounts/:accountId/connection') ? (
        <Kept account={account} />
      ) : (
        <StatusTag tone={account.connected ? (lost ? 'failed' : 'done') : 'blocked'}>
          {t(account.connected ? (lost ? 'lost' : 'connected') : 'notConnected')}
        </StatusTag>
      )}
      <p className="soft" style={{ margin: '8px 0 0' }}>
        {t(byApp ? 'appHint' : 'consentHint', { platform })}
      </p>
      {byApp && account.connected && may('POST /api/accounts/:accountId/event-settings') && (
        <EventSettings accountId={account.id} />
      )}
      <AppDrawer account={typing ? account : null} onClose={() => setTyping(false)} />
    </Panel>
  )
}

/** What keeps a connected account alive, in words. */
function Kept({ account }: { account: Account }) {
  const t = useTexts(connectionTexts)
  const language = useLanguage()
  const { data } = useQuery(accountQueries.connection(account.id))
  const lost = isLost(account)
  const state = lost ? 'lost' : data?.refreshError ? 'struggling' : 'connected'
  const tone = { lost: 'failed', struggling: 'warning', connected: 'done' } as const
  const facts: [string, ReactNode][] = [
    [
      t('state'),
      <StatusTag key="state" tone={tone[state]}>
        {t(state)}
      </StatusTag>,
    ],
    [t('until'), <Until key="until" account={account} />],
  ]
  const scopes = data?.scopes.map((scope) => scopeLabels[scope]?.[language] ?? scope) ?? []
  if (data?.appId) facts.push([t('appId'), data.appId])
  else facts.push([t('scopes'), scopes.join(language === 'zh' ? '、' : ', ')])
  if (data) {
    if (!lost && data.nextRefreshAt)
      facts.push([t('nextRefresh'), <NextRefresh key="next" connection={data} />])
    if (data.refreshedAt)
      facts.push([t('refreshedAt'), <DateTime key="at" at={data.refreshedAt} />])
    facts.push([t('connectedAt'), <DateTime key="at" at={data.connectedAt} />])
    if (connectWays[account.platform]?.renewals !== undefined)
      facts.push([t('renewals'), <Renewals key="n" account={account} connection={data} />])
  }
  return (
    <>
      {lost && data && data.heldPosts > 0 && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('held', { count: data.heldPosts })}
        />
      )}
      <Facts facts={facts} />
    </>
  )
}

function Until({ account }: { account: Account }) {
  const t = useTexts(connectionTexts)
  const formats = useFormats()
  if (isLost(account)) return t('untilOver')
  if (account.authorizedUntil === null) return t('untilNone')
  const day = formats.date(account.authorizedUntil)
  return t(account.prolongsItself ? 'untilMoves' : 'untilEnds', { day })
}

function NextRefresh({ connection }: { connection: AccountConnection }) {
  const t = useTexts(connectionTexts)
  const { refreshError, refreshFailures, nextRefreshAt } = connection
  return (
    <Space orientation="vertical" size={0}>
      <DateTime at={nextRefreshAt} />
      {refreshError && (
        <span className="soft">{t('failed', { count: refreshFailures, code: refreshError })}</span>
      )}
    </Space>
  )
}

function Renewals({ account, connection }: { account: Account; connection: AccountConnection }) {
  const t = useTexts(connectionTexts)
  const limit = connectWays[account.platform]?.renewals ?? 0
  return t('renewalsUsed', { used: connection.renewals, limit })
}
