import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { bizDate } from '@xingbo/shared/dates'
import { dueVerdict } from '@xingbo/shared/publishing/publication.rules'
import { nextUsualTime, type SlotPlan, slotTimes } from '@xingbo/shared/publishing/schedule.rules'
import { no, type Verdict, yes } from '@xingbo/shared/verdict'
import { Alert, App, Button, Drawer, InputNumber, Skeleton } from 'antd'
import { useId, useRef, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { ApiError } from '../../lib/http.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { InstantField } from '../../ui/DateFields.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { CandidatePreview } from './CandidatePreview.tsx'
import { CandidateRow } from './CandidateRow.tsx'
import { type ScheduleMaterial, scheduleMutation, scheduleQuery } from './publishing.queries.ts'
import styles from './ScheduleDialog.module.css'
import { scheduleTexts } from './schedule.texts.ts'
import { candidatesOf } from './schedule-candidates.ts'
import { useScheduleWays } from './use-schedule-ways.ts'

type ScheduleDialogProps = {
  /** The item to schedule; null while the dialog is closed. */
  contentId: string | null
  /** The time a calendar slot was chosen at; else the next usual hour. */
  at?: string | undefined
  onClose: () => void
}

/** One item onto several accounts at once: who can take it, when, and what each of them will show. */
export function ScheduleDialog({ contentId, at, onClose }: ScheduleDialogProps) {
  const t = useTexts(scheduleTexts)
  const material = useQuery({ ...scheduleQuery(contentId ?? ''), enabled: contentId !== null })
  return (
    <Drawer
      open={contentId !== null}
      onClose={onClose}
      title={t('title', { title: material.data?.content.title ?? '…' })}
      size="min(1140px, 100vw)"
      destroyOnHidden
      styles={{ body: { padding: 0 } }}
    >
      {material.data ? (
        <Plan key={contentId} material={material.data} at={at} onClose={onClose} />
      ) : material.isError ? (
        <ErrorState error={material.error} onRetry={() => void material.refetch()} />
      ) : (
        <Skeleton active className={styles.waiting} paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  )
}

type PlanProps = { material: ScheduleMaterial; at: string | undefined; onClose: () => void }
/** What the server refused: the account it is about, if it is about one. */
type Refusal = { accountId: string | null; text: string }

function Plan({ material, at, onClose }: PlanProps) {
  const t = useTexts(scheduleTexts)
  const say = useSay()
  const fieldId = useId()
  const preview = useRef<HTMLElement>(null)
  const formats = useFormats()
  const { message } = App.useApp()
  const schedule = useMutation(scheduleMutation(useQueryClient()))
  const { item, candidates } = candidatesOf(material, bizDate(new Date(), formats.zone))
  const [wanted, setWanted] = useState(() =>
    candidates.filter(({ meant, verdict }) => meant && verdict.ok).map(({ account }) => account.id),
  )
  const [plan, setPlan] = useState<SlotPlan>(() => ({
    first: at ?? nextUsualTime(new Date(), formats.zone).toISOString(),
    spacingMinutes: 0,
    own: {},
  }))
  const [shownId, setShownId] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  // Somebody else may schedule or hold an account while this is open; what fell away is not sent.
  const chosen = candidates.filter(
    ({ account, verdict }) => verdict.ok && wanted.includes(account.id),
  )
  const slots = slotTimes(
    chosen.map(({ account }) => account.id),
    plan,
  )
  const slotOf = (id: string) => slots.find(({ accountId }) => accountId === id)
  const ways = useScheduleWays(material.content.id, slots, formats.zone, item.ok)
  const timeVerdict = (id: string): Verdict => {
    const slot = slotOf(id)
    return slot ? dueVerdict(new Date(slot.dueAt), new Date()) : yes
  }
  const shown =
    candidates.find(({ account }) => account.id === shownId) ?? chosen[0] ?? candidates[0]
  const ready = [
    item,
    slots.length === 0 ? no('publishing.nothingChosen') : yes,
    ...slots.map(({ accountId }) => timeVerdict(accountId)),
    ways.verdict,
  ].find(({ ok }) => !ok)

  const change = (patch: Partial<SlotPlan>) => {
    setPlan((old) => ({ ...old, ...patch }))
    setRefusal(null)
  }
  const toggle = (id: string, on: boolean) => {
    setWanted((old) => (on ? [...old, id] : old.filter((one) => one !== id)))
    setShownId(id)
    setRefusal(null)
  }
  const setOwn = (id: string, time: string | null) => {
    const { [id]: _, ...others } = plan.own
    change({ own: time ? { ...others, [id]: time } : others })
  }
  const submit = () => {
    setRefusal(null)
    schedule.mutate(
      { contentId: material.content.id, body: { timeZone: formats.zone, items: ways.withReasons } },
      {
        onSuccess: ({ items }) => {
          void message.success(t('done', { n: items.length }))
          onClose()
        },
        onError: (error) => setRefusal(refusalOf(error, slots)),
      },
    )
  }

  return (
    <div className={styles.dialog}>
      <div className={styles.body}>
        <div className={styles.plan}>
          {!item.ok && (
            <Alert type="warning" showIcon title={t('cannot')} description={say(item.reason)} />
          )}
          {refusal && (
            <Alert
              type="error"
              showIcon
              role="alert"
              title={refusal.accountId ? t('refused') : refusal.text}
            />
          )}
          <div className={styles.times}>
            <div className={styles.time}>
              <label htmlFor={`${fieldId}-first`}>{t('first')}</label>
              <InstantField
                id={`${fieldId}-first`}
                value={plan.first}
                onChange={(first) => first && change({ first })}
                style={{ width: 250 }}
              />
            </div>
            <div className={styles.time}>
              <label htmlFor={`${fieldId}-spacing`}>{t('spacing')}</label>
              <InputNumber
                id={`${fieldId}-spacing`}
                min={0}
                max={1440}
                step={5}
                precision={0}
                value={plan.spacingMinutes}
                onChange={(minutes) => change({ spacingMinutes: minutes ?? 0 })}
                style={{ width: 120 }}
              />
            </div>
            <div className={styles.time}>
              <span aria-hidden>&nbsp;</span>
              <Button
                disabled={slots.length === 0}
                loading={ways.seeking}
                onClick={() =>
                  ways.nextFree(
                    chosen.map(({ account }) => account.id),
                    plan.first,
                    (own) => change({ own: { ...plan.own, ...own } }),
                  )
                }
              >
                {t('nextFree')}
              </Button>
            </div>
            <p className={styles.hint}>
              {t('zone', { zone: formats.zoneName(plan.first) })} · {t('spacingHint')}
            </p>
          </div>
          <h3 className={styles.heading}>
            {t('accounts')}
            <span className="soft">{t('chosen', { n: chosen.length })}</span>
          </h3>
          {candidates.length === 0 ? (
            <EmptyState title={t('noAccounts')} hint={t('noAccountsHint')} />
          ) : (
            <ul className={styles.rows}>
              {candidates.map((candidate) => {
                const { id } = candidate.account
                return (
                  <CandidateRow
                    key={id}
                    candidate={candidate}
                    quiet={!item.ok}
                    slot={slotOf(id)?.dueAt ?? null}
                    ownTime={plan.own[id] !== undefined}
                    timeVerdict={timeVerdict(id)}
                    refusal={refusal?.accountId === id ? refusal.text : null}
                    said={ways.saidOf(id)}
                    reason={ways.reasonOf(id)}
                    onReason={(reason) => ways.setReason(id, reason)}
                    shown={shown?.account.id === id}
                    onToggle={(on) => toggle(id, on)}
                    onTime={(time) => setOwn(id, time)}
                    onShow={() => {
                      setShownId(id)
                      // Below the list on a narrow screen, beside it on a wide one.
                      preview.current?.scrollIntoView({ block: 'nearest' })
                    }}
                  />
                )
              })}
            </ul>
          )}
        </div>
        <aside ref={preview} className={styles.preview} aria-live="polite">
          {shown && <CandidatePreview candidate={shown} material={material} />}
        </aside>
      </div>
      <footer className={styles.foot}>
        <span className="soft">{t('allOrNone')}</span>
        <Button onClick={onClose}>{t('close')}</Button>
        <VerdictButton
          type="primary"
          verdict={ready ?? yes}
          loading={schedule.isPending}
          onClick={submit}
        >
          {slots.length === 0 ? t('schedule') : t('submit', { n: slots.length })}
        </VerdictButton>
      </footer>
    </div>
  )
}

/** A refusal names the account by its place in what was sent (`items.2`). */
function refusalOf(error: Error, slots: readonly { accountId: string }[]): Refusal {
  const path = error instanceof ApiError ? error.body.issues?.[0]?.path : undefined
  const index = /\bitems[./](\d+)/.exec(path ?? '')?.[1]
  const accountId = index === undefined ? null : (slots[Number(index)]?.accountId ?? null)
  return { accountId, text: error.message }
}
