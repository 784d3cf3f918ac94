import type { Message } from '@xingbo/shared/messages'

/**
 * How a row was read. `ok`: as it stands. `duplicate` and `near_duplicate`: the same fact as another row,
 * which is the one that counts. `needs_person`: `value` is our best reading and counts once somebody
 * agrees. `invalid`: cannot be used. `ignored`: not meant to be used (tests, totals, other institutions).
 */
export type ParseFate =
  | 'ok'
  | 'duplicate'
  | 'near_duplicate'
  | 'needs_person'
  | 'invalid'
  | 'ignored'

export type ParsedRow<T> = {
  readonly rowNumber: number
  readonly fate: ParseFate
  /** Why it has this fate, the weightiest first, then what else was noticed. No names, no phones. */
  readonly reasons: readonly Message[]
  /** Null only where the fate is `invalid` or `ignored`. */
  readonly value: T | null
}

export type ParsedFile<T> = {
  readonly rows: readonly ParsedRow<T>[]
  readonly fingerprint: string
}

/**
 * Finds the ids of what a file calls by name (a department, an account, a specialty line) within the
 * institution that imports. None: unknown; several: the name does not decide.
 */
export type Resolve = (name: string) => readonly string[]

export function countFates(rows: readonly ParsedRow<unknown>[]): Record<ParseFate, number> {
  const counts = { ok: 0, duplicate: 0, near_duplicate: 0, needs_person: 0, invalid: 0, ignored: 0 }
  for (const { fate } of rows) counts[fate] += 1
  return counts
}

/** A cell's text fit for a sentence that is kept: short, and without a number long enough to be a phone. */
export const quoted = (text: string): string => {
  const safe = text.replace(/\d{7,}/g, '…')
  return safe.length > 30 ? `${safe.slice(0, 30)}…` : safe
}

/** Two texts in an order that does not depend on the machine's language. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Foldable = {
  readonly rowNumber: number
  /** Rows of one identity may be one fact. */
  readonly identity: string
  readonly line: string
  /** The row with the lowest rank counts. */
  readonly rank: string
}

type Folded = Pick<ParsedRow<unknown>, 'reasons'> & {
  readonly fate: 'duplicate' | 'near_duplicate'
}

/**
 * Finds the rows that repeat another row. Which of them counts is decided by what they say, and only
 * between equal rows by which comes first: the order of the file changes nothing.
 * @param same whether two rows of one identity that are not letter for letter equal are one fact
 * @param told what is said of a row that repeats another one in other letters
 * @returns `folded` the repeating rows; `kept` the others of each identity, first the one that counts
 */
export function foldDuplicates<T extends Foldable>(
  rows: readonly T[],
  same: (kept: T, row: T) => boolean = () => true,
  told: { readonly fate: Folded['fate']; readonly key: Message['key'] } = {
    fate: 'near_duplicate',
    key: 'metrics.row.nearDuplicate',
  },
): { folded: ReadonlyMap<number, Folded>; kept: ReadonlyMap<string, readonly T[]> } {
  const folded = new Map<number, Folded>()
  const kept = new Map<string, T[]>()
  const inOrder = rows.toSorted(
    (a, b) => byText(a.rank, b.rank) || byText(a.line, b.line) || a.rowNumber - b.rowNumber,
  )
  for (const row of inOrder) {
    const others = kept.get(row.identity) ?? []
    const equal = others.find(({ line }) => line === row.line)
    const counts = equal ?? others.find((other) => same(other, row))
    if (!counts) {
      kept.set(row.identity, [...others, row])
      continue
    }
    const { fate, key } = equal
      ? { fate: 'duplicate' as const, key: 'metrics.row.duplicate' as const }
      : told
    folded.set(row.rowNumber, { fate, reasons: [{ key, values: { row: counts.rowNumber } }] })
  }
  return { folded, kept }
}
