import * as api from '@xingbo/shared/institutions/department.schema'
import * as lineApi from '@xingbo/shared/institutions/specialty-line.schema'
import { expect, test } from 'vitest'
import { bench, said } from './bench.ts'

const dep = { departmentId: 'dep-a' }

test('departments are listed with what stands in them, found by alias, created and edited', async () => {
  const { must } = await bench()
  const { items, total } = await must('advisor', api.listDepartments, { query: {} })
  expect(total).toBe(1)
  expect(items).toEqual([
    {
      id: 'dep-a',
      name: '推拿科',
      aliases: ['推拿门诊'],
      doctors: 1,
      lines: 1,
      accounts: 0,
      archived: false,
      revision: 1,
    },
  ])
  const made = await must('admin', api.createDepartment, {
    body: { name: '鼻科', aliases: ['鼻专科', '过敏门诊'] },
  })
  expect(made).toMatchObject({ name: '鼻科', doctors: 0, lines: 0, accounts: 0, revision: 1 })
  const found = await must('operator', api.listDepartments, { query: { q: '过敏' } })
  expect(found.items.map(({ id }) => id)).toEqual([made.id])
  expect(await must('operator', api.listDepartments, { query: { q: '%' } })).toEqual({
    items: [],
    total: 0,
  })
  const changed = await must('admin', api.updateDepartment, {
    params: { departmentId: made.id },
    body: { revision: 1, aliases: [] },
  })
  expect(changed).toMatchObject({ name: '鼻科', aliases: [], revision: 2 })
})

test('pages are cut on the server and counted whole', async () => {
  const { must, clock } = await bench()
  for (const name of ['儿科', '妇产科', '全科医学科']) {
    clock.now = new Date(clock.now.getTime() + 1000)
    await must('admin', api.createDepartment, { body: { name } })
  }
  const page = await must('admin', api.listDepartments, { query: { page: 2, pageSize: 3 } })
  expect(page.total).toBe(4)
  expect(page.items.map(({ name }) => name)).toEqual(['全科医学科'])
})

test('no word stands for two departments, in both languages', async () => {
  const { call, must } = await bench()
  const body = { name: '推拿门诊' }
  expect(said(await call('admin', api.createDepartment, { body }))).toBe(
    '422 「推拿门诊」已经是「推拿科」的名称或别名，导入时会分不清，请换一个',
  )
  expect(said(await call('admin', api.createDepartment, { body }, { language: 'en' }))).toBe(
    '422 “推拿门诊” already names 推拿科; imports could not tell them apart. Choose another',
  )
  const nose = await must('admin', api.createDepartment, { body: { name: '鼻科' } })
  const clash = await call('admin', api.updateDepartment, {
    params: { departmentId: nose.id },
    body: { revision: 1, aliases: ['推拿科'] },
  })
  expect(clash).toMatchObject({ status: 422 })
  // The same words in another institution are nobody else's business.
  await must('admin', api.createDepartment, { body: { name: '鼻科' } }, { institution: 'b' })
})

test('a department leaves only when empty, and comes back unless its name went', async () => {
  const { call, must } = await bench()
  const full = await call('admin', api.archiveDepartment, {
    params: dep,
    body: { revision: 1, archived: true },
  })
  expect(said(full)).toBe(
    '422 「推拿科」下还有 1 位医生、1 条专病线、0 个平台账号，先移走或归档它们',
  )
  const { id } = await must('admin', api.createDepartment, { body: { name: '鼻科' } })
  const params = { departmentId: id }
  const gone = await must('admin', api.archiveDepartment, {
    params,
    body: { revision: 1, archived: true },
  })
  expect(gone).toMatchObject({ archived: true, revision: 2 })
  expect((await must('admin', api.listDepartments, { query: {} })).total).toBe(1)
  const only = await must('admin', api.listDepartments, { query: { archived: 'only' } })
  expect(only.items.map((one) => one.id)).toEqual([id])
  expect((await must('admin', api.listDepartments, { query: { archived: 'all' } })).total).toBe(2)
  expect(
    said(await call('admin', api.updateDepartment, { params, body: { revision: 2, aliases: [] } })),
  ).toBe('422 已归档，恢复后才能修改')
  expect(said(await call('admin', api.createDepartment, { body: { name: '鼻科' } }))).toBe(
    '422 已归档的科室里有「鼻科」，恢复它就可以',
  )
  await must('admin', api.updateDepartment, {
    params: dep,
    body: { revision: 1, aliases: ['鼻科'] },
  })
  const back = { params, body: { revision: 2, archived: false } }
  expect(said(await call('admin', api.archiveDepartment, back))).toBe(
    '422 「鼻科」已经是「推拿科」的名称或别名，导入时会分不清，请换一个',
  )
  await must('admin', api.updateDepartment, { params: dep, body: { revision: 2, aliases: [] } })
  expect(await must('admin', api.archiveDepartment, back)).toMatchObject({ archived: false })
})

test('stale revisions, other tenants and other roles', async () => {
  const { call } = await bench()
  const body = { revision: 9, aliases: [] }
  expect(await call('admin', api.updateDepartment, { params: dep, body })).toMatchObject({
    status: 409,
  })
  const other = { institution: 'b' }
  expect(await call('admin', api.updateDepartment, { params: dep, body }, other)).toMatchObject({
    status: 404,
  })
  const away = { params: dep, body: { revision: 1, archived: true } }
  expect(await call('admin', api.archiveDepartment, away, other)).toMatchObject({ status: 404 })
  expect(await call('manager', api.updateDepartment, { params: dep, body })).toMatchObject({
    status: 403,
  })
  expect(await call('operator', api.createDepartment, { body: { name: '鼻科' } })).toMatchObject({
    status: 403,
  })
})

test('two people making the same department at once: one is told it exists', async () => {
  const { call, must } = await bench()
  const both = await Promise.all(
    [1, 2].map(() => call('admin', api.createDepartment, { body: { name: '鼻科' } })),
  )
  expect(both.map((one) => (one.ok ? 200 : one.status)).sort()).toEqual([200, 422])
  expect((await must('admin', api.listDepartments, { query: { q: '鼻科' } })).total).toBe(1)
})

test('a specialty line is kept by managers, under a doctor and in a department of the house', async () => {
  const { call, must, audited } = await bench()
  const made = await must('manager', lineApi.createSpecialtyLine, {
    body: {
      name: '失眠',
      departmentId: 'dep-a',
      leadDoctorId: 'doc-a',
      startedOn: '2026-08-10',
      monthlyBudgetFen: 1_100_000,
      targetVisitsPerMonth: 40,
      breakEvenBy: '2026-11-30',
    },
  })
  expect(made).toMatchObject({ departmentName: '推拿科', leadDoctorName: '陆闻溪', revision: 1 })
  expect((await audited()).at(-1)).toMatchObject({
    action: 'specialty_line.created',
    subjectId: made.id,
  })
  const params = { lineId: made.id }
  const change = (body: object) =>
    call('manager', lineApi.updateSpecialtyLine, { params, body: { revision: 1, ...body } })
  expect(said(await change({ breakEvenBy: '2026-08-09' }))).toBe('422 打平日期不能早于启动日期')
  expect(said(await change({ name: '颈肩推拿' }))).toBe(
    '409 已经有一条叫「颈肩推拿」的专病线了（归档的也算）',
  )
  expect(await change({ leadDoctorId: 'doc-b' })).toMatchObject({ status: 404 })
  expect(await change({ departmentId: 'dep-b' })).toMatchObject({ status: 404 })
  expect(await change({ monthlyBudgetFen: -1 })).toMatchObject({ status: 400 })
  expect(await change({ monthlyBudgetFen: null })).toMatchObject({
    ok: true,
    value: { monthlyBudgetFen: null, breakEvenBy: '2026-11-30', revision: 2 },
  })
  expect(said(await change({ breakEvenBy: null }))).toBe(
    '409 manager-a 在 11/21 10:00 改过了，请刷新后再改',
  )
  const found = await must('operator', lineApi.listSpecialtyLines, { query: { q: '陆' } })
  expect(found.items.map(({ name }) => name)).toEqual(['失眠'])
})

test('a line archives and restores; tenants and roles are kept apart', async () => {
  const { call, must } = await bench()
  const params = { lineId: 'line-a' }
  const away = await must('manager', lineApi.archiveSpecialtyLine, {
    params,
    body: { revision: 1, archived: true },
  })
  expect(away).toMatchObject({ archived: true, revision: 2 })
  expect((await must('doctor', lineApi.listSpecialtyLines, { query: {} })).items).toEqual([])
  const edit = { params, body: { revision: 2, name: '颈椎' } }
  expect(said(await call('admin', lineApi.updateSpecialtyLine, edit))).toBe(
    '422 已归档，恢复后才能修改',
  )
  const back = { params, body: { revision: 2, archived: false } }
  const other = { institution: 'b' }
  expect(await call('admin', lineApi.archiveSpecialtyLine, back, other)).toMatchObject({
    status: 404,
  })
  expect(await call('operator', lineApi.archiveSpecialtyLine, back)).toMatchObject({ status: 403 })
  expect(await must('admin', lineApi.archiveSpecialtyLine, back)).toMatchObject({
    archived: false,
    revision: 3,
  })
})
