import type { WorkerView } from '@xingbo/shared/publishing/worker.schema'
import type { HeldRead, WorkerRead } from './worker.repository.ts'

export const presentWorker = (
  { row, createdByName }: WorkerRead,
  held: readonly HeldRead[],
): WorkerView => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  createdByName,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  version: row.version,
  host: row.host,
  skewMs: row.skewMs,
  inFlight: held
    .filter(({ workerId }) => workerId === row.id)
    .map(({ publicationId, contentTitle, accountName, since, sentAt }) => ({
      publicationId,
      contentTitle,
      accountName,
      since: since.toISOString(),
      sending: sentAt !== null,
    })),
})
