import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Hold, type HoldKind, listHolds, reasonText } from '@xingbo/shared/content/hold.schema'
import { Alert, Button, Form, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { liveQueries } from '../../lib/live.ts'
import { useMay } from '../../lib/me.ts'
import { request } from '../../lib/request.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { contentTexts } from './content.texts.ts'
import { liftHoldMutation, placeHoldMutation } from './hold.queries.ts'
import { holdTexts } from './hold.texts.ts'

const holdsOf = (kind: HoldKind, subjectId: string) =>
  queryOptions({
    queryKey: ['holds', kind, subjectId],
    queryFn: ({ signal }) => request(listHolds, { query: { kind, subjectId } }, signal),
  })
liveQueries('hold', ['holds'])

type SubjectHoldsProps = { kind: HoldKind; subjectId: string; name: string }

/** Whether a doctor or an account is stopped, and the way to stop it or let it go on. */
export function SubjectHolds({ kind, subjectId, name }: SubjectHoldsProps) {
  const t = useTexts(holdTexts)
  const c = useTexts(contentTexts)
  const formats = useFormats()
  const may = useMay()
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(holdsOf(kind, subjectId))
  const place = useMutation(placeHoldMutation(client))
  const lift = useMutation(liftHoldMutation(client))
  const [asking, setAsking] = useState<Hold | 'new' | null>(null)

  const submit = async ({ reason }: { reason: string }) => {
    if (asking === 'new') await place.mutateAsync({ kind, subjectId, reason })
    else if (asking) await lift.mutateAsync({ holdId: asking.id, reason })
    await client.invalidateQueries({ queryKey: ['holds'] })
  }
  const words =
    asking === 'new'
      ? { title: t('placeTitle', { name }), verb: t('place'), done: c('holdPlaced') }
      : { title: c('liftTitle', { name }), verb: c('lift'), done: c('lifted') }
  const holds = data?.items ?? []
  return (
    <Panel
      title={t('title')}
      extra={
        data &&
        holds.length === 0 &&
        may('POST /api/holds') && <Button onClick={() => setAsking('new')}>{t('place')}</Button>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active paragraph={{ rows: 1 }} title={false} />
      ) : holds.length === 0 ? (
        <span className="soft">{t('none')}</span>
      ) : (
        holds.map((hold) => (
          <Alert
            key={hold.id}
            type="warning"
            showIcon
            title={hold.reason}
            description={c('holdBy', {
              who: hold.placedBy,
              when: formats.dateTime(hold.placedAt),
            })}
            action={
              may('POST /api/holds/:holdId/lift') && (
                <Button size="small" onClick={() => setAsking(hold)}>
                  {c('lift')}
                </Button>
              )
            }
          />
        ))
      )}
      <FormDrawer<{ reason: string }>
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={words.title}
        submitLabel={words.verb}
        doneText={words.done}
        onSubmit={submit}
      >
        {asking === 'new' && <p className="soft">{t('placeText')}</p>}
        <Form.Item name="reason" label={c('reason')} required rules={[zodRule(reasonText)]}>
          <Input.TextArea rows={3} maxLength={300} showCount />
        </Form.Item>
      </FormDrawer>
    </Panel>
  )
}
