import type { Message } from './messages.ts'
import { type Verdict, yes } from './verdict.ts'

/** Whether anything may be published from here, every reason against it, and what will soon be one. */
export type Readiness = {
  readonly verdict: Verdict
  readonly blocks: readonly Message[]
  readonly warnings: readonly Message[]
}

/** The first of `blocks` is the verdict's reason. */
export function readinessOf(blocks: readonly Message[], warnings: readonly Message[]): Readiness {
  const [reason] = blocks
  return { verdict: reason ? { ok: false, reason } : yes, blocks, warnings }
}
