import { queryOptions, useQuery } from '@tanstack/react-query'
import { listDoctors } from '@xingbo/shared/doctors/doctor.schema'
import { type Role, roleLabels } from '@xingbo/shared/identity/actor'
import { listColleagues } from '@xingbo/shared/identity/user.schema'
import { listDepartments } from '@xingbo/shared/institutions/department.schema'
import { listSpecialtyLines } from '@xingbo/shared/institutions/specialty-line.schema'
import { useLabel } from '../../lib/i18n.ts'
import { request } from '../../lib/request.ts'

/** Master data changes seldom; more than 200 of a kind do not occur in one institution. */
const staleTime = 60_000
const query = { pageSize: 200 }

const doctorChoices = queryOptions({
  queryKey: ['doctors', 'choices'],
  queryFn: ({ signal }) => request(listDoctors, { query }, signal),
  staleTime,
})
const lineChoices = queryOptions({
  queryKey: ['specialty-lines', 'choices'],
  queryFn: ({ signal }) => request(listSpecialtyLines, { query }, signal),
  staleTime,
})
const departmentChoices = queryOptions({
  queryKey: ['departments', 'choices'],
  queryFn: ({ signal }) => request(listDepartments, { query }, signal),
  staleTime,
})
const colleagueChoices = queryOptions({
  queryKey: ['colleagues', 'choices'],
  queryFn: ({ signal }) => request(listColleagues, {}, signal),
  staleTime,
})

export type Choice = { value: string; label: string }

export function useDoctorChoices(): Choice[] {
  const { data } = useQuery(doctorChoices)
  return (
    data?.items.map((one) => ({ value: one.id, label: `${one.name} · ${one.departmentName}` })) ??
    []
  )
}
export function useLineChoices(): Choice[] {
  const { data } = useQuery(lineChoices)
  return data?.items.map((one) => ({ value: one.id, label: one.name })) ?? []
}
export function useDepartmentChoices(): Choice[] {
  const { data } = useQuery(departmentChoices)
  return data?.items.map((one) => ({ value: one.id, label: one.name })) ?? []
}
/** People of this institution, or only those of some roles. */
export function useColleagueChoices(only?: readonly Role[]): Choice[] {
  const role = useLabel(roleLabels)
  const { data } = useQuery(colleagueChoices)
  return (
    data?.items
      .filter((one) => !only || only.includes(one.role))
      .map((one) => ({ value: one.id, label: `${one.displayName} · ${role(one.role)}` })) ?? []
  )
}
