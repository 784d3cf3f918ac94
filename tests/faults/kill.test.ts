import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Oracle, until } from './oracle.ts'

/** The steps of a publication, and how long after each the process dies. */
const steps = [
  ['claimed', 0],
  ['uploaded', 0],
  ['sent', 0],
  ['sent', 15],
  ['sent', 60],
  ['answered', 0],
  ['committed', 0],
] as const

type Row = { step: string; posts: number; state: string; person: boolean; ms: number }

/** Runs one scenario: scheduled, killed at `step`, started again, watched until it is quiet. */
async function scenario(step: string, delayMs: number): Promise<Row> {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-kill-'))
  const oracle = await Oracle.open(dir)
  try {
    const id = await oracle.post('k1', 500)
    const before = Date.now()
    const dying = oracle.start(step, delayMs)
    await dying.ended
    const killedAt = Date.now()
    oracle.start()
    const quiet = () => until(async () => (await oracle.stateOf(id)).state === 'published', 120_000)
    let settled = await until(async () => {
      const { state, reasonKey } = await oracle.stateOf(id)
      return state === 'published' || (state === 'unconfirmed' && reasonKey !== null)
    }, 120_000)
    // Reading is tried first; only a post the platform never got is left for a person to decide.
    if (settled) {
      const held = (await oracle.timesAccepted('k1')).length
      settled = await until(
        async () => (await oracle.stateOf(id)).state === 'published',
        held > 0 ? 150_000 : 15_000,
      )
    }
    const person = !settled && (await oracle.timesAccepted('k1')).length === 0
    if (person) {
      expect((await oracle.stateOf(id)).state, step).toBe('unconfirmed')
      await oracle.sendAgain(id)
      settled = await quiet()
    }
    const row = await oracle.stateOf(id)
    const accepted = await oracle.timesAccepted('k1')
    // I1 never two, I2 never none, I5 the screen says what the platform has, I4 never early.
    expect(dying.child.signalCode, step).toBe('SIGKILL')
    expect(settled, `${step} did not come to rest: ${row.state}`).toBe(true)
    expect(accepted, step).toHaveLength(1)
    expect(row.state, step).toBe('published')
    expect(row.remoteId, step).toBe(accepted[0]?.id)
    expect(accepted[0]?.acceptedAt, step).toBeGreaterThanOrEqual(row.dueAt.getTime())
    expect(killedAt).toBeGreaterThan(before)
    // I6: the story in the audit log ends where the row stands, without a gap.
    const story = await oracle.transitions(id)
    expect(story.at(-1)).toBe('published')
    return {
      step: delayMs ? `${step} + ${delayMs} ms` : step,
      posts: accepted.length,
      state: row.state,
      person,
      ms: Date.now() - killedAt,
    }
  } finally {
    await oracle.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

test('kill -9 at each step of a publication, then start again: never two posts, never none', async () => {
  const rows: Row[] = []
  for (const [step, delayMs] of steps) rows.push(await scenario(step, delayMs))
  const lines = rows.map(
    ({ step, posts, state, person, ms }) =>
      `${step.padEnd(16)} ${String(posts).padStart(5)}   ${state.padEnd(11)} ${(person ? 'yes' : 'no').padEnd(7)} ${(ms / 1000).toFixed(1).padStart(6)} s`,
  )
  process.stdout.write(
    `\nkilled at        posts   state       person  settled after\n${lines.join('\n')}\n`,
  )
})
