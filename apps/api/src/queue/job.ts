import type { z } from 'zod'

/** A kind of work that runs later. The payload carries ids only: what to do is read from its row again. */
export type JobDefinition<N extends string = string, S extends z.ZodType = z.ZodType> = {
  readonly name: N
  readonly payload: S
}
export const defineJob = <const N extends string, S extends z.ZodType>(
  job: JobDefinition<N, S>,
): JobDefinition<N, S> => job

/**
 * Two bells: `publish` may be answered by any machine that sends, `house` only by the process that has the
 * database and the files.
 */
export const lanes = ['house', 'publish'] as const
export type Lane = (typeof lanes)[number]
export const laneOf = (job: string): Lane => (job.startsWith('publication.') ? 'publish' : 'house')

/** Jobs that only look, named `….watch`, give way to what sends: in a burst they run when nothing else waits. */
export const isPatient = (job: string): boolean => job.endsWith('.watch')

/** One ring of the bell: which job, for what, when. A ring with an id already waiting changes nothing. */
export type Ring = {
  readonly job: string
  readonly payload: unknown
  /** Deterministic, without `:`; the same work asked for twice is the same id. */
  readonly jobId: string
  readonly runAt: Date
}

/** What the product sees of the queue; BullMQ is what stands behind it. */
export type JobQueue = {
  ring(rings: readonly Ring[]): Promise<void>
  /** How many jobs wait, run or are due later. Throws when the queue cannot be reached. */
  depth(): Promise<number>
  close(): Promise<void>
}

export type JobHandler = {
  readonly job: JobDefinition
  readonly run: (payload: never) => Promise<void>
}

/** Ties a definition to what it does, keeping the payload's type. */
export const handle = <N extends string, S extends z.ZodType>(
  job: JobDefinition<N, S>,
  run: (payload: z.output<S>) => Promise<void>,
): JobHandler => ({ job, run: run as JobHandler['run'] })
