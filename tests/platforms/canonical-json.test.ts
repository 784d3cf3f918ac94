import { canonicalJson, type JsonValue } from '@xingbo/shared/canonical-json'
import { snapshotText } from '@xingbo/shared/publishing/snapshot.schema'
import { expect, test } from 'vitest'
import { fileOf, seeded, snapshotOf, tempDir, words } from './support.ts'

test('known texts', () => {
  expect(canonicalJson({ b: 1, a: [true, null, 'x\n"'], A: { z: -0, y: 1e21 } })).toBe(
    '{"A":{"y":1e+21,"z":0},"a":[true,null,"x\\n\\""],"b":1}',
  )
  expect(canonicalJson({ a: undefined, 中: '文' })).toBe('{"中":"文"}')
  expect(canonicalJson({ 10: 'a', 9: 'b' })).toBe('{"10":"a","9":"b"}')
})

test('what JSON cannot carry is refused', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, [undefined], { a: () => 1 }, 1n])
    expect(() => canonicalJson(bad as JsonValue)).toThrow(TypeError)
})

test('the order in which members were written does not matter, and nothing is lost', () => {
  const random = seeded(7)
  const value = (depth: number): JsonValue => {
    const kind = Math.floor(random() * (depth > 3 ? 4 : 6))
    if (kind === 0) return null
    if (kind === 1) return random() < 0.5
    if (kind === 2) return (random() - 0.5) * 10 ** Math.floor(random() * 30)
    if (kind === 3)
      return Array.from({ length: 5 }, () => String.fromCharCode(random() * 0xffff)).join('')
    if (kind === 4) return Array.from({ length: 3 }, () => value(depth + 1))
    return Object.fromEntries(
      Array.from({ length: 4 }, () => [String.fromCharCode(random() * 0xffff), value(depth + 1)]),
    )
  }
  const shuffled = (v: JsonValue): JsonValue => {
    if (Array.isArray(v)) return v.map(shuffled)
    if (v === null || typeof v !== 'object') return v
    const entries = Object.entries(v).map(([key, member]) => [key, shuffled(member ?? null)])
    return Object.fromEntries(entries.reverse())
  }
  for (let run = 0; run < 500; run++) {
    const one = value(0)
    const text = canonicalJson(one)
    expect(canonicalJson(shuffled(one))).toBe(text)
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  }
})

test('a snapshot has one text, and any change of a word gives another', () => {
  const dir = tempDir()
  const video = fileOf(dir, 'v.mp4', 16)
  const one = snapshotOf('kuaishou', video, null)
  expect(snapshotText({ ...one })).toBe(snapshotText(one))
  const other = snapshotOf('kuaishou', video, null, { ...words, body: `${words.body}。` })
  expect(snapshotText(other)).not.toBe(snapshotText(one))
})
