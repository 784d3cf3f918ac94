import { writeFileSync } from 'node:fs'
import { createUnmasker } from '../../apps/api/src/modules/compliance/engine/disguise.ts'
import { gramsOf } from '../../apps/api/src/modules/compliance/engine/likeness.ts'
import { loadComplianceData } from '../../apps/api/src/modules/compliance/engine/load-data.ts'
import { fold, squeeze } from '../../apps/api/src/modules/compliance/engine/normalise.ts'
import { readCsv } from '../../apps/api/src/modules/compliance/engine/read-csv.ts'

/**
 * Trains the weights of data/likeness.csv on the `tuned` sentences and prints what five-fold
 * cross-validation says of them. The `dev` and `held-out` sets are never trained on. The same
 * sentences always give the same file.
 */
export const run = (): void => {
  const samples = readSamples()
  print(`${samples.length} sentences`)
  print('threshold  precision  recall')
  const judged = samples.map((sample) => ({ ...sample, score: 0 }))
  for (let fold = 0; fold < folds; fold++) {
    const model = train(samples.filter((_, index) => index % folds !== fold))
    for (const [index, sample] of judged.entries())
      if (index % folds === fold) {
        sample.score = score(model, sample.grams)
      }
  }
  for (const threshold of [0, 0.2, 0.4, 0.45, 0.6, 0.8, 1]) {
    const flagged = judged.filter(({ score }) => score >= threshold)
    const right = flagged.filter(({ category }) => category !== null)
    const violations = judged.filter(({ category }) => category !== null).length
    const share = (part: number, whole: number): string => (whole ? part / whole : 0).toFixed(3)
    print(
      `${threshold.toFixed(2).padStart(9)}${share(right.length, flagged.length).padStart(11)}${share(right.length, violations).padStart(8)}`,
    )
  }
  const model = train(samples)
  const lines = [...model.weights]
    .filter(([, weight]) => Math.abs(weight) >= smallestWeight)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([gram, weight]) => `${gram},${weight.toFixed(2)},${written(model.counts.get(gram))}`)
  const head = ['gram,weight,counts', `,${model.bias.toFixed(2)},${written(model.totals)}`]
  const file = new URL('../../apps/api/src/modules/compliance/data/likeness.csv', import.meta.url)
  writeFileSync(file, `${[...head, ...lines].join('\n')}\n`)
  print(`${lines.length} grams written`)
}

type Counts = ReadonlyMap<string, number>

const written = (counts: Counts = new Map()): string =>
  [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, count]) => category + count)
    .join('')

interface Sample {
  readonly grams: ReadonlySet<string>
  /** Null for a lawful sentence. */
  readonly category: string | null
}

interface Model {
  readonly bias: number
  readonly weights: ReadonlyMap<string, number>
  readonly totals: Counts
  readonly counts: ReadonlyMap<string, Counts>
}

const folds = 5
/** A gram seen once says more about that sentence than about a kind of saying. */
const fewest = 2
const ridge = 0.3
const rounds = 400
const rate = 6
const smallestWeight = 0.05

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const readSamples = (): Sample[] => {
  const data = loadComplianceData()
  const unmasker = createUnmasker(data)
  const grams = (text: string): Set<string> =>
    gramsOf(squeeze(unmasker.unmask(fold(text, data.symbols)).plain, 'join').text)
  const rows = (name: string) =>
    readCsv(new URL(`./data/compliance/tuned-${name}.csv`, import.meta.url)).rows
  const samples = [
    ...rows('positives').map((row) => ({
      grams: grams(row.sentence ?? ''),
      category: (row.category ?? 'A').charAt(0),
    })),
    ...rows('false-positives').map((row) => ({ grams: grams(row.sentence ?? ''), category: null })),
  ]
  // A fixed shuffle: neighbours in the files are of one kind, folds should not be.
  return samples
    .map((sample, index) => ({ sample, key: (index * 7919) % 10007 }))
    .sort((a, b) => a.key - b.key)
    .map(({ sample }) => sample)
}

/** Ridge-regularised logistic regression by plain gradient descent. */
const train = (samples: readonly Sample[]): Model => {
  const counts = new Map<string, number>()
  for (const { grams } of samples)
    for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  const index = new Map(
    [...counts].filter(([, count]) => count >= fewest).map(([gram], at) => [gram, at]),
  )
  const rows = samples.map(({ grams, category }) => {
    const known = [...grams].flatMap((gram) => index.get(gram) ?? [])
    return { known, value: 1 / Math.sqrt(Math.max(1, known.length)), target: category ? 1 : 0 }
  })
  const weights = new Float64Array(index.size)
  let bias = 0
  for (let round = 0; round < rounds; round++) {
    const slope = new Float64Array(index.size)
    let biasSlope = 0
    for (const { known, value, target } of rows) {
      let sum = bias
      for (const at of known) sum += (weights[at] ?? 0) * value
      const error = 1 / (1 + Math.exp(-sum)) - target
      biasSlope += error
      for (const at of known) slope[at] = (slope[at] ?? 0) + error * value
    }
    const size = rows.length
    for (let at = 0; at < weights.length; at++) {
      const weight = weights[at] ?? 0
      weights[at] = weight - (rate * ((slope[at] ?? 0) + ridge * weight)) / size
    }
    bias -= (biasSlope * rate) / size / 4
  }
  return {
    bias,
    weights: new Map([...index].map(([gram, at]) => [gram, weights[at] ?? 0])),
    ...countByCategory(samples, index),
  }
}

const countByCategory = (
  samples: readonly Sample[],
  index: ReadonlyMap<string, number>,
): Pick<Model, 'totals' | 'counts'> => {
  const totals = new Map<string, number>()
  const counts = new Map<string, Map<string, number>>()
  for (const { grams, category } of samples) {
    if (category === null) continue
    totals.set(category, (totals.get(category) ?? 0) + 1)
    for (const gram of grams) {
      if (!index.has(gram)) continue
      const row = counts.get(gram) ?? new Map<string, number>()
      row.set(category, (row.get(category) ?? 0) + 1)
      counts.set(gram, row)
    }
  }
  return { totals, counts }
}

const score = (model: Model, grams: ReadonlySet<string>): number => {
  const known = [...grams].flatMap((gram) => model.weights.get(gram) ?? [])
  const sum = known.reduce((total, weight) => total + weight, 0)
  return model.bias + sum / Math.sqrt(Math.max(1, known.length))
}
