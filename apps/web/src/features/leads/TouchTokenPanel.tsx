import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Nature } from '@xingbo/shared/content/stage'
import { touchCan, touchReasonLength } from '@xingbo/shared/leads/touch.rules'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { useMay, useMe } from '../../lib/me.ts'
import { Panel } from '../../ui/Panel.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { TokenCard, TokenCounts } from './TokenCard.tsx'
import styles from './Touch.module.css'
import { createTokenMutation, touchQueries } from './touch.queries.ts'
import { touchTexts } from './touch.texts.ts'
import { useDisableToken } from './use-disable-token.ts'

type TouchTokenPanelProps = { publicationId: string; contentId: string; state: PublicationState }

/** The touch token of one post: its code and counts, or the way to make one and why not. */
export function TouchTokenPanel({ publicationId, contentId, state }: TouchTokenPanelProps) {
  const t = useTexts(touchTexts)
  const may = useMay()
  const disable = useDisableToken()
  const open = may('GET /api/touch-tokens')
  const tokens = useQuery({ ...touchQueries.list({ publicationId }), enabled: open })
  const nature = useQuery({ ...touchQueries.nature(contentId), enabled: open })
  if (!open || !tokens.data || !nature.data) return null
  const token = tokens.data.items.find(({ disabledAt }) => disabledAt === null)
  return (
    <Panel
      title={t('title')}
      extra={
        token &&
        may('POST /api/touch-tokens/:token/disable') && (
          <Button size="small" onClick={() => disable(token)}>
            {t('disable')}
          </Button>
        )
      }
    >
      <div className={styles.panel}>
        {token ? (
          <>
            <TokenCard token={token} />
            <TokenCounts token={token} />
            {token.allowedReason && (
              <p className="soft">
                {t('allowed', { who: token.allowedByName ?? '', reason: token.allowedReason })}
              </p>
            )}
          </>
        ) : (
          <NewToken publicationId={publicationId} nature={nature.data} state={state} />
        )}
      </div>
    </Panel>
  )
}

type NewTokenProps = { publicationId: string; nature: Nature; state: PublicationState }

function NewToken({ publicationId, nature, state }: NewTokenProps) {
  const t = useTexts(touchTexts)
  const id = useId()
  const { role } = useMe()
  const may = useMay()
  const create = useMutation(createTokenMutation(useQueryClient()))
  const [reason, setReason] = useState('')
  const science = nature === 'science'
  const verdict = touchCan.create({ nature, state, hasToken: false, role, reason })
  return (
    <>
      <p style={{ margin: 0 }}>
        {t('panelNone')} {science && t('panelScience')}
      </p>
      {science && role === 'reviewer' && (
        <div className={styles.reason}>
          <label htmlFor={id}>{t('reason')}</label>
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={touchReasonLength.max}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <span className="soft">{t('reasonHint', { n: touchReasonLength.min })}</span>
        </div>
      )}
      {may('POST /api/publications/:publicationId/touch-token') && (
        <VerdictButton
          verdict={verdict}
          loading={create.isPending}
          onClick={() => create.mutate({ publicationId, reason })}
        >
          {t(science ? 'allow' : 'make')}
        </VerdictButton>
      )}
    </>
  )
}
