import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Account, resumeAccount } from '@xingbo/shared/accounts/account.schema'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { useSayReason } from '../../lib/say.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { resumeAccountMutation } from './account.queries.ts'
import { connectionTexts } from './connection.texts.ts'

/** The product has paused the account by itself: why, and a person's "go on". */
export function PausedNotice({ account }: { account: Account }) {
  const t = useTexts(connectionTexts)
  const say = useSayReason()
  const may = useMay()
  const resume = useMutation(resumeAccountMutation(useQueryClient()))
  const [asking, setAsking] = useState(false)
  if (!account.paused) return null
  const mayResume = may('POST /api/accounts/:accountId/resume')
  return (
    <>
      <Alert
        type="error"
        showIcon
        style={{ marginBottom: 16 }}
        title={say(account.paused.reason)}
        description={t('pausedHint')}
        action={
          mayResume && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t('resume')}
            </Button>
          )
        }
      />
      <FormDrawer<{ reason: string }>
        open={asking}
        onClose={() => setAsking(false)}
        title={t('resumeTitle')}
        initialValues={{}}
        onSubmit={async (body) => {
          await resume.mutateAsync({ params: { accountId: account.id }, body })
        }}
      >
        {() => (
          <Form.Item
            name="reason"
            label={t('resumeReason')}
            extra={t('resumeReasonHint')}
            required
            rules={[zodRule(resumeAccount.body.shape.reason)]}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={200} />
          </Form.Item>
        )}
      </FormDrawer>
    </>
  )
}
