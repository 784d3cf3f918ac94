import { Writable } from 'node:stream'
import type { FastifyBaseLogger } from 'fastify'
import pino from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../../apps/api/src/app.ts'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { leadEvents, leads, orders, visits } from '../../../apps/api/src/db/schema/leads.ts'
import { importRows, imports } from '../../../apps/api/src/db/schema/metrics.ts'
import { sampleBytes } from '../../imports/sample-files.ts'
import { seedPeople, testDeps } from '../../support/test-app.ts'
import { freshDatabase } from '../../support/test-database.ts'
import { leave } from '../leads/support.ts'
import { type App, bring, csv, seedQiwu, upload } from './support.ts'

/** Every name of the sample lists and every phone that can be read in them. */
function canaries(): string[] {
  const found = new Set<string>(['赵小满', '19900000011'])
  for (const name of ['visits-his.csv', 'orders.csv']) {
    const lines = sampleBytes(name).toString('utf8').split('\n')
    const at = (lines[0] ?? '').split(',').indexOf('患者姓名')
    for (const line of lines.slice(1)) {
      const person = line.split(',')[at]?.trim()
      if (person && /^\p{Script=Han}{2,4}$/u.test(person) && person !== '测试') found.add(person)
      for (const [phone] of line.matchAll(/1990000\d{4}/g)) found.add(phone)
    }
  }
  return [...found]
}

test('after importing patients and taking leads no name and no phone stands in logs, audit, rows or tables', async () => {
  const { db, dir } = freshDatabase()
  await seedPeople(db)
  await seedQiwu(db)
  let log = ''
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk)
      done()
    },
  })
  const { deps } = testDeps(db, dir)
  const app = await buildApp(
    { ...deps, log: pino({ level: 'trace' }, sink) as unknown as FastifyBaseLogger },
    { webDir: null },
  )
  onTestFinished(() => app.close())
  const app_: App['app'] = app

  expect(
    (await leave(app_, 'qw-oa-menu', { name: '赵小满', phone: '19900000011', wish: '想问颈椎' }))
      .status,
  ).toBe(200)
  expect((await leave(app_, 'qw-oa-menu', { name: '赵小满', phone: '1990000001' })).status).toBe(
    400,
  )
  const visitsFile = await bring(app_, { kind: 'visits', file: 'visits-his.csv', role: 'advisor' })
  await bring(app_, { kind: 'orders', file: 'orders.csv', role: 'advisor' })
  // A person who writes down too much, a phone in a file's name, and a list under the wrong kind.
  const told = csv(
    '就诊日期,科室,医生,患者姓名,手机号,来源渠道备注,费用,支付状态',
    '2026-11-20,推拿科,陆闻溪,赵小满,19900000011,赵小满本人 电话199-0000-0011,3O0.00,已支付',
  )
  await bring(app_, { kind: 'visits', file: told, name: '19900000011.csv', role: 'advisor' })
  expect((await upload(app_, { kind: 'costs', file: 'visits-his.csv' })).body.message).toContain(
    '就诊记录',
  )
  const search = await app.inject({
    url: '/api/leads?q=19900000011',
    headers: { cookie: 'xingbo=token-advisor-a' },
  })
  expect(search.json<{ total: number }>().total).toBe(1)
  const report = await app.inject({
    url: `/api/imports/${visitsFile.id}/report`,
    headers: { cookie: 'xingbo=token-advisor-a' },
  })
  expect(report.body.split('\r\n').length).toBe(302)

  const kept: Record<string, string> = { log, report: report.body, search: search.body }
  for (const [name, table] of Object.entries({
    auditEntries,
    importRows,
    imports,
    leads,
    leadEvents,
    visits,
    orders,
  }))
    kept[name] = JSON.stringify(await db.read.select().from(table))
  const words = canaries()
  expect(words.length).toBeGreaterThan(400)
  // Doctors are named in rules and rows on purpose; no patient of the samples shares a name with one.
  const leaks = Object.entries(kept).flatMap(([where, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${where}: ${word}`),
  )
  expect(leaks).toEqual([])
  expect(log).toContain('"route":"/api/imports"')
})
