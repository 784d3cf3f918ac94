import type { Platform } from '@xingbo/shared/accounts/platform'
import type {
  FunnelDetail,
  FunnelFigure,
  FunnelGroup,
  FunnelView,
} from '@xingbo/shared/funnel/funnel.schema'
import type { FunnelStage } from '@xingbo/shared/funnel/funnel-stage'
import type { Role } from '@xingbo/shared/identity/actor'
import { contentItems } from '../../../apps/api/src/db/schema/content.ts'
import {
  leadEvents,
  leads,
  orders,
  touches,
  touchTokens,
  visits,
} from '../../../apps/api/src/db/schema/leads.ts'
import { costs, imports, metricSnapshots } from '../../../apps/api/src/db/schema/metrics.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import { testApp, testNow } from '../../support/test-app.ts'

/** A clock time in Shanghai, where the test institutions are. */
export const at = (day: string, time = '12:00') => new Date(`${day}T${time}:00+08:00`)

type Snapshot = Partial<typeof metricSnapshots.$inferInsert>

/** A house with ways to put in what a funnel counts; every row belongs to institution `a` unless it says so. */
export async function funnelBench() {
  const bench = await testApp()
  const { db, as } = bench
  let made = 0
  const next = (kind: string) => `${kind}-${String(++made).padStart(4, '0')}`
  const insert = (work: Parameters<typeof db.inTransaction<void>>[0]) => db.inTransaction(work)

  const post = async (
    over: Partial<typeof publications.$inferInsert> & {
      lineId?: string | null
      doctorId?: string | null
    } = {},
    ...snapshots: Snapshot[]
  ) => {
    const { lineId = null, doctorId = null, ...publication } = over
    const id = publication.id ?? next('pub')
    const contentId = next('item')
    const institutionId = publication.institutionId ?? 'a'
    const platform: Platform = publication.platform ?? 'douyin'
    await insert(async (tx) => {
      await tx.insert(contentItems).values({
        id: contentId,
        institutionId,
        title: `内容 ${id}`,
        stage: 'live',
        stageEnteredAt: testNow,
        specialtyLineId: lineId,
        doctorId,
        position: made,
        createdAt: testNow,
        updatedAt: testNow,
      })
      await tx.insert(publications).values({
        contentId,
        institutionId,
        platform,
        accountId: `${platform}-${institutionId}`,
        route: 'manual',
        state: 'published',
        stateEnteredAt: testNow,
        dueAt: at('2026-11-10'),
        publishedAt: at('2026-11-10'),
        timeZone: 'Asia/Shanghai',
        snapshot: {},
        snapshotSha256: 'x',
        scriptSha256: 'x',
        createdBy: 'operator-a',
        createdAt: testNow,
        updatedAt: testNow,
        ...publication,
        id,
      })
      for (const snapshot of snapshots)
        await tx.insert(metricSnapshots).values({
          id: next('snp'),
          institutionId,
          publicationId: id,
          source: 'import',
          asOf: at('2026-11-20'),
          ...snapshot,
        })
    })
    return id
  }
  const token = async (name: string, over: Partial<typeof touchTokens.$inferInsert> = {}) => {
    await insert(async (tx) => {
      await tx.insert(touchTokens).values({
        token: name,
        institutionId: 'a',
        label: `码 ${name}`,
        createdBy: 'operator-a',
        createdAt: at('2026-10-01'),
        ...over,
      })
    })
    return name
  }
  const touch = async (name: string, when: Date, over: Partial<typeof touches.$inferInsert> = {}) =>
    insert(async (tx) => {
      await tx.insert(touches).values({
        id: next('tch'),
        institutionId: 'a',
        token: name,
        at: when,
        visitorHash: next('visitor'),
        bot: false,
        ...over,
      })
    })
  const lead = async (when: Date, over: Partial<typeof leads.$inferInsert> = {}) => {
    const id = over.id ?? next('led')
    await insert(async (tx) => {
      await tx.insert(leads).values({
        institutionId: 'a',
        consentPurpose: '就诊预约与健康咨询回访',
        consentVersion: '2026-11',
        consentAt: when,
        status: 'new',
        createdAt: when,
        ...over,
        id,
      })
    })
    return id
  }
  const consult = async (
    leadId: string,
    when: Date,
    kind: 'consultation' | 'follow_up' = 'consultation',
  ) =>
    insert(async (tx) => {
      await tx.insert(leadEvents).values({
        id: next('lev'),
        institutionId: 'a',
        leadId,
        kind,
        userId: 'advisor-a',
        at: when,
      })
    })
  const visit = async (visitOn: string, over: Partial<typeof visits.$inferInsert> = {}) =>
    insert(async (tx) => {
      const id = next('vis')
      await tx.insert(visits).values({
        id,
        institutionId: 'a',
        importId: 'imp-visits',
        visitOn,
        nameIndex: 'n',
        payStatus: 'paid',
        feeFen: 2_500,
        rowHash: id,
        ...over,
      })
    })
  const order = async (paidAt: Date | null, over: Partial<typeof orders.$inferInsert> = {}) =>
    insert(async (tx) => {
      const id = next('ord')
      await tx.insert(orders).values({
        id,
        institutionId: 'a',
        importId: 'imp-orders',
        orderNumber: id,
        packageName: '颈肩调理十次',
        orderedAt: paidAt ?? testNow,
        paidAt,
        amountFen: 128_000,
        paidFen: 128_000,
        status: 'paid',
        ...over,
      })
    })
  /** A list that was brought in: without one nobody knows whether there were none. */
  const list = async (kind: 'visits' | 'orders', asOf: Date, institutionId = 'a') =>
    insert(async (tx) => {
      await tx.insert(imports).values({
        id: next('imp'),
        institutionId,
        kind,
        fileName: `${kind}.csv`,
        fileSha256: next('sha'),
        asOf,
        counts: {},
        createdBy: 'advisor-a',
        createdAt: asOf,
      })
    })
  const cost = async (
    month: string,
    amountFen: number,
    over: Partial<typeof costs.$inferInsert> = {},
  ) =>
    insert(async (tx) => {
      const id = next('cst')
      await tx.insert(costs).values({
        id,
        institutionId: 'a',
        month,
        kind: 'people',
        amountFen,
        rowHash: id,
        ...over,
      })
    })

  const november = 'from=2026-11-01&to=2026-11-21'
  const view = async (query = '', role: Role = 'manager', institution = 'a') => {
    const answer = await as(role, institution)(`/api/funnel?${november}&${query}`)
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.body as FunnelView
  }
  const detail = async (query: string) => {
    const answer = await as('manager')(`/api/funnel/detail?${november}&${query}`)
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.body as FunnelDetail
  }
  return { ...bench, post, token, touch, lead, consult, visit, order, list, cost, view, detail }
}

export function figureOf(from: { figures: FunnelFigure[] }, stage: FunnelStage): FunnelFigure {
  const figure = from.figures.find((one) => one.stage === stage)
  if (!figure) throw new Error(`no ${stage}`)
  return figure
}
export const countOf = (from: { figures: FunnelFigure[] }, stage: FunnelStage) =>
  figureOf(from, stage).value

export function groupNamed(view: FunnelView, key: string): FunnelGroup {
  const group = view.groups.find((one) => one.key === key)
  if (!group) throw new Error(`no group ${key} among ${view.groups.map((one) => one.key)}`)
  return group
}
