/**
 * What an edit changed, as `{ field: [before, after] }`: the detail of a `….changed` entry. Only for rows whose
 * fields may stand in the log.
 */
export function changesBetween<T extends object>(
  before: T,
  set: Partial<T>,
): Record<string, [unknown, unknown]> {
  const changed: Record<string, [unknown, unknown]> = {}
  for (const key of Object.keys(set) as (keyof T & string)[])
    if (set[key] !== undefined && JSON.stringify(before[key]) !== JSON.stringify(set[key]))
      changed[key] = [before[key], set[key]]
  return changed
}
