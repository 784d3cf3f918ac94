import * as accountApi from '@xingbo/shared/accounts/account.schema'
import * as credentialApi from '@xingbo/shared/doctors/credential.schema'
import * as api from '@xingbo/shared/doctors/doctor.schema'
import * as departmentApi from '@xingbo/shared/institutions/department.schema'
import * as lineApi from '@xingbo/shared/institutions/specialty-line.schema'
import { say } from '@xingbo/shared/messages'
import { expect, test } from 'vitest'
import { doctorReadinessOf } from '../../../apps/api/src/modules/doctors/doctor.service.ts'
import { bench, said } from './bench.ts'

const doc = { doctorId: 'doc-a' }
const today = '2026-11-21'

test('doctors are listed with their standing credentials, searched, created and edited', async () => {
  const { must, audited } = await bench()
  const made = await must('admin', api.createDoctor, {
    body: {
      departmentId: 'dep-a',
      name: '沈怀屿',
      title: '主治医师',
      scope: '耳鼻咽喉科专业',
      specialties: ['过敏性鼻炎', '慢性鼻窦炎'],
      minutesPerWeek: 60,
    },
  })
  expect(made).toMatchObject({
    departmentName: '推拿科',
    internetScienceFiledOn: null,
    credentials: [],
    accounts: 0,
    ledLines: 0,
    archived: false,
    revision: 1,
  })
  expect((await audited()).at(-1)).toMatchObject({ action: 'doctor.created', subjectId: made.id })
  const { items, total } = await must('operator', api.listDoctors, { query: {} })
  expect(total).toBe(2)
  expect(items[0]).toMatchObject({
    id: 'doc-a',
    ledLines: 0,
    credentials: [{ kind: '医师定期考核', expiresOn: '2027-06-30', gatesPublishing: true }],
  })
  for (const q of ['鼻窦炎', '沈', '主治医师'])
    expect((await must('operator', api.listDoctors, { query: { q } })).items).toEqual([made])
  expect(
    (await must('operator', api.listDoctors, { query: { departmentId: 'dep-b' } })).total,
  ).toBe(0)
  const changed = await must('admin', api.updateDoctor, {
    params: { doctorId: made.id },
    body: { revision: 1, internetScienceFiledOn: '2026-02-03' },
  })
  expect(changed).toEqual({ ...made, internetScienceFiledOn: '2026-02-03', revision: 2 })
})

test('a doctor with accounts or lines stays; alone they leave and come back', async () => {
  const { call, must } = await bench()
  await must('admin', lineApi.updateSpecialtyLine, {
    params: { lineId: 'line-a' },
    body: { revision: 1, leadDoctorId: 'doc-a' },
  })
  const account = await must('admin', accountApi.createAccount, {
    body: { platform: 'douyin', displayName: '陆医生', ownerType: 'doctor', doctorId: 'doc-a' },
  })
  const away = (revision: number, archived = true) =>
    call('admin', api.archiveDoctor, { params: doc, body: { revision, archived } })
  expect(said(await away(1))).toBe(
    '422 陆闻溪医生名下还有 1 个平台账号、负责 1 条专病线，先转给别人或归档',
  )
  await must('admin', lineApi.updateSpecialtyLine, {
    params: { lineId: 'line-a' },
    body: { revision: 2, leadDoctorId: null },
  })
  await must('admin', accountApi.archiveAccount, {
    params: { accountId: account.id },
    body: { revision: 1, archived: true },
  })
  expect(await away(1)).toMatchObject({ ok: true, value: { archived: true, revision: 2 } })
  const edit = { params: doc, body: { revision: 2, title: '主任医师' } }
  expect(said(await call('admin', api.updateDoctor, edit))).toBe('422 已归档，恢复后才能修改')
  const led = {
    params: { lineId: 'line-a' },
    body: { revision: 3, leadDoctorId: 'doc-a' },
  }
  expect(said(await call('admin', lineApi.updateSpecialtyLine, led))).toBe(
    '422 所选医生「陆闻溪」已归档，请换一位，或先恢复',
  )
  const restored = { params: { accountId: account.id }, body: { revision: 2, archived: false } }
  expect(said(await call('admin', accountApi.archiveAccount, restored))).toBe(
    '422 所选医生「陆闻溪」已归档，请换一位，或先恢复',
  )
  expect(await away(2, false)).toMatchObject({ ok: true, value: { archived: false } })
})

test('a doctor cannot come back into a department that is gone', async () => {
  const { call, must } = await bench()
  await must('admin', lineApi.updateSpecialtyLine, {
    params: { lineId: 'line-a' },
    body: { revision: 1, departmentId: null },
  })
  await must('admin', api.archiveDoctor, { params: doc, body: { revision: 1, archived: true } })
  await must('admin', departmentApi.archiveDepartment, {
    params: { departmentId: 'dep-a' },
    body: { revision: 1, archived: true },
  })
  const back = { params: doc, body: { revision: 2, archived: false } }
  expect(said(await call('admin', api.archiveDoctor, back))).toBe(
    '422 所选科室「推拿科」已归档，请换一个科室，或先恢复它',
  )
  expect(
    said(
      await call('admin', api.createDoctor, { body: { departmentId: 'dep-a', name: '沈怀屿' } }),
    ),
  ).toBe('422 所选科室「推拿科」已归档，请换一个科室，或先恢复它')
})

test('credentials are recorded, corrected, replaced and kept', async () => {
  const { call, must, audited } = await bench()
  const made = await must('admin', credentialApi.addCredential, {
    params: doc,
    body: { kind: '多机构执业备案', issuedOn: '2023-11-01', gatesPublishing: true },
  })
  expect(made).toMatchObject({ doctorId: 'doc-a', expiresOn: null, number: '', revision: 1 })
  const params = { credentialId: made.id }
  const change = (body: object) =>
    call('admin', credentialApi.updateCredential, { params, body: { revision: 1, ...body } })
  expect(said(await change({ expiresOn: '2023-10-31' }))).toBe('422 到期日不能早于发证日')
  expect(await change({ expiresOn: '2026-10-31' })).toMatchObject({
    ok: true,
    value: { expiresOn: '2026-10-31', revision: 2 },
  })
  expect((await audited()).at(-1)).toMatchObject({
    action: 'credential.changed',
    detail: { doctorId: 'doc-a', expiresOn: [null, '2026-10-31'] },
  })
  expect(said(await change({ number: '9999' }))).toBe(
    '409 admin-a 在 11/21 10:00 改过了，请刷新后再改',
  )
  await must('admin', credentialApi.archiveCredential, {
    params,
    body: { revision: 2, archived: true },
  })
  const { credentials } = await must('reviewer', api.getDoctor, { params: doc })
  expect(credentials.map(({ kind, archived }) => [kind, archived])).toEqual([
    ['多机构执业备案', true],
    ['医师定期考核', false],
  ])
  const [inList] = (await must('reviewer', api.listDoctors, { query: {} })).items
  expect(inList?.credentials.map(({ kind }) => kind)).toEqual(['医师定期考核'])
})

test('an archived doctor’s papers stay as they were', async () => {
  const { call, must } = await bench()
  await must('admin', api.archiveDoctor, { params: doc, body: { revision: 1, archived: true } })
  const add = { params: doc, body: { kind: '医师执业证书' } }
  expect(said(await call('admin', credentialApi.addCredential, add))).toBe(
    '422 已归档，恢复后才能修改',
  )
  const away = { params: { credentialId: 'cred-a' }, body: { revision: 1, archived: true } }
  expect(await call('admin', credentialApi.archiveCredential, away)).toMatchObject({ status: 422 })
})

test('the gate hears of an expired paper, and in both languages why', async () => {
  const { must, db } = await bench()
  expect(await doctorReadinessOf(db.read, 'a', 'doc-a', today)).toEqual({ ok: true })
  expect(await doctorReadinessOf(db.read, 'a', 'doc-a', '2027-06-30')).toEqual({ ok: true })
  const late = await doctorReadinessOf(db.read, 'a', 'doc-a', '2027-07-01')
  if (late.ok) throw new Error('an expired credential gates')
  expect(say('zh', late.reason)).toBe(
    '陆闻溪医生的「医师定期考核」已于 2027-06-30 到期，续期后才能发布',
  )
  expect(say('en', late.reason)).toBe(
    'Dr 陆闻溪’s 医师定期考核 expired on 2027-06-30; renew it before publishing',
  )
  await must('admin', api.updateDoctor, {
    params: doc,
    body: { revision: 1, internetScienceFiledOn: null },
  })
  expect(await doctorReadinessOf(db.read, 'a', 'doc-a', today)).toMatchObject({
    ok: false,
    reason: { key: 'doctor.notFiled' },
  })
  await expect(doctorReadinessOf(db.read, 'b', 'doc-a', today)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('stale revisions, other tenants, other roles, two at once', async () => {
  const { call } = await bench()
  const edit = (title: string, revision = 1) => ({ params: doc, body: { revision, title } })
  expect(await call('admin', api.updateDoctor, edit('主任医师', 7))).toMatchObject({ status: 409 })
  const both = await Promise.all(
    ['主任医师', '住院医师'].map((title) => call('admin', api.updateDoctor, edit(title))),
  )
  expect(both.map((one) => (one.ok ? 200 : one.status)).sort()).toEqual([200, 409])
  const other = { institution: 'b' }
  expect(await call('admin', api.getDoctor, { params: doc }, other)).toMatchObject({ status: 404 })
  expect(await call('admin', api.updateDoctor, edit('x'), other)).toMatchObject({ status: 404 })
  const paper = { params: { credentialId: 'cred-a' }, body: { revision: 1, note: 'x' } }
  expect(await call('admin', credentialApi.updateCredential, paper, other)).toMatchObject({
    status: 404,
  })
  const add = { params: doc, body: { kind: '医师执业证书' } }
  expect(await call('admin', credentialApi.addCredential, add, other)).toMatchObject({
    status: 404,
  })
  for (const role of ['manager', 'operator', 'doctor'] as const) {
    expect(await call(role, api.updateDoctor, edit('x'))).toMatchObject({ status: 403 })
    expect(await call(role, credentialApi.updateCredential, paper)).toMatchObject({ status: 403 })
  }
})
