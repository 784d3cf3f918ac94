import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('print-samples.ts', import.meta.url))
const parsedIn = (zone: string): { at: number; files: unknown } =>
  JSON.parse(
    execFileSync(process.execPath, [script], {
      env: { TZ: zone },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  )

test('every file reads the same wherever the machine stands', () => {
  const [newYork, shanghai, utc] = ['America/New_York', 'Asia/Shanghai', 'UTC'].map(parsedIn)
  expect([newYork?.at, shanghai?.at, utc?.at]).toEqual([300, -480, 0])
  expect(newYork?.files).toEqual(shanghai?.files)
  expect(utc?.files).toEqual(shanghai?.files)
  expect(JSON.stringify(shanghai?.files)).toContain('"publishedAt":"2026-10-13T10:30:12.000Z"')
})
