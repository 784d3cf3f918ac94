import { uploadLifeMs } from '@xingbo/shared/media/asset.rules'
import type { Deps } from '../../deps.ts'
import { handle, type JobHandler, type Ring } from '../../queue/job.ts'
import type { DueReader } from '../../queue/sweeper.ts'
import { type AssetRow, listUnsettled } from './asset.repository.ts'
import { checkAsset, tidyFiles } from './check.service.ts'
import { wholeFile } from './inspecting/media-files.ts'
import { ToolStopped } from './inspecting/run-tool.ts'
import { mediaAbandon, mediaCheck, mediaTidy } from './media.job.ts'
import { abandonUpload } from './upload.service.ts'

/** Often enough that what a crash left behind is gone within the hour. */
const tidyEveryMs = 3_600_000

export const mediaHandlers = (deps: Deps): JobHandler[] => [
  handle(mediaCheck, ({ assetId }) =>
    checkAsset(deps, assetId).catch((error: unknown) => {
      // The row still asks; the first sweep after the start rings again.
      if (!(error instanceof ToolStopped)) throw error
    }),
  ),
  handle(mediaAbandon, ({ assetId }) => abandonUpload(deps, assetId)),
  handle(mediaTidy, () => tidyFiles(deps)),
]

/** Files to judge, uploads whose last answer was lost, uploads nobody finished, and once an hour the tidying. */
export function mediaDue(deps: Deps): DueReader {
  let tidiedAt = Number.NEGATIVE_INFINITY
  const ringFor = async (row: AssetRow, now: Date): Promise<Ring | null> => {
    const ring = (job: typeof mediaCheck | typeof mediaAbandon, id: string): Ring => ({
      job: job.name,
      payload: { assetId: row.id },
      jobId: `${id}-${row.id}`,
      runAt: now,
    })
    if (row.state === 'checking') return ring(mediaCheck, 'media-check')
    if (row.createdAt.getTime() + uploadLifeMs <= now.getTime())
      return ring(mediaAbandon, 'media-abandon')
    const whole = await wholeFile(deps.settings, row.id, row.sizeBytes)
    return whole ? ring(mediaCheck, 'media-check') : null
  }
  return async (now) => {
    const rows = await listUnsettled(deps.db.read)
    const rings = await Promise.all(rows.map((row) => ringFor(row, now)))
    const due = rings.filter((ring) => ring !== null)
    if (now.getTime() - tidiedAt < tidyEveryMs) return due
    tidiedAt = now.getTime()
    return [...due, { job: mediaTidy.name, payload: {}, jobId: 'media-tidy', runAt: now }]
  }
}
