import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as departmentApi from '@xingbo/shared/institutions/department.schema'
import * as api from '@xingbo/shared/institutions/institution.schema'
import * as lineApi from '@xingbo/shared/institutions/specialty-line.schema'
import { liveQueries } from '../../lib/live.ts'
import { meQuery } from '../../lib/me.ts'
import { request } from '../../lib/request.ts'

export const institutionQuery = queryOptions({
  queryKey: ['institution'],
  queryFn: ({ signal }) => request(api.getInstitution, {}, signal),
})
export const departmentQueries = {
  all: () => ['departments'] as const,
  list: (query: EndpointInput<typeof departmentApi.listDepartments>['query']) =>
    queryOptions({
      queryKey: [...departmentQueries.all(), 'list', query],
      queryFn: ({ signal }) => request(departmentApi.listDepartments, { query }, signal),
    }),
}
export const lineQueries = {
  all: () => ['specialty-lines'] as const,
  list: (query: EndpointInput<typeof lineApi.listSpecialtyLines>['query']) =>
    queryOptions({
      queryKey: [...lineQueries.all(), 'list', query],
      queryFn: ({ signal }) => request(lineApi.listSpecialtyLines, { query }, signal),
    }),
}
// Names and counts of one kind stand in the lists of the others.
liveQueries('institution', institutionQuery.queryKey, meQuery.queryKey)
liveQueries('department', departmentQueries.all(), lineQueries.all())
liveQueries('specialty_line', lineQueries.all(), departmentQueries.all())
liveQueries('doctor', lineQueries.all(), departmentQueries.all())
liveQueries('account', departmentQueries.all())

const refresh = async (client: QueryClient) => {
  await Promise.all(
    [['departments'], ['specialty-lines'], ['doctors']].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
}
const inForm = { errors: 'shown' } as const

export const updateInstitutionMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.updateInstitution>['body']) =>
      request(api.updateInstitution, { body }),
    onSuccess: (institution) => {
      client.setQueryData(institutionQuery.queryKey, institution)
      return client.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    meta: inForm,
  })

export const createInstitutionMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.createInstitution>['body']) =>
      request(api.createInstitution, { body }),
    // The switcher offers it at once.
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
    meta: inForm,
  })

export const createDepartmentMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof departmentApi.createDepartment>['body']) =>
      request(departmentApi.createDepartment, { body }),
    onSuccess: () => refresh(client),
    meta: inForm,
  })

export const updateDepartmentMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof departmentApi.updateDepartment>) =>
      request(departmentApi.updateDepartment, input),
    onSettled: () => refresh(client),
    meta: inForm,
  })

export const archiveDepartmentMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof departmentApi.archiveDepartment>) =>
      request(departmentApi.archiveDepartment, input),
    onSettled: () => refresh(client),
  })

export const createLineMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof lineApi.createSpecialtyLine>['body']) =>
      request(lineApi.createSpecialtyLine, { body }),
    onSuccess: () => refresh(client),
    meta: inForm,
  })

export const updateLineMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof lineApi.updateSpecialtyLine>) =>
      request(lineApi.updateSpecialtyLine, input),
    onSettled: () => refresh(client),
    meta: inForm,
  })

export const archiveLineMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof lineApi.archiveSpecialtyLine>) =>
      request(lineApi.archiveSpecialtyLine, input),
    onSettled: () => refresh(client),
  })
