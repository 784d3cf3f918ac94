import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tracked = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\0')
  .filter((file) => file !== '')
const sources = tracked.filter((file) => /\.(tsx?|mjs|css)$/.test(file) && !file.includes('.gen.'))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test('the top level is the design card’s, and dot-files', () => {
  const card = new Set([
    'README.md',
    'apps',
    'drizzle',
    'package-lock.json',
    'package.json',
    'packages',
    'tests',
    'tsconfig.json',
  ])
  const names = new Set(tracked.map((file) => file.split('/')[0] ?? ''))
  expect([...names].filter((name) => !name.startsWith('.') && !card.has(name))).toEqual([])
})

test('a file over 400 lines says why', () => {
  const long = sources.filter((file) => {
    const text = read(file)
    return text.split('\n').length > 401 && !/longer than 400 lines because/i.test(text)
  })
  expect(long).toEqual([])
})

test('nothing is left for later, skipped for good, or tied to one machine', () => {
  const marks = new RegExp(
    ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].map((m) => `\\b${m}\\b`).join('|'),
  )
  const left = sources.filter((file) => {
    const text = read(file)
    return marks.test(text) || /\b(?:test|it|describe)\.(?:only|todo)\b/.test(text)
  })
  expect(left).toEqual([])
  const machine = tracked
    .filter(
      (file) => /\.(tsx?|mjs|css|md|json|sh|html)$/.test(file) && file !== 'package-lock.json',
    )
    .filter((file) => /(?:^|[^A-Za-z0-9_.-])\/(?:work|farm|root|home)\//m.test(read(file)))
  expect(machine).toEqual([])
})

test('the lock file records no registry’s host', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved": *"https?:/)
})
