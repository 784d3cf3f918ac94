/** The zone business days are counted in unless an institution says otherwise (product law of times). */
export const defaultZone = 'Asia/Shanghai'

/** Building a format costs a hundred times what using it does. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()
const clockFormats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day (`YYYY-MM-DD`) an instant falls on in `zone`; all daily figures are counted by it. */
export function bizDate(at: Date, zone: string = defaultZone): string {
  let format = dayFormats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    dayFormats.set(zone, format)
  }
  return format.format(at)
}

/** How far `zone` stands ahead of UTC at `at`, in milliseconds. */
function zoneOffset(at: Date, zone: string): number {
  let format = clockFormats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    clockFormats.set(zone, format)
  }
  const parts = format.formatToParts(at)
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  const asUtc = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  )
  return asUtc - Math.floor(at.getTime() / 1000) * 1000
}

/**
 * The instant of a wall clock (`YYYY-MM-DD`, `HH:mm[:ss]`) in `zone`. Zone-less strings are never given
 * to `new Date`, which would read them in the machine's own zone.
 * An hour that a clock change skips is read as the hour after it.
 */
export function instantOf(date: string, time = '00:00:00', zone: string = defaultZone): Date {
  const clock = /^\d{2}:\d{2}$/.test(time) ? `${time}:00` : time
  const guess = new Date(`${date}T${clock}Z`)
  const first = new Date(guess.getTime() - zoneOffset(guess, zone))
  const second = new Date(guess.getTime() - zoneOffset(first, zone))
  // In a skipped hour the two never agree: the one before the change reads as the hour before it.
  return zoneOffset(second, zone) === zoneOffset(first, zone) || second > first ? second : first
}

/** `date` (`YYYY-MM-DD`) moved by whole days. */
export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`, both `YYYY-MM-DD`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
