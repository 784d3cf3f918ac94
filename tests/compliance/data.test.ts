import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { loadComplianceData } from '../../apps/api/src/modules/compliance/engine/load-data.ts'
import { readCsv } from '../../apps/api/src/modules/compliance/engine/read-csv.ts'
import { check, data, stops } from './support.ts'

const folder = new URL('../../apps/api/src/modules/compliance/data/', import.meta.url)

test('rules and terms are all there, and every name in one table is known to the other', () => {
  expect(data.rules.size).toBe(50)
  expect(data.terms).toHaveLength(1071)
  const terms = new Set(data.terms.map(({ text }) => text))
  expect([...data.policies.keys()].filter((term) => !terms.has(term))).toEqual([])
  const codes = new Set(data.terms.flatMap(({ sources }) => sources))
  expect([...codes].filter((code) => !data.sources.has(code))).toEqual([])
  expect([...data.sources.keys()].filter((code) => !codes.has(code))).toEqual([])
  const categories = new Set(data.terms.map(({ category }) => category))
  expect([...categories].filter((category) => !data.categoryPolicies.has(category))).toEqual([])
  expect(data.disguises.filter(({ rule }) => rule !== '' && !data.rules.has(rule))).toEqual([])
})

test('no term is left to nobody: each is found by itself or asks for words around it', () => {
  const silent = data.terms.filter(({ text, severity, category }) => {
    const policy = data.policies.get(text) ?? data.categoryPolicies.get(category)
    const asks = policy?.need !== '' || policy.unless !== '' || policy.mode === 'skip'
    return severity !== 'warn' && policy?.mode !== 'hint' && !asks && stops(text).length === 0
  })
  expect(silent.map(({ text }) => text)).toEqual([])
})

test('lawful numbers stay lawful', () => {
  for (const number of data.hotlines)
    expect(stops(`有需要可以拨打${number}`).map(({ text }) => text)).toEqual([])
  expect(check('请拨打19900000000')[0]?.ruleId).toBe('R19')
})

const copies = mkdtempSync(join(tmpdir(), 'xingbo-compliance-'))
afterAll(() => rmSync(copies, { recursive: true, force: true }))

const copyWith = (name: string, edit: (content: string) => string): URL => {
  const copy = mkdtempSync(join(copies, 'data-'))
  for (const file of readdirSync(folder)) {
    const content = readFileSync(new URL(file, folder), 'utf8')
    writeFileSync(join(copy, file), file === name ? edit(content) : content)
  }
  return pathToFileURL(`${copy}/`)
}

test('a malformed table is refused with its name, and any change shows in the fingerprint', () => {
  expect(() =>
    loadComplianceData(copyWith('policies.csv', (csv) => csv.replace('R01', 'R99'))),
  ).toThrow(/policies\.csv names the unknown rule R99/)
  expect(() =>
    loadComplianceData(copyWith('terms.csv', (csv) => csv.replace(',block,', ',stop,'))),
  ).toThrow(/terms\.csv has a severity stop/)
  expect(() =>
    loadComplianceData(copyWith('rules.en.csv', (csv) => csv.replace(/^R07.*\n/m, ''))),
  ).toThrow(/rules\.en\.csv lacks R07/)
  const more = copyWith('lawful.csv', (csv) => `${csv}某个说法\n`)
  expect(loadComplianceData(more).fingerprint).not.toBe(data.fingerprint)
})

/** The bench prints what slips; these are the lines it may not fall under. */
test.each([
  ['dev', 0.95, 0.95],
  ['tuned', 0.95, 0.95],
  ['held-out', 0.85, 0.85],
])('the %s set keeps its precision and recall', (set, precision, recall) => {
  const bench = new URL('../bench/data/compliance/', import.meta.url)
  const flagged = (file: string) =>
    readCsv(new URL(file, bench)).rows.map((row) => stops(row.sentence ?? '').length > 0)
  const hits = flagged(`${set}-positives.csv`)
  const alarms = flagged(`${set}-false-positives.csv`).filter(Boolean).length
  const caught = hits.filter(Boolean).length
  expect(caught / hits.length).toBeGreaterThanOrEqual(recall)
  expect(caught / (caught + alarms)).toBeGreaterThanOrEqual(precision)
})
