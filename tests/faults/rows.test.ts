import { expect, test } from 'vitest'
import { Harness } from './harness.ts'
import { faultRows } from './rows/index.ts'

/** One seed of every row that needs no process of its own; `npm run faults` runs them all with twenty. */
const quick = faultRows.filter(({ kind, skip }) => kind === 'quick' && !skip)

test.for(quick.map((row) => [row.id, row] as const))('%s holds', async ([, row]) => {
  // Not seed 1: a few rows do something longer there.
  const seed = 2
  const harness = new Harness(seed)
  try {
    const { duplicates, lost, wrongContent, early, problems } = await row.run(seed, harness)
    expect(problems).toEqual([])
    expect({ duplicates, lost, wrongContent, early }).toEqual({
      duplicates: 0,
      lost: 0,
      wrongContent: 0,
      early: 0,
    })
  } finally {
    await harness.close()
  }
})
