import type { Deps } from './deps.ts'
import type { Jobs } from './product.ts'

/** Every kind of work that runs later, and what finds it again when the queue has forgotten it. */
export function jobsOf(_deps: Deps): Jobs {
  return { handlers: [], dueReaders: [] }
}
