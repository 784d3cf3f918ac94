import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import * as credentialApi from '@xingbo/shared/doctors/credential.schema'
import * as api from '@xingbo/shared/doctors/doctor.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

export const doctorQueries = {
  all: () => ['doctors'] as const,
  list: (query: EndpointInput<typeof api.listDoctors>['query']) =>
    queryOptions({
      queryKey: [...doctorQueries.all(), 'list', query],
      queryFn: ({ signal }) => request(api.listDoctors, { query }, signal),
    }),
  detail: (doctorId: string) =>
    queryOptions({
      queryKey: [...doctorQueries.all(), 'detail', doctorId],
      queryFn: ({ signal }) => request(api.getDoctor, { params: { doctorId } }, signal),
    }),
}
// A doctor carries the department's name, the credentials, and how many accounts and lines hang on them.
for (const kind of ['doctor', 'credential', 'department', 'account', 'specialty_line'])
  liveQueries(kind, doctorQueries.all())

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: doctorQueries.all() })
const inForm = { errors: 'shown' } as const

export const createDoctorMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof api.createDoctor>['body']) =>
      request(api.createDoctor, { body }),
    onSuccess: () => refresh(client),
    meta: inForm,
  })

export const updateDoctorMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof api.updateDoctor>) => request(api.updateDoctor, input),
    onSettled: () => refresh(client),
    meta: inForm,
  })

export const archiveDoctorMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof api.archiveDoctor>) =>
      request(api.archiveDoctor, input),
    onSettled: () => refresh(client),
  })

export const addCredentialMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof credentialApi.addCredential>) =>
      request(credentialApi.addCredential, input),
    onSuccess: () => refresh(client),
    meta: inForm,
  })

export const updateCredentialMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof credentialApi.updateCredential>) =>
      request(credentialApi.updateCredential, input),
    onSettled: () => refresh(client),
    meta: inForm,
  })

export const archiveCredentialMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (input: EndpointInput<typeof credentialApi.archiveCredential>) =>
      request(credentialApi.archiveCredential, input),
    onSettled: () => refresh(client),
  })
