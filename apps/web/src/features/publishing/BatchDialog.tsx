import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { nextUsualTime } from '@xingbo/shared/publishing/schedule.rules'
import { Alert, App, Button, Drawer, Skeleton } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useUndoToast } from '../../ui/UndoToast.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { AccountChoice, ItemChoice } from './BatchChoice.tsx'
import styles from './BatchDialog.module.css'
import { BatchHow, type How } from './BatchHow.tsx'
import { BatchPreview } from './BatchPreview.tsx'
import { batchTexts } from './batch.texts.ts'
import { accountChoicesQuery, publicationQueries } from './publishing.queries.ts'
import {
  type SpreadInput,
  saveBatchMutation,
  slotsQuery,
  undoBatchMutation,
} from './schedule.queries.ts'
import { useBatchPlan } from './use-batch-plan.ts'

type BatchDialogProps = {
  /** Items chosen beforehand; null while the dialog is closed. */
  chosen: readonly string[] | null
  onSlots: () => void
  onClose: () => void
}

/** Many items over many accounts: choose, see every line, change what does not fit, save once. */
export function BatchDialog({ chosen, onSlots, onClose }: BatchDialogProps) {
  const t = useTexts(batchTexts)
  return (
    <Drawer
      open={chosen !== null}
      onClose={onClose}
      title={t('title')}
      size="min(1360px, 100vw)"
      destroyOnHidden
      styles={{ body: { padding: 0 } }}
    >
      {chosen && <Loaded chosen={chosen} onSlots={onSlots} onClose={onClose} />}
    </Drawer>
  )
}

type LoadedProps = { chosen: readonly string[]; onSlots: () => void; onClose: () => void }

function Loaded(props: LoadedProps) {
  const ready = useQuery(publicationQueries.undated())
  const accounts = useQuery(accountChoicesQuery)
  const slots = useQuery(slotsQuery)
  const failed = [ready, accounts, slots].find(({ isError }) => isError)
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  if (!ready.data || !accounts.data || !slots.data)
    return <Skeleton active className={styles.waiting} paragraph={{ rows: 8 }} />
  return (
    <Plan
      {...props}
      items={ready.data.items}
      accounts={accounts.data.items.filter(({ archived }) => !archived)}
      slots={slots.data.items}
    />
  )
}

type Ready = NonNullable<
  Awaited<ReturnType<NonNullable<ReturnType<typeof publicationQueries.undated>['queryFn']>>>
>
type PlanProps = LoadedProps & {
  items: Ready['items']
  accounts: Parameters<typeof AccountChoice>[0]['accounts']
  slots: Parameters<typeof AccountChoice>[0]['slots']
}

function Plan({ chosen, items, accounts, slots, onSlots, onClose }: PlanProps) {
  const t = useTexts(batchTexts)
  const formats = useFormats()
  const { message } = App.useApp()
  const offerUndo = useUndoToast()
  const client = useQueryClient()
  const save = useMutation(saveBatchMutation(client))
  const undo = useMutation(undoBatchMutation(client))
  const [picked, setPicked] = useState<ReadonlySet<string>>(
    () => new Set(chosen.filter((id) => items.some((item) => item.id === id))),
  )
  const [accountIds, setAccountIds] = useState<ReadonlySet<string>>(new Set())
  const [how, setHow] = useState<How>(() => ({
    sharing: 'deal',
    by: slots.length > 0 ? 'slots' : 'spacing',
    start: nextUsualTime(new Date(), formats.zone).toISOString(),
    everyMinutes: 60,
    from: '08:00',
    to: '22:00',
    perDay: 3,
    skipDaysOff: false,
  }))
  // Items in the order of the list, so that the first one goes out first.
  const contentIds = items.filter(({ id }) => picked.has(id)).map(({ id }) => id)
  const wanted = accounts.filter(({ id }) => accountIds.has(id)).map(({ id }) => id)
  const input = useDeferredValue(
    contentIds.length > 0 && wanted.length > 0
      ? inputOf(contentIds, wanted, how, formats.zone)
      : null,
    null,
  )
  const plan = useBatchPlan(input, formats.zone)

  const submit = () =>
    save.mutate(plan.body, {
      onSuccess: ({ id, total }) => {
        offerUndo({
          done: t('done', { n: total }),
          undo: async () => {
            const { canceled, movedBack, left } = await undo.mutateAsync(id)
            void message.info(t('undoDone', { n: canceled + movedBack, left }))
          },
        })
        onClose()
      },
    })

  return (
    <div className={styles.dialog}>
      <div className={styles.body}>
        <div className={styles.choices}>
          <ItemChoice items={items} chosen={picked} onChange={setPicked} />
          <AccountChoice
            accounts={accounts}
            slots={slots}
            chosen={accountIds}
            onChange={setAccountIds}
          />
          <BatchHow how={how} onChange={setHow} onSlots={onSlots} />
        </div>
        <section className={styles.preview} aria-label={t('preview')}>
          {save.isError && <Alert type="error" showIcon role="alert" title={save.error.message} />}
          <BatchPreview plan={plan} accounts={accounts} empty={input === null} />
        </section>
      </div>
      <footer className={styles.foot}>
        <span className="soft">{t('allOrNone')}</span>
        <Button onClick={onClose}>{t('close')}</Button>
        <VerdictButton
          type="primary"
          verdict={plan.verdict}
          loading={save.isPending || plan.busy}
          onClick={submit}
        >
          {plan.rows.length === 0 ? t('batch') : t('submit', { n: plan.rows.length })}
        </VerdictButton>
      </footer>
    </div>
  )
}

const inputOf = (
  contentIds: string[],
  accountIds: string[],
  how: How,
  timeZone: string,
): SpreadInput => {
  const { sharing, by, start, ...spacing } = how
  return {
    timeZone,
    contentIds,
    accountIds,
    sharing,
    way: by === 'slots' ? { by, start } : { by, start, ...spacing },
  }
}
