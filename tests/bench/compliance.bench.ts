import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { createEngine } from '../../apps/api/src/modules/compliance/engine/engine.ts'
import { loadComplianceData } from '../../apps/api/src/modules/compliance/engine/load-data.ts'
import { type CsvRow, readCsv } from '../../apps/api/src/modules/compliance/engine/read-csv.ts'

/**
 * How well the compliance engine tells a violation from a lawful sentence.
 *
 * A sentence counts as flagged when a finding would stop it: `block` or `review`. A `hint` does
 * not stop anything. Rows of the lawful lists marked `warn` may carry a hint. The baseline of the
 * same run is a plain substring search for the listed terms, without normalisation or exceptions.
 *
 * Options: a folder that holds `<set>-positives.csv` and `<set>-false-positives.csv`.
 * The sets: `dev` came with the rules; `tuned` is ours, was seen while the phrases were written
 * and trains the likeness, so it guards against regressions and says little about new sentences;
 * `held-out` is ours too, written after the last change to phrases and weights: it says what to
 * expect of new sentences, and only as long as nobody tunes on it.
 */
export const run = (args: readonly string[]): void => {
  const folder = args[0]
    ? pathToFileURL(`${args[0].replace(/\/$/, '')}/`)
    : new URL('./data/compliance/', import.meta.url)
  const data = loadComplianceData()
  const started = performance.now()
  const engine = createEngine(data)
  const built = performance.now() - started
  print(`engine ${engine.version}, built in ${built.toFixed(0)} ms`)

  const check = (text: string) =>
    engine.check({ nature: 'science', platforms: ['douyin'], fields: [{ field: 'title', text }] })
      .findings
  const listed = data.terms.filter(({ severity }) => severity !== 'warn').map(({ text }) => text)
  const plainly = (text: string): boolean => listed.some((term) => text.includes(term))
  const stops = (text: string): boolean => check(text).some(({ severity }) => severity !== 'hint')

  const sets = readdirSync(folder)
    .filter((name) => name.endsWith('-positives.csv') && !name.endsWith('-false-positives.csv'))
    .map((name) => name.replace(/-positives\.csv$/, ''))
    .sort()
  if (sets.length === 0) throw new Error(`no <set>-positives.csv in ${folder.pathname}`)
  for (const set of sets) {
    const violations = readCsv(new URL(`${set}-positives.csv`, folder)).rows
    const lawfulFile = new URL(`${set}-false-positives.csv`, folder)
    const lawful = existsSync(lawfulFile) ? readCsv(lawfulFile).rows : []
    print(`\n${set}: ${violations.length} violations, ${lawful.length} lawful sentences`)
    print('              precision  recall      F1    TP   FN   FP   TN')
    print(score('engine', violations, lawful, stops))
    print(score('plain terms', violations, lawful, plainly))
    report(violations, lawful, check)
  }
  time(check, plainly)
}

type Check = (text: string) => readonly { ruleId: string; severity: string; text: string }[]

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const sentence = (row: CsvRow): string => row.sentence ?? ''

const score = (
  name: string,
  violations: readonly CsvRow[],
  lawful: readonly CsvRow[],
  flags: (text: string) => boolean,
): string => {
  const hits = violations.filter((row) => flags(sentence(row))).length
  const alarms = lawful.filter((row) => flags(sentence(row))).length
  const precision = hits + alarms === 0 ? 0 : hits / (hits + alarms)
  const recall = violations.length === 0 ? 0 : hits / violations.length
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  const rates = [precision, recall, f1].map((rate) => rate.toFixed(3).padStart(8)).join('')
  const counts = [hits, violations.length - hits, alarms, lawful.length - alarms]
  return `${name.padEnd(14)}${rates}  ${counts.map((count) => String(count).padStart(5)).join('')}`
}

/** Which violations slipped through, by category, and which lawful sentences were stopped. */
const report = (violations: readonly CsvRow[], lawful: readonly CsvRow[], check: Check): void => {
  const categories = new Map<string, { total: number; missed: string[] }>()
  for (const row of violations) {
    const entry = categories.get(row.category ?? '') ?? { total: 0, missed: [] }
    entry.total++
    if (!check(sentence(row)).some(({ severity }) => severity !== 'hint'))
      entry.missed.push(`${row.technique ?? ''}: ${sentence(row)}`)
    categories.set(row.category ?? '', entry)
  }
  for (const [category, { total, missed }] of [...categories].sort())
    print(
      `  ${category}  ${total - missed.length}/${total}${missed.map((m) => `\n    missed ${m}`).join('')}`,
    )

  const hinted = { expected: 0, given: 0, uncalled: 0 }
  for (const row of lawful) {
    const findings = check(sentence(row))
    const stopped = findings.filter(({ severity }) => severity !== 'hint')
    if (stopped.length > 0)
      print(
        `    stopped ${sentence(row)}  ← ${stopped.map((f) => `${f.ruleId} ${f.text}`).join(', ')}`,
      )
    const mayHint = row.expected?.startsWith('warn') === true
    if (mayHint) hinted.expected++
    if (findings.length > stopped.length) {
      if (mayHint) hinted.given++
      else hinted.uncalled++
    }
  }
  print(`  hints: ${hinted.given} of ${hinted.expected} asked for, ${hinted.uncalled} unasked`)
}

/** Sample scripts, put together to the length of a long script. */
const length = 3000
const rounds = 60

const time = (check: Check, plainly: (text: string) => boolean): void => {
  const folder = new URL('../compliance/fixtures/', import.meta.url)
  const all = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const text = all.slice(0, length)
  const measure = (work: () => unknown): string => {
    for (let i = 0; i < 10; i++) work()
    const times: number[] = []
    for (let i = 0; i < rounds; i++) {
      const from = performance.now()
      work()
      times.push(performance.now() - from)
    }
    times.sort((a, b) => a - b)
    const at = (share: number): string => (times[Math.floor(rounds * share)] ?? 0).toFixed(2)
    return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`
  }
  print(`\n${text.length} characters, ${rounds} rounds`)
  print(`engine        ${measure(() => check(text))}`)
  print(`plain terms   ${measure(() => plainly(text))}`)
}
