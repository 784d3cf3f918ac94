import { useMutation, useQuery } from '@tanstack/react-query'
import { no, type Verdict, yes } from '@xingbo/shared/verdict'
import { App } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { accountChoicesQuery } from './publishing.queries.ts'
import { checkQuery, nextFreeMutation } from './schedule.queries.ts'
import { scheduleTexts } from './schedule.texts.ts'

type Slot = { readonly accountId: string; readonly dueAt: string }

/** For one item on several accounts: what speaks against each time, why a repeat goes out, and the next free slots. */
export function useScheduleWays(
  contentId: string,
  slots: readonly Slot[],
  timeZone: string,
  schedulable: boolean,
) {
  const t = useTexts(scheduleTexts)
  const { message } = App.useApp()
  const accounts = useQuery(accountChoicesQuery)
  const seek = useMutation(nextFreeMutation())
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const check = useQuery({
    ...checkQuery({ timeZone, rows: slots.map((slot) => ({ contentId, ...slot })) }),
    enabled: schedulable && slots.length > 0,
  })
  const said = check.data?.rows ?? []
  const reasonOf = (accountId: string) => reasons[accountId] ?? ''
  const unanswered = said.some(
    ({ accountId, repeat }) =>
      repeat &&
      slots.some((slot) => slot.accountId === accountId) &&
      reasonOf(accountId).trim().length < 2,
  )
  const verdict: Verdict = unanswered ? no('publishing.reasonMissing') : yes
  return {
    verdict,
    reasonOf,
    setReason: (accountId: string, reason: string) =>
      setReasons((old) => ({ ...old, [accountId]: reason })),
    saidOf: (accountId: string) => said.find((row) => row.accountId === accountId),
    withReasons: slots.map((slot) => ({ ...slot, repeatReason: reasonOf(slot.accountId) })),
    seeking: seek.isPending,
    /** Gives each account its next free slot from `start` on; accounts without one are named. */
    nextFree: (
      accountIds: string[],
      start: string,
      onFound: (own: Record<string, string>) => void,
    ) =>
      seek.mutate(
        { timeZone, accountIds, start },
        {
          onSuccess: (found) => {
            onFound(found)
            const without = accountIds.filter((id) => !found[id])
            const names = without.map(
              (id) => accounts.data?.items.find((one) => one.id === id)?.displayName ?? '',
            )
            if (names.length > 0)
              void message.info(t('noFree', { accounts: names.join(t('separator')) }))
          },
        },
      ),
  }
}
