import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

/** A phone on a hospital's mobile network: everything the entry can ever load, compressed. */
const BUDGET = 110_000
const dist = join(import.meta.dirname, '../../apps/web/dist')

/** Every script the page names, loads at once or loads later, by following the built files themselves. */
function scriptsOf(page: string): Map<string, number> {
  const sizes = new Map<string, number>()
  const waiting = [...page.matchAll(/assets\/([\w.-]+\.js)/g)].map((hit) => hit[1] ?? '')
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (sizes.has(name)) continue
    const source = readFileSync(join(dist, 'assets', name))
    sizes.set(name, gzipSync(source).length)
    for (const hit of source.toString().matchAll(/["'`](?:\.\/|assets\/)([\w.-]+\.js)["'`]/g))
      waiting.push(hit[1] ?? '')
  }
  return sizes
}

// `npm test` builds the web first; without a build there is nothing to weigh.
test.skipIf(!existsSync(join(dist, 'phone.html')))(
  'all scripts of the phone entry together stay within 110 kB gzipped',
  () => {
    const sizes = scriptsOf(readFileSync(join(dist, 'phone.html'), 'utf8'))
    const names = [...sizes.keys()]
    expect(names.some((name) => name.startsWith('phone-'))).toBe(true)
    expect(names.some((name) => name.startsWith('SignOff-'))).toBe(true)
    expect(names.filter((name) => /antd|charts|calendar|zod/.test(name))).toEqual([])
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    expect(total, JSON.stringify(Object.fromEntries(sizes), null, 1)).toBeLessThanOrEqual(BUDGET)
  },
)
