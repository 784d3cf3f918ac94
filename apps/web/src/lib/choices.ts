import { queryOptions } from '@tanstack/react-query'
import { listAccounts } from '@xingbo/shared/accounts/account.schema'
import { listDoctors } from '@xingbo/shared/doctors/doctor.schema'
import { listColleagues } from '@xingbo/shared/identity/user.schema'
import { listDepartments } from '@xingbo/shared/institutions/department.schema'
import { request } from './request.ts'

/**
 * What selects of several features offer. The keys lie below those of the lists (`['doctors']`, …), so a change
 * there reaches them. More than 200 of a kind in one institution do not occur.
 */
const everything = { pageSize: 200 }

export const accountChoices = queryOptions({
  queryKey: ['accounts', 'choices'],
  queryFn: ({ signal }) => request(listAccounts, { query: everything }, signal),
})
export const departmentChoices = queryOptions({
  queryKey: ['departments', 'choices'],
  queryFn: ({ signal }) => request(listDepartments, { query: everything }, signal),
})
export const doctorChoices = queryOptions({
  queryKey: ['doctors', 'choices'],
  queryFn: ({ signal }) => request(listDoctors, { query: everything }, signal),
})
export const colleagueChoices = queryOptions({
  queryKey: ['users', 'colleagues'],
  queryFn: ({ signal }) => request(listColleagues, {}, signal),
})
