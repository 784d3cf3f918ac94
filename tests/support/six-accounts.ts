import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { postingSlots } from '../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../apps/api/src/deps.ts'
import { readyItem } from './ready-item.ts'

/** The three accounts of institution `a` and three more, all the institution's own: two on each of three platforms. */
export const sixAccounts = [
  'douyin-a',
  'xiaohongshu-a',
  'kuaishou-a',
  'douyin-a2',
  'xiaohongshu-a2',
  'kuaishou-a2',
] as const

export async function addSixAccounts(deps: Deps): Promise<void> {
  const at = deps.now()
  await deps.db.inTransaction(async (tx) => {
    for (const [platform, publishRoute] of [
      ['douyin', 'handoff'],
      ['xiaohongshu', 'manual'],
      ['kuaishou', 'manual'],
    ] as const)
      await tx.insert(accounts).values({
        id: `${platform}-a2`,
        institutionId: 'a',
        platform,
        publishRoute,
        displayName: `${platform}二号`,
        ownerType: 'institution',
        certificationStatus: 'certified',
        operatedBy: 'team',
        createdAt: at,
        updatedAt: at,
      })
  })
}

/** Items that stand in `ready`: `c01`, `c02`, … */
export async function readyItems(deps: Deps, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, n) => `c${String(n + 1).padStart(2, '0')}`)
  for (const id of ids) await readyItem(deps, id)
  return ids
}

/** 早高峰 07:30 on weekdays and 晚间 19:30 every day, on each of these accounts, from the first of the month on. */
export async function addSlots(deps: Deps, accountIds: readonly string[]): Promise<void> {
  const at = deps.now()
  const base = { institutionId: 'a', startsOn: '2026-11-01', createdAt: at, updatedAt: at }
  await deps.db.inTransaction(async (tx) => {
    for (const accountId of accountIds)
      await tx.insert(postingSlots).values([
        {
          ...base,
          id: `morning-${accountId}`,
          accountId,
          name: '早高峰',
          weekdays: [1, 2, 3, 4, 5],
          time: '07:30',
        },
        {
          ...base,
          id: `evening-${accountId}`,
          accountId,
          name: '晚间',
          weekdays: [1, 2, 3, 4, 5, 6, 7],
          time: '19:30',
        },
      ])
  })
}
