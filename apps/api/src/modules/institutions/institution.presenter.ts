import type { Department } from '@xingbo/shared/institutions/department.schema'
import type { Institution } from '@xingbo/shared/institutions/institution.schema'
import type { SpecialtyLine } from '@xingbo/shared/institutions/specialty-line.schema'
import type { DepartmentView } from './department.repository.ts'
import type { InstitutionRow } from './institution.repository.ts'
import type { LineView } from './specialty-line.repository.ts'

export const presentInstitution = (row: InstitutionRow): Institution => ({
  id: row.id,
  name: row.name,
  shortName: row.shortName,
  tier: row.tier,
  ownership: row.ownership,
  level: row.level,
  kind: row.kind,
  licenseNumber: row.licenseNumber,
  licenseExpiresOn: row.licenseExpiresOn,
  city: row.city,
  timeZone: row.timeZone,
  duplicateDays: row.duplicateDays,
  goal: row.goal,
  revision: row.revision,
})

export const presentDepartment = ({
  row,
  doctors,
  lines,
  accounts,
}: DepartmentView): Department => ({
  id: row.id,
  name: row.name,
  aliases: row.aliases,
  doctors,
  lines,
  accounts,
  archived: row.archivedAt !== null,
  revision: row.revision,
})

export const presentLine = ({ row, departmentName, leadDoctorName }: LineView): SpecialtyLine => ({
  id: row.id,
  name: row.name,
  departmentId: row.departmentId,
  departmentName,
  leadDoctorId: row.leadDoctorId,
  leadDoctorName,
  startedOn: row.startedOn,
  monthlyBudgetFen: row.monthlyBudgetFen,
  targetVisitsPerMonth: row.targetVisitsPerMonth,
  breakEvenBy: row.breakEvenBy,
  archived: row.archivedAt !== null,
  revision: row.revision,
})
