import { type Random, seededRandom } from '../support/random.ts'
import type { judge } from './judge.ts'
import type { RowResult } from './rows/row.ts'
import { World, type WorldOptions } from './world.ts'

const nothing: RowResult = {
  posts: 0,
  duplicates: 0,
  lost: 0,
  wrongContent: 0,
  early: 0,
  toPerson: 0,
  problems: [],
}

/** What one run of a row works with; it closes what was opened and sums up what was found. */
export class Harness {
  readonly random: Random
  private readonly worlds: World[] = []
  private readonly closers: (() => void | Promise<void>)[] = []
  private readonly problems: string[] = []
  private readonly found: RowResult[] = []

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  /** A world in this process, judged by `verdict`. */
  async world(options: WorldOptions = {}): Promise<World> {
    const world = await World.open(options)
    this.worlds.push(world)
    return world
  }

  /** What must be done at the end of the run, whatever happens. */
  atEnd(close: () => void | Promise<void>): void {
    this.closers.push(close)
  }

  /** One expectation of the row itself, beside the invariants. */
  expect(what: string, ok: boolean): void {
    if (!ok) this.problems.push(what)
  }
  equal(what: string, got: unknown, wanted: unknown): void {
    const [a, b] = [JSON.stringify(got), JSON.stringify(wanted)]
    this.expect(`${what}: ${a}, expected ${b}`, a === b)
  }
  /** What `judge` found of a system this harness did not open. */
  add(result: RowResult): void {
    this.found.push(result)
  }

  /** Judges every world and sums up. */
  async verdict(allowed?: Parameters<typeof judge>[2]): Promise<RowResult> {
    for (const world of this.worlds) this.found.push(await world.judge(allowed))
    const all = [...this.found, { ...nothing, problems: this.problems }]
    return all.reduce(
      (sum, one) => ({
        posts: sum.posts + one.posts,
        duplicates: sum.duplicates + one.duplicates,
        lost: sum.lost + one.lost,
        wrongContent: sum.wrongContent + one.wrongContent,
        early: sum.early + one.early,
        toPerson: sum.toPerson + one.toPerson,
        problems: [...sum.problems, ...one.problems],
      }),
      nothing,
    )
  }

  async close(): Promise<void> {
    for (const world of this.worlds) await world.close()
    for (const close of this.closers.reverse()) await close()
  }
}
