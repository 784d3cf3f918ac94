import { parseArgs } from 'node:util'
import { Harness } from './harness.ts'
import { faultRows } from './rows/index.ts'
import type { FaultRow, RowResult } from './rows/row.ts'

/**
 * `npm run faults [-- F-50 F-51] [--seeds 20] [--first 1] [--kind quick]`: every row of the fault matrix with as
 * many seeds, and what came of it. Exit code 1 when any run fails.
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    kind: { type: 'string' },
  },
})
const seeds = Number(values.seeds)
const first = Number(values.first)
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(first))
  throw new Error('npm run faults [-- F-50 F-51] [--seeds 20] [--first 1] [--kind quick|process]')
const wanted = faultRows.filter(
  ({ id, kind }) =>
    (positionals.length === 0 || positionals.includes(id)) &&
    (values.kind === undefined || kind === values.kind),
)

const say = (line: string) => process.stdout.write(`${line}\n`)
const counts = ['posts', 'duplicates', 'lost', 'wrongContent', 'early', 'toPerson'] as const
type Counts = Record<(typeof counts)[number], number>
const zero = (): Counts => ({
  posts: 0,
  duplicates: 0,
  lost: 0,
  wrongContent: 0,
  early: 0,
  toPerson: 0,
})

async function once(row: FaultRow, seed: number): Promise<RowResult> {
  const harness = new Harness(seed)
  try {
    return await row.run(seed, harness)
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ...zero(), problems: [told] }
  } finally {
    await harness.close()
  }
}

const line = (cells: readonly (string | number)[]) =>
  [6, 6, 6, 7, 6, 6, 7, 7, 7, 8]
    .map((width, i) =>
      String(cells[i] ?? '')
        .padStart(i === 0 ? 0 : width)
        .padEnd(i === 0 ? width : 0),
    )
    .join('')
const rule = '─'.repeat(100)
say(
  `${line(['row', 'runs', 'pass', 'posts', 'dup', 'lost', 'wrong', 'early', 'person', 'seconds'])}  fault`,
)
say(rule)

const total = { ...zero(), runs: 0, pass: 0 }
const failures: string[] = []
const skipped: string[] = []
const began = Date.now()
for (const row of wanted) {
  if (row.skip) {
    skipped.push(`${row.id}: ${row.skip}`)
    continue
  }
  const sum = zero()
  let pass = 0
  const start = Date.now()
  for (let seed = first; seed < first + seeds; seed++) {
    const result = await once(row, seed)
    for (const key of counts) sum[key] += result[key]
    const bad = result.duplicates + result.lost + result.wrongContent + result.early
    if (bad === 0 && result.problems.length === 0) pass++
    else failures.push(`${row.id} seed ${seed}:\n  ${result.problems.slice(0, 8).join('\n  ')}`)
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  const { posts, duplicates, lost, wrongContent, early, toPerson } = sum
  say(
    `${line([row.id, seeds, pass, posts, duplicates, lost, wrongContent, early, toPerson, seconds])}  ${row.title.en}`,
  )
  for (const key of counts) total[key] += sum[key]
  total.runs += seeds
  total.pass += pass
}
say(rule)
say(
  `${total.pass} of ${total.runs} runs of ${wanted.length - skipped.length} rows passed in ${((Date.now() - began) / 1000).toFixed(0)} s`,
)
say(
  `${total.posts} posts: ${total.duplicates} duplicates, ${total.lost} silently lost, ${total.wrongContent} with wrong content, ${total.early} early, ${total.toPerson} to a person`,
)
for (const one of skipped) say(`left out  ${one}`)
for (const one of failures) say(`\n${one}`)
process.exit(failures.length === 0 ? 0 : 1)
