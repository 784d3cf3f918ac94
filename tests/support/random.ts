/** Numbers that look random and are the same in every run (mulberry32). */
export function seededRandom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number): number => Math.floor(next() * n)
  function pick<T>(from: readonly T[]): T {
    const one = from[below(from.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  function shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list]
    for (let at = copy.length - 1; at > 0; at -= 1) {
      const other = below(at + 1)
      const [a, b] = [copy[at] as T, copy[other] as T]
      copy[at] = b
      copy[other] = a
    }
    return copy
  }
  return { next, below, pick, shuffled, chance: (share: number) => next() < share }
}
export type Random = ReturnType<typeof seededRandom>
