import { parseArgs } from 'node:util'
import { seededRandom } from '../support/random.ts'
import { start } from './processes.ts'
import { World } from './world.ts'

/**
 * `npm run soak [-- --posts 10000 --kills 500 --faulty 40 --seed 1]`: posts fall due while the sandbox spoils four
 * answers in ten and the sending process is killed again and again; then it is left in peace for a day of the
 * test's clock and every post is counted. The clock runs fast, the processes, the kills and the database are real.
 */
const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '500' },
    faulty: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
})
const posts = Number(values.posts)
const kills = Number(values.kills)
const faulty = Number(values.faulty) / 100
const random = seededRandom(Number(values.seed))
if (![posts, kills].every((n) => Number.isInteger(n) && n > 0))
  throw new Error('npm run soak -- --posts 10000 --kills 500 --faulty 40 --seed 1')

/** So many seconds of the test's clock pass in one of the wall's. */
const PACE = 30
/** The sender's clock begins a little before it says that it lives. */
const AHEAD_MS = 10_000
const modes = [
  'error_before',
  'error_after',
  'cut_before',
  'cut',
  'cut_body',
  'truncated',
  'html',
  'no_id',
  'rate_limited',
] as const
const say = (line: string) => process.stdout.write(`${line}\n`)

const began = Date.now()
const perLife = Math.ceil(posts / kills)
const accounts = Math.max(4, Math.ceil(posts / 100))
const w = await World.open({ accounts })
const ids = w.accountIds(accounts)
// What each life has to do falls due within the minutes it lives.
const LIFE_MS = 60_000
for (let i = 0; i < posts; i++) {
  const due = 60_000 + Math.floor(i / perLife) * LIFE_MS + random.below(LIFE_MS)
  await w.post(`s${String(i).padStart(5, '0')}x`, due, ids[i % accounts])
}
say(`${posts} posts on ${accounts} accounts scheduled after ${seconds()}`)

let killed = 0
let spoilt = 0
const sandbox = Number(new URL(w.sandbox.url).port)
for (let life = 0; life < kills; life++) {
  await w.heal()
  for (let n = 0; n < perLife; n++)
    if (random.chance(faulty)) {
      spoilt++
      const skip = random.below(perLife)
      await w.fault({ match: { op: 'kuaishou.publish' }, mode: random.pick(modes), skip })
    }
  const from = w.clock.now.getTime() + 1_000
  const child = start('./life.ts', [
    JSON.stringify({ dir: w.dir, sandbox, from, pace: PACE, idleMs: 60_000 }),
  ])
  let alive = 0
  const ticking = setInterval(() => {
    if (!alive && child.said().includes('alive')) alive = Date.now()
    // The platform's clock goes with the sender's, a little ahead: what is due there is due here.
    if (alive) w.clock.now = new Date(from + (Date.now() - alive) * PACE + AHEAD_MS)
  }, 5)
  while (!alive || Date.now() - alive < LIFE_MS / PACE)
    await new Promise((go) => setTimeout(go, 5 + random.below(25)))
  child.kill('SIGKILL')
  const end = await child.ended
  clearInterval(ticking)
  if (end.signal === 'SIGKILL') killed++
  if ((life + 1) % 50 === 0) say(`${life + 1} lives after ${seconds()}`)
}

await w.heal()
await w.restart()
// The lists are read for a day; what came late or was never answered comes to rest.
await w.quiet(26 * 3_600_000)
const result = await w.judge()
const tally = new Map<string, number>()
for (const { state, reasonKey } of await w.rows()) {
  const key = state === 'published' ? state : `${state} (${reasonKey ?? ''})`
  tally.set(key, (tally.get(key) ?? 0) + 1)
}
const unknown = [...tally].filter(([key]) => key.startsWith('unconfirmed'))
say(`${killed} kills, ${spoilt} answers spoilt, seed ${values.seed}, ${seconds()}`)
for (const [what, n] of [...tally].sort()) say(`${String(n).padStart(7)}  ${what}`)
say(
  `${result.duplicates} duplicates, ${result.lost} silently lost, ${result.wrongContent} with wrong content, ${result.early} early, ${result.toPerson} to a person (${unknown.reduce((sum, [, n]) => sum + n, 0)} of unknown outcome)`,
)
for (const problem of result.problems.slice(0, 20)) say(problem)
await w.close()
process.exit(result.problems.length === 0 ? 0 : 1)

function seconds(): string {
  return `${((Date.now() - began) / 1000).toFixed(0)} s`
}
