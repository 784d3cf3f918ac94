import type { Deps } from '../../deps.ts'
import { handle, type JobHandler, type Ring } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { attend } from './attend.service.ts'
import { listLineHeads } from './line.repository.ts'
import { publishJob, publishRing, watchJob } from './publication.job.ts'
import { listDue } from './publication.repository.ts'
import type { Checkpoint } from './publish-run.service.ts'

/** Enough for any burst this machine can send, few enough to read in milliseconds. */
const SWEEP_LIMIT = 2_000

export type { Checkpoint } from './publish-run.service.ts'

/** The job behind every ring: reads the row and does the one thing its state asks for. */
export function publicationJobs(
  deps: Deps,
  checkpoint: Checkpoint = () => undefined,
  stopping?: AbortSignal,
) {
  const handlers: JobHandler[] = [publishJob, watchJob].map((job) =>
    handle(job, ({ publicationId }) => attend(deps, publicationId, { checkpoint, stopping })),
  )
  const due: DueReader = async (now): Promise<Ring[]> =>
    [
      ...(await listDue(deps.db.read, now, SWEEP_LIMIT)),
      ...(await listLineHeads(deps.db.read, SWEEP_LIMIT)),
    ].map((row) => publishRing(row, now))
  return { handlers, dueReaders: [due] }
}
