import { bizDate, daysBetween, instantOf } from '@xingbo/shared/dates'
import { eq } from 'drizzle-orm'
import { meta } from '../db/schema/audit.ts'
import type { Deps } from '../deps.ts'
import { recordAudit, systemActor } from '../modules/audit/audit.ts'
import { connectAtSandbox, connectOfficialAccount, openOfficialAccount } from './demo-connect.ts'
import { insertHistory } from './demo-history.ts'
import { importEarlierLists, openAndLeave } from './demo-patients.ts'
import { demoPassword, insertPeople, readSeed } from './demo-people.ts'
import { addSandboxRobots } from './demo-robots.ts'
import { walkWaiting } from './demo-waiting.ts'

const loadedKey = 'demo.loaded'
const DAY_MS = 86_400_000

/** Who to sign in as, one per role; printed at every start of the demo. */
export const demoLogins = [
  { username: 'ops.xiaoman', role: '内容运营 operator' },
  { username: 'producer.yan', role: '编导/剪辑 producer' },
  { username: 'dr.lu', role: '医生 doctor' },
  { username: 'reviewer.he', role: '医务合规 reviewer' },
  { username: 'advisor.qiu', role: '健康顾问 advisor' },
  { username: 'manager.qiwu', role: '负责人 manager' },
  { username: 'admin', role: '管理员 admin' },
] as const
export { demoPassword }

/**
 * Fills an empty folder with two fictional institutions and eight weeks of their work, once. Posts and lists
 * lie before `asOf` of the seed, moved by whole weeks so that they end near today (or near
 * `settings.demoAsOf`); what a half-done load left behind is refused, not mended.
 */
export async function loadDemo(deps: Deps): Promise<boolean> {
  const [done] = await deps.db.read.select().from(meta).where(eq(meta.key, loadedKey))
  if (done) return false
  const data = readSeed()
  const today = deps.settings.demoAsOf ?? bizDate(deps.now())
  const shiftMs = Math.floor(daysBetween(data.asOf, today) / 7) * 7 * DAY_MS
  const until = new Date(instantOf(data.asOf, '09:00').getTime() + shiftMs)
  const exportedAt = new Date(until.getTime() - 19 * DAY_MS)

  await deps.db.inTransaction((tx) => insertPeople(deps, tx, data))
  await deps.db.inTransaction((tx) => insertHistory(deps, tx, data, shiftMs, exportedAt))
  await openAndLeave(deps, until)
  await importEarlierLists(deps, data, exportedAt)
  for (const accountId of ['ks-qiwu', 'ks-bai', 'bili-qiwu', 'bili-bi', 'wb-qiwu'])
    await connectAtSandbox(deps, data, 'qiwu', accountId)
  await connectOfficialAccount(deps, data, 'qiwu', 'oa-qiwu')
  // Left for a person to connect, with the AppID the sandbox's page shows.
  await openOfficialAccount(deps, data, 'oa-mianxi')
  await walkWaiting(deps, data)
  await addSandboxRobots(deps, data, 'qiwu')
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    await tx.insert(meta).values({ key: loadedKey, value: at.toISOString() })
    for (const { key } of data.institutions)
      await recordAudit(tx, systemActor(key), at, {
        action: 'institution.demo_loaded',
        subjectType: 'institution',
        subjectId: key,
        detail: { asOf: data.asOf },
      })
  })
  return true
}
