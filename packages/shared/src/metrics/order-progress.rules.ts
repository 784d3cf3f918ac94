/** How far along an order is: money given back, then redemptions, then payment. */
type OrderProgress = {
  readonly refundFen: number
  readonly usedTimes: number | null
  readonly paidAt: Date | null
}

/** Whether a file shows an order in an earlier state than the one we know; a later state is never undone. */
export function isBehind(shown: OrderProgress, known: OrderProgress): boolean {
  const steps = ({ refundFen, usedTimes, paidAt }: OrderProgress) => [
    refundFen,
    usedTimes ?? 0,
    paidAt ? 1 : 0,
  ]
  const [now, before] = [steps(shown), steps(known)]
  for (const [at, step] of now.entries()) {
    const other = before[at] ?? 0
    if (step !== other) return step < other
  }
  return false
}
