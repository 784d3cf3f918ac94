import type { Deps } from './deps.ts'
import { mediaDue, mediaHandlers } from './modules/media/media.jobs.ts'
import type { Jobs } from './product.ts'

/** Every kind of work that runs later, and what finds it again when the queue has forgotten it. */
export function jobsOf(deps: Deps): Jobs {
  return { handlers: [...mediaHandlers(deps)], dueReaders: [mediaDue(deps)] }
}
