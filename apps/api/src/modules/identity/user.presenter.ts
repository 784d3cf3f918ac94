import type { User } from '@xingbo/shared/identity/user.schema'
import type { UserView } from './user.repository.ts'

export const presentUser = (row: UserView): User => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  role: row.role,
  doctorId: row.doctorId,
  doctorName: row.doctorName,
  disabled: row.disabledAt !== null,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  revision: row.revision,
})
