import type { Deps } from '../../deps.ts'
import { recoverOrphan } from './ledger.service.ts'
import { localLedger } from './local-ledger.service.ts'
import { lookUp, orLater, reconcile } from './look.service.ts'
import { expireHandOff } from './outcome.service.ts'
import { findPublication } from './publication.repository.ts'
import { type RunOptions, runPublish } from './publish-run.service.ts'

/** Reads the publication and does the one thing its state asks for. */
export async function attend(
  deps: Deps,
  publicationId: string,
  options: Pick<RunOptions, 'checkpoint' | 'stopping'>,
): Promise<void> {
  const row = await findPublication(deps.db.read, publicationId)
  if (!row) return
  if (row.state === 'scheduled' || row.state === 'queued')
    await runPublish(localLedger(deps), publicationId, { platforms: deps.platforms, ...options })
  else if (row.state === 'accepted' || row.state === 'published')
    await orLater(deps, row, () => lookUp(deps, row))
  else if (row.state === 'unconfirmed') await orLater(deps, row, () => reconcile(deps, row))
  else if (row.state === 'awaiting_person') await expireHandOff(deps, publicationId)
  else if (row.state === 'submitting' && row.leaseUntil && row.leaseUntil <= deps.now())
    await recoverOrphan(deps, publicationId)
}
