import { createHash } from 'node:crypto'
import {
  type FindingCategory,
  findingCategories,
  type Severity,
} from '@xingbo/shared/compliance/finding.schema'
import type { Bilingual } from '@xingbo/shared/text'
import { type CsvRow, readCsv } from './read-csv.ts'

export interface Rule {
  readonly id: string
  readonly title: Bilingual
  /** The gravest it can come to. */
  readonly severity: Severity
  /** 标题, 脚本, 画面 …: the parts of a post the rule speaks of. */
  readonly appliesTo: string
  readonly law: Bilingual
  readonly why: Bilingual
  readonly rewrite: Bilingual
}

export interface Term {
  readonly text: string
  readonly category: FindingCategory
  /** The term list's own grouping, such as `G处方药-特殊管理`. */
  readonly group: string
  readonly severity: 'block' | 'review' | 'warn'
  readonly sources: readonly string[]
}

/** How a term is to be read: which rule it breaks, what must and must not stand around it (※). */
export interface Policy {
  readonly rule: string
  readonly mode: 'block' | 'review' | 'hint' | 'absolute' | 'nature' | 'skip' | ''
  readonly need: string
  readonly unless: string
  /** Accept it even where the dictionary joins its edge to a neighbour (符水|保). */
  readonly seamless: boolean
}

export interface Disguise {
  readonly word: string
  /** Rule broken by hiding this word at all; empty where hiding only needs to be undone. */
  readonly rule: string
  readonly category: FindingCategory | null
  readonly forms: readonly string[]
}

type Counts = ReadonlyMap<FindingCategory, number>

/** Weights of character grams; the row without a gram holds the bias and the totals. */
export interface Likeness {
  readonly bias: number
  /** Violations trained on, by category. */
  readonly totals: Counts
  /** `counts`: violations of each category in which the gram stands. */
  readonly grams: ReadonlyMap<string, { weight: number; counts: Counts }>
}

export interface ComplianceData {
  /** Changes with any byte of the data. */
  readonly fingerprint: string
  readonly rules: ReadonlyMap<string, Rule>
  readonly terms: readonly Term[]
  readonly policies: ReadonlyMap<string, Policy>
  readonly categoryPolicies: ReadonlyMap<FindingCategory, Policy>
  readonly sources: ReadonlyMap<string, Bilingual>
  readonly symbols: ReadonlyMap<string, string>
  readonly variants: ReadonlyMap<string, { forms: readonly string[]; pinyin: string }>
  readonly disguises: readonly Disguise[]
  readonly lawful: readonly string[]
  readonly hotlines: ReadonlySet<string>
  readonly specialties: readonly { topics: RegExp; departments: RegExp }[]
  readonly likeness: Likeness
}

const files = [
  'rules',
  'rules.en',
  'terms',
  'policies',
  'sources',
  'symbols',
  'variants',
  'disguises',
  'lawful',
  'hotlines',
  'specialties',
  'likeness',
] as const
type File = (typeof files)[number]

const cell = (row: CsvRow, column: string, file: File): string => {
  const value = row[column]
  if (value === undefined) throw new Error(`compliance data: ${file}.csv has no column ${column}`)
  return value
}

const split = (value: string): string[] => value.split('|').filter((part) => part !== '')

const categoryOf = (group: string, file: File): FindingCategory => {
  const found = findingCategories.find((letter) => group.startsWith(letter))
  if (!found) throw new Error(`compliance data: ${file}.csv knows no category for ${group}`)
  return found
}

/** Terms name their articles as `AL15.1+DAL61/D`; AR-old is repealed and only groups. */
const sourceCodes = (source: string): string[] =>
  source
    .replace(/\/[LDP]$/, '')
    .split('+')
    .filter((code) => !code.startsWith('AR-old'))

const severityOf = (value: string): Term['severity'] => {
  if (value === 'block' || value === 'review' || value === 'warn') return value
  throw new Error(`compliance data: terms.csv has a severity ${value}; use block, review or warn`)
}

/** `block(…) / pass(…)` reads block; `evidence` and `warn` only ask for something to be added. */
const gravest = (cellText: string): Severity => {
  if (cellText.includes('block')) return 'block'
  return cellText.includes('review') ? 'review' : 'hint'
}

/** `B4F2`: 4 in category B, 2 in F. */
const countsOf = (text: string): Counts =>
  new Map(
    [...text.matchAll(/([A-Z])([0-9]+)/g)].map((match) => [
      categoryOf(match[1] ?? '', 'likeness'),
      Number(match[2]),
    ]),
  )

const likenessOf = (rows: readonly CsvRow[]): Likeness => {
  let bias = 0
  let totals: Counts = new Map()
  const grams = new Map<string, { weight: number; counts: Counts }>()
  for (const row of rows) {
    const gram = cell(row, 'gram', 'likeness')
    const weight = Number(cell(row, 'weight', 'likeness'))
    const counts = countsOf(cell(row, 'counts', 'likeness'))
    if (!Number.isFinite(weight))
      throw new Error(`compliance data: likeness.csv has no weight at ${gram}`)
    if (gram === '') {
      bias = weight
      totals = counts
    } else grams.set(gram, { weight, counts })
  }
  return { bias, totals, grams }
}

const modes = ['', 'block', 'review', 'hint', 'absolute', 'nature', 'skip'] as const

/** Reads the rules, terms and tables that stand beside the engine. Throws on a malformed file. */
export const loadComplianceData = (
  folder: URL = new URL('../data/', import.meta.url),
): ComplianceData => {
  const hash = createHash('sha256')
  const tables = new Map<File, CsvRow[]>()
  for (const file of files) {
    const { content, rows } = readCsv(new URL(`${file}.csv`, folder))
    hash.update(content)
    tables.set(file, rows)
  }
  const rows = (file: File): readonly CsvRow[] => tables.get(file) ?? []

  const english = new Map(rows('rules.en').map((row) => [cell(row, 'rule_id', 'rules.en'), row]))
  const rules = new Map<string, Rule>()
  for (const row of rows('rules')) {
    const id = cell(row, 'rule_id', 'rules')
    const en = english.get(id)
    if (!en) throw new Error(`compliance data: rules.en.csv lacks ${id}`)
    const both = (zh: string, enColumn: string): Bilingual => ({
      zh: cell(row, zh, 'rules'),
      en: cell(en, enColumn, 'rules.en'),
    })
    rules.set(id, {
      id,
      title: both('title', 'title'),
      severity: gravest(cell(row, 'severity', 'rules')),
      appliesTo: cell(row, 'applies_to', 'rules'),
      law: both('source', 'source'),
      why: both('explain_zh', 'explain'),
      rewrite: both('rewrite_zh', 'rewrite'),
    })
  }

  const policies = new Map<string, Policy>()
  const categoryPolicies = new Map<FindingCategory, Policy>()
  for (const row of rows('policies')) {
    const mode = modes.find((known) => known === cell(row, 'mode', 'policies'))
    const rule = cell(row, 'rule', 'policies')
    const names = cell(row, 'terms', 'policies')
    if (mode === undefined) throw new Error(`compliance data: policies.csv, bad mode at ${names}`)
    if (rule !== '' && !rules.has(rule))
      throw new Error(`compliance data: policies.csv names the unknown rule ${rule} at ${names}`)
    const policy: Policy = {
      rule,
      mode,
      need: cell(row, 'need', 'policies'),
      unless: cell(row, 'unless', 'policies'),
      seamless: cell(row, 'seam', 'policies') === 'free',
    }
    if (names.startsWith('category:'))
      categoryPolicies.set(categoryOf(names.slice('category:'.length), 'policies'), policy)
    else for (const term of split(names)) policies.set(term, policy)
  }

  return {
    likeness: likenessOf(rows('likeness')),
    fingerprint: hash.digest('hex').slice(0, 12),
    rules,
    policies,
    categoryPolicies,
    terms: rows('terms').map((row) => {
      const group = cell(row, 'category', 'terms')
      return {
        text: cell(row, 'term', 'terms'),
        group,
        category: categoryOf(group, 'terms'),
        severity: severityOf(cell(row, 'severity', 'terms')),
        sources: sourceCodes(cell(row, 'source', 'terms')),
      }
    }),
    sources: new Map(
      rows('sources').map((row) => [
        cell(row, 'code', 'sources'),
        { zh: cell(row, 'zh', 'sources'), en: cell(row, 'en', 'sources') },
      ]),
    ),
    symbols: new Map(
      rows('symbols').map((row) => [cell(row, 'symbol', 'symbols'), cell(row, 'text', 'symbols')]),
    ),
    variants: new Map(
      rows('variants').map((row) => [
        cell(row, 'char', 'variants'),
        {
          forms: split(cell(row, 'forms', 'variants')),
          pinyin: cell(row, 'pinyin', 'variants'),
        },
      ]),
    ),
    disguises: rows('disguises').map((row) => {
      const category = cell(row, 'category', 'disguises')
      return {
        word: cell(row, 'word', 'disguises'),
        rule: cell(row, 'rule', 'disguises'),
        category: category === '' ? null : categoryOf(category, 'disguises'),
        forms: split(cell(row, 'forms', 'disguises')),
      }
    }),
    lawful: rows('lawful').map((row) => cell(row, 'phrase', 'lawful')),
    hotlines: new Set(rows('hotlines').map((row) => cell(row, 'number', 'hotlines'))),
    specialties: rows('specialties').map((row) => ({
      topics: new RegExp(cell(row, 'topics', 'specialties'), 'u'),
      departments: new RegExp(cell(row, 'departments', 'specialties'), 'u'),
    })),
  }
}
