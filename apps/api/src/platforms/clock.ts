/**
 * What the time is elsewhere, as the `Date` of platforms' answers (RFC 9110 §6.6.1) and Redis TIME say it. Kept
 * against this process's monotonic clock, so that a step of our own wall clock shows at once and needs no new
 * answer to be seen.
 */
type Witness = {
  readonly kind: 'platform' | 'queue'
  /** The witness's clock minus our monotonic one, in milliseconds. */
  readonly offset: number
  readonly heardAt: number
}
const witnesses = new Map<string, Witness>()

/** `Date` has whole seconds: the middle of the second is the best guess. */
const HALF_SECOND_MS = 500
/** An answer that took longer than this says too little about when it was written. */
const LONGEST_TRIP_MS = 10_000
/** Older than this a witness is not asked any more: crystals drift, and a sleeping machine's monotonic clock stands. */
const FORGET_AFTER_MS = 30 * 60_000

const monotonic = () => performance.now()

/** Notes that `name` said `theirs` in answer to a call begun at `begunAt` of the monotonic clock. */
export function hearTime(kind: Witness['kind'], name: string, theirs: Date, begunAt: number): void {
  const heardAt = monotonic()
  if (Number.isNaN(theirs.getTime()) || heardAt - begunAt > LONGEST_TRIP_MS) return
  witnesses.set(name, { kind, offset: theirs.getTime() - (begunAt + heardAt) / 2, heardAt })
}

/** Notes the `Date` of a platform's answer; one out of a cache is as old as its `Age`. */
export function hearDate(host: string, headers: Headers, begunAt: number): void {
  const date = headers.get('date')
  if (!date) return
  const age = Number(headers.get('age') ?? 0) * 1000
  hearTime('platform', host, new Date(Date.parse(date) + HALF_SECOND_MS + age), begunAt)
}

/**
 * How far `now` lies ahead of the time elsewhere, in milliseconds (negative: behind); null when nobody has been
 * heard lately. Platforms count before the queue's Redis, which may run on this very machine; of several the one
 * that agrees best, since two clocks seldom err alike.
 */
export function clockSkewMs(now: Date): number | null {
  const at = monotonic()
  const skewsOf = (kind: Witness['kind']): number[] =>
    [...witnesses.values()]
      .filter((one) => one.kind === kind && at - one.heardAt <= FORGET_AFTER_MS)
      .map(({ offset }) => Math.round(now.getTime() - (offset + at)))
  const heard = skewsOf('platform')
  const skews = heard.length > 0 ? heard : skewsOf('queue')
  return skews.reduce<number | null>(
    (best, skew) => (best === null || Math.abs(skew) < Math.abs(best) ? skew : best),
    null,
  )
}

/** Asks hosts for nothing but their `Date`. A host that does not answer says nothing. */
export async function askTheTime(baseUrls: readonly string[], deadlineMs = 3_000): Promise<void> {
  await Promise.all(
    baseUrls.map(async (base) => {
      const begunAt = monotonic()
      const url = new URL(base)
      try {
        const signal = AbortSignal.timeout(deadlineMs)
        const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal })
        hearDate(url.host, answer.headers, begunAt)
        await answer.body?.cancel()
      } catch {
        // No answer is no witness.
      }
    }),
  )
}

/** Nobody has said anything yet; tests begin so. */
export const forgetTime = (): void => witnesses.clear()
