import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Oracle, until } from './oracle.ts'

/**
 * `npm run soak -- [posts] [seed]`: posts fall due while the sandbox spoils four answers in ten and the product
 * is killed again and again; then it is left in peace and every post is counted. Ends by itself.
 */
const [posts = '200', seed = '1'] = process.argv.slice(2)
const count = Number(posts)
if (!Number.isInteger(count) || count < 1) throw new Error('npm run soak -- [posts] [seed]')

let state = Number(seed) || 1
const roll = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state % below
}
const pause = (ms: number) => new Promise((go) => setTimeout(go, ms))

const dir = mkdtempSync(join(tmpdir(), 'xingbo-soak-'))
const oracle = await Oracle.open(dir)
const faults = [
  'error_before',
  'error_after',
  'cut_before',
  'cut',
  'truncated',
  'no_id',
  'rate_limited',
]
const ids = new Map<string, string>()
/** Half of the posts at the pace one account can bear, so that they do not all miss their time. */
const spreadMs = count * 400
for (let i = 0; i < count; i++) {
  const key = `s${String(i).padStart(5, '0')}` // no key is the beginning of another
  ids.set(key, await oracle.post(key, 5_000 + roll(spreadMs)))
}
console.log(`${count} posts scheduled over ${Math.round(spreadMs / 1000)} s, seed ${seed}`)

let kills = 0
let spoilt = 0
const chaosEnds = Date.now() + spreadMs + 10_000
while (Date.now() < chaosEnds) {
  const run = oracle.start()
  const life = Date.now() + 8_000 + roll(12_000)
  while (Date.now() < life) {
    if (roll(10) < 4) {
      await oracle.fault({
        match: { op: 'kuaishou.publish' },
        mode: faults[roll(faults.length)],
        ...(roll(2) ? { status: 502 } : {}),
      })
      spoilt++
    }
    await pause(400)
  }
  await oracle.stop(run)
  kills++
}

await fetch(`${oracle.sandbox.url}/__sandbox/faults`, { method: 'DELETE' })
oracle.start()
const statesOf = async () => {
  const found = new Map<string, string>()
  for (const [key, id] of ids) found.set(key, (await oracle.stateOf(id)).state)
  return found
}
const resting = new Set(['published', 'failed', 'expired', 'unconfirmed', 'canceled', 'taken_down'])
await until(async () => [...(await statesOf()).values()].every((s) => resting.has(s)), 180_000)
await pause(70_000)

const tally: Record<string, number> = {}
const wrong: string[] = []
for (const [key, end] of await statesOf()) {
  const accepted = (await oracle.timesAccepted(key)).length
  tally[`${end}, ${accepted} on the platform`] =
    (tally[`${end}, ${accepted} on the platform`] ?? 0) + 1
  if (accepted > 1) wrong.push(`${key}: ${accepted} posts`)
  if (end === 'published' && accepted !== 1) wrong.push(`${key}: published, but ${accepted} posts`)
  if ((end === 'failed' || end === 'expired' || end === 'canceled') && accepted > 0)
    wrong.push(`${key}: ${end}, but it is on the platform`)
  if (!resting.has(end)) wrong.push(`${key}: still ${end}`)
}
console.log(`${kills} kills, ${spoilt} answers spoilt`)
for (const [what, n] of Object.entries(tally).sort())
  console.log(`${String(n).padStart(6)}  ${what}`)
console.log(wrong.length === 0 ? 'no duplicate, none lost, no untrue state' : wrong.join('\n'))
await oracle.close()
rmSync(dir, { recursive: true, force: true })
process.exit(wrong.length === 0 ? 0 : 1)
