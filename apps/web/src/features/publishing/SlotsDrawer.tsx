import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Account } from '@xingbo/shared/accounts/account.schema'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import { bizDate } from '@xingbo/shared/dates'
import type { PostingSlot } from '@xingbo/shared/publishing/slot.schema'
import { App, Button, Drawer, Skeleton } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { BestTime } from './BestTime.tsx'
import { accountChoicesQuery } from './publishing.queries.ts'
import { SlotForm } from './SlotForm.tsx'
import styles from './SlotsDrawer.module.css'
import { removeSlotMutation, slotsQuery } from './schedule.queries.ts'
import { slotTexts } from './slots.texts.ts'
import { weekdayName } from './weekday-names.ts'

type SlotsDrawerProps = { open: boolean; onClose: () => void }

/** The posting times of every account, with what its own history says of when to post. */
export function SlotsDrawer({ open, onClose }: SlotsDrawerProps) {
  const t = useTexts(slotTexts)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('title')}
      size="min(720px, 100vw)"
      destroyOnHidden
    >
      {open && <List />}
    </Drawer>
  )
}

type Editing = { account: Account; slot: PostingSlot | null }

function List() {
  const t = useTexts(slotTexts)
  const formats = useFormats()
  const slots = useQuery(slotsQuery)
  const accounts = useQuery(accountChoicesQuery)
  const [editing, setEditing] = useState<Editing | null>(null)
  const failed = [slots, accounts].find(({ isError }) => isError)
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  if (!slots.data || !accounts.data) return <Skeleton active />
  const { items } = slots.data
  return (
    <>
      <p className={styles.hint}>
        {t('hint')} {t('zone', { zone: formats.zoneName(new Date().toISOString()) })}
      </p>
      {accounts.data.items
        .filter(({ archived }) => !archived)
        .map((account) => (
          <AccountSlots
            key={account.id}
            account={account}
            slots={items.filter(({ accountId }) => accountId === account.id)}
            onEdit={(slot) => setEditing({ account, slot })}
          />
        ))}
      <SlotForm editing={editing} onClose={() => setEditing(null)} />
    </>
  )
}

type AccountSlotsProps = {
  account: Account
  slots: readonly PostingSlot[]
  onEdit: (slot: PostingSlot | null) => void
}

function AccountSlots({ account, slots, onEdit }: AccountSlotsProps) {
  const t = useTexts(slotTexts)
  const may = useMay()
  const label = useLabel(platformLabels)
  const { modal, message } = App.useApp()
  const remove = useMutation(removeSlotMutation(useQueryClient()))
  const mayChange = may('PATCH /api/slots/:slotId')
  const spoken = `${label(account.platform)} ${account.displayName}`
  const askRemove = (slot: PostingSlot) =>
    modal.confirm({
      title: t('removeTitle', { name: slot.name }),
      content: t('removeLoss'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () =>
        remove.mutateAsync(slot).then(
          () => void message.success(t('removed')),
          () => {},
        ),
    })
  return (
    <section className={styles.account} aria-label={spoken}>
      <h3 className={styles.head}>
        <PlatformBadge platform={account.platform} name={account.displayName} />
        {mayChange && (
          <Button
            size="small"
            aria-label={t('addTo', { account: spoken })}
            onClick={() => onEdit(null)}
          >
            {t('add')}
          </Button>
        )}
      </h3>
      <BestTime accountId={account.id} />
      {slots.length === 0 && <p className={styles.fact}>{t('none')}</p>}
      <ul className={styles.slots}>
        {slots.map((slot) => (
          <li key={slot.id} className={styles.slot}>
            <span className={styles.time}>{slot.time}</span>
            <span className={styles.name}>{slot.name}</span>
            <SlotDays slot={slot} />
            {mayChange && (
              <span className={styles.actions}>
                <Button
                  type="link"
                  size="small"
                  aria-label={t('changeOf', { account: spoken, name: slot.name })}
                  onClick={() => onEdit(slot)}
                >
                  {t('change')}
                </Button>
                <Button
                  type="link"
                  size="small"
                  danger
                  aria-label={t('removeOf', { account: spoken, name: slot.name })}
                  onClick={() => askRemove(slot)}
                >
                  {t('remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function SlotDays({ slot }: { slot: PostingSlot }) {
  const t = useTexts(slotTexts)
  const formats = useFormats()
  const language = useLanguage()
  const today = bizDate(new Date(), formats.zone)
  const days = slot.weekdays.join('')
  const named = { '1234567': t('everyDay'), '12345': t('workdays'), '67': t('weekend') }[days]
  const parts = [
    named ?? slot.weekdays.map((day) => weekdayName(day, language)).join(' '),
    ...(slot.startsOn > today ? [t('from', { day: formats.day(slot.startsOn) })] : []),
    ...(slot.endsOn
      ? [slot.endsOn < today ? t('ended') : t('until', { day: formats.day(slot.endsOn) })]
      : []),
  ]
  return <span className={styles.fact}>{parts.join(' · ')}</span>
}
