import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Role, roleLabels } from '@xingbo/shared/identity/actor'
import { listSpecialtyLines } from '@xingbo/shared/institutions/specialty-line.schema'
import { colleagueChoices, departmentChoices, doctorChoices } from '../../lib/choices.ts'
import { useLabel } from '../../lib/i18n.ts'
import { request } from '../../lib/request.ts'

const lineChoices = queryOptions({
  queryKey: ['specialty-lines', 'choices'],
  queryFn: ({ signal }) => request(listSpecialtyLines, { query: { pageSize: 200 } }, signal),
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
