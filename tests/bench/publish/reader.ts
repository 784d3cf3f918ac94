import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { buildApp } from '../../../apps/api/src/app.ts'
import type { Deps } from '../../../apps/api/src/deps.ts'

/** What an operator's open screens ask for again and again while the burst runs. */
const pages = [
  '/api/publications?page=1&pageSize=50',
  '/api/contents?page=1&pageSize=50',
  '/api/work',
]
const EVERY_MS = 100

/** Asks the API like somebody at a desk until told to stop; gives the milliseconds each answer took. */
export async function startReader(deps: Deps) {
  const app = await buildApp(deps, { webDir: null })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const took: number[] = []
  let reading = true
  const all = (async () => {
    for (let n = 0; reading; n += 1) {
      const from = performance.now()
      const answer = await fetch(`${base}${pages[n % pages.length]}`, {
        headers: { cookie: 'xingbo=token-operator-a' },
      })
      await answer.text()
      if (!answer.ok) throw new Error(`${pages[n % pages.length]} answered ${answer.status}`)
      took.push(performance.now() - from)
      await wait(EVERY_MS)
    }
  })()
  return async (): Promise<readonly number[]> => {
    reading = false
    await all
    await app.close()
    return took
  }
}
