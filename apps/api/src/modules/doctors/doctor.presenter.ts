import type { Credential } from '@xingbo/shared/doctors/credential.schema'
import type { Doctor } from '@xingbo/shared/doctors/doctor.schema'
import type { CredentialRow, DoctorFile } from './doctor.repository.ts'

export const presentCredential = (row: CredentialRow): Credential => ({
  id: row.id,
  doctorId: row.doctorId,
  kind: row.kind,
  number: row.number,
  issuedOn: row.issuedOn,
  expiresOn: row.expiresOn,
  gatesPublishing: row.gatesPublishing,
  note: row.note,
  archived: row.archivedAt !== null,
  revision: row.revision,
})

export const presentDoctor = ({
  row,
  departmentName,
  credentials,
  accounts,
  ledLines,
}: DoctorFile): Doctor => ({
  id: row.id,
  departmentId: row.departmentId,
  departmentName: departmentName ?? '',
  name: row.name,
  title: row.title,
  scope: row.scope,
  primaryPractice: row.primaryPractice,
  specialties: row.specialties,
  internetScienceFiledOn: row.internetScienceFiledOn,
  minutesPerWeek: row.minutesPerWeek,
  credentials: credentials.map(presentCredential),
  accounts,
  ledLines,
  archived: row.archivedAt !== null,
  revision: row.revision,
})
