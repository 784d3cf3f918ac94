import type { Bilingual } from '@xingbo/shared/text'
import type { Harness } from '../harness.ts'

/** What one run of a row came to. Anything in `problems`, or any count but `posts` and `toPerson`, fails it. */
export type RowResult = {
  /** Posts that were asked for. */
  readonly posts: number
  readonly duplicates: number
  readonly lost: number
  readonly wrongContent: number
  readonly early: number
  /** Posts that wait for a person, or have failed or expired where a person sees it. */
  readonly toPerson: number
  /** Whatever else should not be, in words. */
  readonly problems: readonly string[]
}

/** A row of the fault matrix: one fault, put in with a seed, and everything that must still hold. */
export type FaultRow = {
  /** As the matrix numbers it, e.g. `F-50`. */
  readonly id: string
  readonly title: Bilingual
  /** `quick`: inside this process, time by a clock of the test. `process`: real processes, real time. */
  readonly kind: 'quick' | 'process'
  /** Where what it needs is missing (redis-server, strace), why it is left out. */
  readonly skip?: string | null
  readonly run: (seed: number, harness: Harness) => Promise<RowResult>
}
