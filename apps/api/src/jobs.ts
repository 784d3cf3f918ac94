import type { Deps } from './deps.ts'
import { accountDue, accountHandlers } from './modules/accounts/account.jobs.ts'
import { identityDue, identityHandlers } from './modules/identity/identity.jobs.ts'
import { forgetExpired } from './modules/identity/session.service.ts'
import { inboxDue, inboxHandlers } from './modules/inbox/inbox.jobs.ts'
import { mediaDue, mediaHandlers } from './modules/media/media.jobs.ts'
import { recoverAllOrphans } from './modules/publishing/ledger.service.ts'
import { type Checkpoint, publicationJobs } from './modules/publishing/publication.jobs.ts'
import { reminderDue, reminderHandlers } from './modules/publishing/reminder.jobs.ts'
import { webhookDue, webhookHandlers } from './modules/publishing/webhook.jobs.ts'
import type { Jobs } from './product.ts'

/**
 * Every kind of work that runs later, what finds it again when the queue has forgotten it, and what a stopped
 * process may have left half done. `checkpoint` is for tests that end the process at a named step.
 */
export function jobsOf(deps: Deps, checkpoint?: Checkpoint): Jobs {
  const stopping = new AbortController()
  const publishing = publicationJobs(deps, checkpoint, stopping.signal)
  return {
    handlers: [
      ...identityHandlers(deps),
      ...accountHandlers(deps),
      ...mediaHandlers(deps),
      ...inboxHandlers(deps),
      ...reminderHandlers(deps),
      ...webhookHandlers(deps),
      ...publishing.handlers,
    ],
    dueReaders: [
      identityDue(deps),
      accountDue(deps),
      mediaDue(deps),
      inboxDue(deps),
      reminderDue(deps),
      webhookDue(),
      ...publishing.dueReaders,
    ],
    async recover() {
      const orphans = await recoverAllOrphans(deps)
      if (orphans > 0) deps.log.warn({ orphans }, 'claims of a stopped process were taken up')
      await forgetExpired(deps)
    },
    stop: () => stopping.abort(),
  }
}
