import { no, type Verdict, yes } from '../verdict.ts'

type Named = { readonly name: string; readonly aliases: readonly string[] }

/**
 * A department is found by its name and its aliases in the hospital's own lists, so none of them may stand for
 * two departments. `others` are the active departments beside the one being saved.
 */
export function departmentNamesVerdict(wanted: Named, others: readonly Named[]): Verdict {
  for (const word of [wanted.name, ...wanted.aliases]) {
    const holder = others.find((other) => other.name === word || other.aliases.includes(word))
    if (holder) return no('institution.departmentWordTaken', { word, department: holder.name })
  }
  return yes
}

type DepartmentUses = {
  readonly name: string
  readonly doctors: number
  readonly lines: number
  readonly accounts: number
}

/** A department leaves the lists only once nothing stands in it any more. */
export function departmentArchiveVerdict(department: DepartmentUses): Verdict {
  const { name, doctors, lines, accounts } = department
  if (doctors + lines + accounts === 0) return yes
  return no('institution.departmentInUse', { name, doctors, lines, accounts })
}

/** A line cannot break even before it began. */
export function linePeriodVerdict(line: {
  readonly startedOn: string | null
  readonly breakEvenBy: string | null
}): Verdict {
  if (line.startedOn && line.breakEvenBy && line.breakEvenBy < line.startedOn)
    return no('institution.lineEndsBeforeStart')
  return yes
}
