/** The value below which `share` of the numbers lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** What one burst showed: milliseconds after due at which work began, and how long all of it took. */
export type Burst = {
  readonly lateness: readonly number[]
  /** From the due instant to the last one done, in milliseconds. */
  readonly drainMs: number
  /** Processor time of this process meanwhile, in milliseconds. */
  readonly cpuMs: number
}
export const perSecond = ({ lateness, drainMs }: Burst): number =>
  (lateness.length / drainMs) * 1000
export const p99 = (burst: Burst): number => percentile(burst.lateness, 0.99)

export const ms = (value: number): string =>
  `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`

/** One row of the table: what was run, and what it showed. */
export function line(name: string, burst: Burst): string {
  const { lateness, drainMs, cpuMs } = burst
  const rate = Math.round(perSecond(burst)).toLocaleString('en-US')
  return [
    name.padEnd(40),
    `${rate.padStart(7)} jobs/s`,
    `start p50 ${ms(percentile(lateness, 0.5)).padStart(8)}`,
    `p99 ${ms(p99(burst)).padStart(8)}`,
    `drained in ${ms(drainMs).padStart(8)}`,
    `CPU ${(cpuMs / lateness.length).toFixed(2)} ms/job`,
  ].join('   ')
}
