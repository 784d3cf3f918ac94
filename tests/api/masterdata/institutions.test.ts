import { getMe } from '@xingbo/shared/identity/session.schema'
import * as api from '@xingbo/shared/institutions/institution.schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { institutions } from '../../../apps/api/src/db/schema/institutions.ts'
import { bench, said } from './bench.ts'

test('the institution one works in is read by anyone and changed by an administrator', async () => {
  const { must, audited } = await bench()
  const before = await must('doctor', api.getInstitution, {})
  expect(before).toMatchObject({ id: 'a', name: '机构a', timeZone: 'Asia/Shanghai', revision: 1 })
  const after = await must('admin', api.updateInstitution, {
    body: { revision: 1, tier: '一线', ownership: 'public', licenseExpiresOn: '2031-06-30' },
  })
  expect(after).toEqual({
    ...before,
    tier: '一线',
    ownership: 'public',
    licenseExpiresOn: '2031-06-30',
    revision: 2,
  })
  expect(after).not.toHaveProperty('dataKey')
  expect(await must('manager', api.getInstitution, {}, { institution: 'b' })).toMatchObject({
    id: 'b',
    tier: '',
  })
  expect((await audited()).at(-1)).toEqual({
    action: 'institution.changed',
    institutionId: 'a',
    subjectId: 'a',
    actorId: 'admin-a',
    detail: {
      tier: ['', '一线'],
      ownership: ['', 'public'],
      licenseExpiresOn: [null, '2031-06-30'],
    },
  })
})

test('a stale edit is refused with who was first, and two at once are one', async () => {
  const { call, must } = await bench()
  const edits = await Promise.all(
    ['甲', '乙'].map((city) =>
      call('admin', api.updateInstitution, { body: { revision: 1, city } }),
    ),
  )
  expect(edits.map((edit) => (edit.ok ? 200 : edit.status)).sort()).toEqual([200, 409])
  expect(edits.map(said).find((text) => text !== 'ok')).toBe(
    '409 admin-a 在 11/21 10:00 改过了，请刷新后再改',
  )
  const { city, revision } = await must('admin', api.getInstitution, {})
  expect([city, revision]).toEqual([edits[0]?.ok ? '甲' : '乙', 2])
})

test('a time zone that does not exist, a date that is none and another role are refused', async () => {
  const { call } = await bench()
  const zone = await call('admin', api.updateInstitution, {
    body: { revision: 1, timeZone: 'Asia/Atlantis' },
  })
  expect(zone).toMatchObject({ status: 400, issues: ['timeZone'] })
  const day = await call('admin', api.updateInstitution, {
    body: { revision: 1, licenseExpiresOn: '2026-02-30' },
  })
  expect(day).toMatchObject({ status: 400, issues: ['licenseExpiresOn'] })
  expect(await call('manager', api.updateInstitution, { body: { revision: 1 } })).toMatchObject({
    status: 403,
  })
})

test('whoever creates another institution administers it, and nobody of the first sees it', async () => {
  const { call, must, as, db, audited } = await bench()
  const made = await must('admin', api.createInstitution, {
    body: { name: '澜州眠溪堂中医诊所', shortName: '眠溪堂', tier: '二线' },
  })
  expect(made).toMatchObject({ name: '澜州眠溪堂中医诊所', tier: '二线', revision: 1 })
  const me = await must('admin', getMe, {})
  expect(me.institutionId).toBe('a')
  expect(me.memberships).toContainEqual({
    institutionId: made.id,
    institutionName: '澜州眠溪堂中医诊所',
    role: 'admin',
  })
  const there = { headers: { 'x-institution-id': made.id } }
  expect((await as('admin')('/api/institution', there)).body).toMatchObject({ id: made.id })
  expect((await as('admin')('/api/doctors', there)).body).toEqual({ items: [], total: 0 })
  expect((await as('operator')('/api/institution', there)).status).toBe(403)
  expect((await audited()).at(-1)).toMatchObject({
    action: 'institution.created',
    institutionId: made.id,
    subjectId: made.id,
  })
  const keys = await db.read
    .select({ dataKey: institutions.dataKey })
    .from(institutions)
    .where(eq(institutions.id, made.id))
  expect(keys[0]?.dataKey).toMatch(/^v1\./)
  const again = await call('admin', api.createInstitution, {
    body: { name: '澜州眠溪堂中医诊所', shortName: '眠溪堂' },
  })
  expect(said(again)).toBe('409 您已经有一家叫「澜州眠溪堂中医诊所」的机构了')
  expect(
    await call('operator', api.createInstitution, { body: { name: '另一家', shortName: '另一' } }),
  ).toMatchObject({ status: 403 })
})
