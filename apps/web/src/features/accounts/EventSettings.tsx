import { useMutation } from '@tanstack/react-query'
import { Button, Typography } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { showEventSettingsMutation } from './account.queries.ts'
import { connectionTexts } from './connection.texts.ts'

/** The address and keys of an official account's events, shown on asking only: each showing is on record. */
export function EventSettings({ accountId }: { accountId: string }) {
  const t = useTexts(connectionTexts)
  const show = useMutation(showEventSettingsMutation())
  const copyable = (text: string) => <Typography.Text copyable>{text}</Typography.Text>
  return (
    <div style={{ marginTop: 16 }}>
      <p className="soft" style={{ margin: '0 0 8px' }}>
        {t('eventsHint')}
      </p>
      {show.data ? (
        <Facts
          columns={1}
          facts={[
            [t('eventsUrl'), copyable(show.data.url)],
            ['Token', copyable(show.data.token)],
            ['EncodingAESKey', copyable(show.data.encodingAesKey)],
            [t('eventsMode'), t('eventsSafe')],
          ]}
        />
      ) : (
        <Button loading={show.isPending} onClick={() => show.mutate(accountId)}>
          {t('eventsShow')}
        </Button>
      )}
    </div>
  )
}
