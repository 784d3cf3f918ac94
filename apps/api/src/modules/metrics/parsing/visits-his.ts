import { bizDate } from '@xingbo/shared/dates'
import type { Message } from '@xingbo/shared/messages'
import {
  type VisitPayStatus,
  visitPayStatuses,
  visitPayStatusLabels,
} from '@xingbo/shared/metrics/visit-status'
import { findRows, type SourceRow } from './find-rows.ts'
import type { FieldOf } from './formats.ts'
import { readMoment } from './moments.ts'
import { readMoney, textOf, yuanText } from './numbers.ts'
import {
  foldDuplicates,
  type ParsedFile,
  type ParsedRow,
  quoted,
  type Resolve,
} from './parsed-row.ts'
import { isTestName, type Patient, readFreeText, readPatient } from './patients.ts'
import type { Sheet } from './read-table.ts'

export type ParsedVisit = {
  /** A refund is a row of its own with a negative fee; it is no visit. */
  readonly kind: 'visit' | 'refund'
  readonly day: string
  readonly time: string | null
  readonly departmentId: string | null
  readonly doctorId: string | null
  readonly patient: Patient
  /** What the patient said at the desk; self-reported, one line, no leading formula sign. */
  readonly source: string
  /** Null is unknown (insurance settled it, or nobody filled it in), 0 is free (a package redeemed). */
  readonly feeFen: number | null
  readonly payStatus: VisitPayStatus
  /** Row number of the visit a refund row gives back. */
  readonly refundOf: number | null
  /**
   * The same visit has the same identity in a later export of an overlapping period. Holds name and
   * phone: key a hash (HMAC) with it, never store it.
   */
  readonly identity: string
}

export type VisitOptions = {
  /** No visit can lie after this moment. */
  readonly asOf: Date
  /** Department ids by name; knows the institution's own aliases (推拿门诊 is 推拿科). */
  readonly department: Resolve
  readonly doctor: Resolve
}

type Row = SourceRow<FieldOf<'visits'>>
type Names = Readonly<Record<FieldOf<'visits'>, string>>
type Read = {
  readonly source: Row
  readonly row: ParsedRow<ParsedVisit>
  /** How often the row departs from the plain way of writing; the plainest of equals counts. */
  readonly untidiness: number
}

const statusByWord = new Map<string, VisitPayStatus>(
  visitPayStatuses.map((status) => [visitPayStatusLabels[status].zh, status]),
)
const saysRepeat = (source: string) => /重复录入|重复登记/.test(source)

/** A slip of the pen in the year, 2062 for 2026, put right if that makes it a recent day. */
function guessDay(day: string, today: string): string | null {
  const [, head, third, last, rest] = /^(\d\d)(\d)(\d)(.*)$/.exec(day) ?? []
  const guess = `${head}${last}${third}${rest}`
  const recent = guess <= today && Number(today.slice(0, 4)) - Number(guess.slice(0, 4)) <= 1
  return recent ? guess : null
}

function parseVisit(source: Row, names: Names, options: VisitOptions): Read {
  const { cells, rowNumber } = source
  const end = (fate: 'invalid' | 'ignored', reason: Message): Read => ({
    source,
    row: { rowNumber, fate, reasons: [reason], value: null },
    untidiness: 0,
  })
  if (isTestName(cells.name, cells.doctor)) return end('ignored', { key: 'metrics.row.test' })

  const asked: Message[] = []
  const moment = readMoment(cells.day)
  const dayColumn = names.day
  if (moment.kind === 'impossible')
    return end('invalid', {
      key: 'metrics.row.impossibleDate',
      values: { column: dayColumn, text: moment.text },
    })
  if (moment.kind === 'blank')
    return end('invalid', { key: 'metrics.row.missing', values: { column: dayColumn } })
  if (moment.kind === 'unreadable')
    return end('invalid', { key: 'metrics.row.unreadable', values: { column: dayColumn } })
  const today = bizDate(options.asOf)
  const guess = moment.day > today ? guessDay(moment.day, today) : null
  if (moment.day > today && guess === null)
    return end('invalid', {
      key: 'metrics.row.futureDate',
      values: { column: dayColumn, text: moment.day },
    })
  if (guess !== null)
    asked.push({
      key: 'metrics.row.futureDateGuess',
      values: { column: dayColumn, text: moment.day, guess },
    })

  const fee = readMoney(cells.fee)
  if (fee === undefined)
    return end('invalid', { key: 'metrics.row.unreadable', values: { column: names.fee } })
  if (fee?.mistyped)
    asked.push({
      key: 'metrics.row.letterInAmount',
      values: { column: names.fee, text: fee.mistyped, guess: yuanText(fee.fen) },
    })

  const departmentName = textOf(cells.department)
  const [departmentId = null, otherDepartment] = options.department(departmentName)
  if (departmentId === null || otherDepartment !== undefined)
    asked.push({ key: 'metrics.row.departmentUnknown', values: { name: quoted(departmentName) } })

  const { patient, repaired, reasons: noticed } = readPatient(cells.name, cells.phone)
  const [doctorId = null, otherDoctor] = options.doctor(textOf(cells.doctor))
  if (doctorId === null || otherDoctor !== undefined)
    noticed.push({ key: 'metrics.row.doctorUnknown' })
  const payStatus = statusByWord.get(textOf(cells.payStatus)) ?? 'unknown'
  if (payStatus === 'unknown') noticed.push({ key: 'metrics.row.payStatusUnknown' })
  if (payStatus === 'partly_refunded') noticed.push({ key: 'metrics.row.partRefund' })
  const { text, neutralised } = readFreeText(cells.source)
  if (neutralised)
    noticed.push({ key: 'metrics.row.formulaText', values: { column: names.source } })

  const feeFen = fee?.fen ?? null
  const day = guess ?? moment.day
  const kind = feeFen !== null && feeFen < 0 ? 'refund' : 'visit'
  const spaced = Object.values(cells).filter((cell) => /^\s|\s$/u.test(String(cell ?? ''))).length
  return {
    source,
    untidiness: spaced + Number(repaired),
    row: {
      rowNumber,
      fate: asked.length > 0 ? 'needs_person' : 'ok',
      reasons: [...asked, ...noticed],
      value: {
        kind,
        day,
        time: moment.time,
        departmentId: otherDepartment === undefined ? departmentId : null,
        doctorId: otherDoctor === undefined ? doctorId : null,
        patient,
        source: text,
        feeFen,
        payStatus,
        refundOf: null,
        identity: [kind, day, departmentId ?? departmentName, patient.identity, feeFen ?? ''].join(
          '|',
        ),
      },
    },
  }
}

/**
 * Reads a hospital information system's list of visits. Exact and near repeats are folded, a second
 * department on one day is a second visit, a refund row finds its visit.
 * @throws UnreadableFile when this is no such list
 */
export function parseVisits(
  sheets: readonly Sheet[],
  options: VisitOptions,
): ParsedFile<ParsedVisit> {
  const { rows, names, fingerprint } = findRows(sheets, 'visits')
  const read = rows.map((row) => parseVisit(row, names, options))
  const parsed = pairRefunds(noteSharedPhones(foldVisits(read)))
  return { rows: parsed, fingerprint }
}

function foldVisits(read: readonly Read[]): ParsedRow<ParsedVisit>[] {
  const { folded, kept } = foldDuplicates(
    read.flatMap(({ source, row: { rowNumber, value }, untidiness }) =>
      value
        ? [
            {
              rowNumber,
              identity: value.identity,
              line: source.line,
              rank: `${Number(saysRepeat(value.source))}${String(untidiness).padStart(2, '0')}`,
              said: value.source,
            },
          ]
        : [],
    ),
    (counted, row) => counted.said === row.said || saysRepeat(row.said),
  )
  return read.map(({ row }) => {
    const repeat = folded.get(row.rowNumber)
    if (!row.value) return row
    if (repeat) {
      const marked = repeat.fate === 'near_duplicate' && saysRepeat(row.value.source)
      const reasons = repeat.reasons.map(
        (reason): Message => (marked ? { ...reason, key: 'metrics.row.markedRepeat' } : reason),
      )
      return { ...row, fate: repeat.fate, reasons }
    }
    const together = kept.get(row.value.identity) ?? []
    const nth = together.findIndex(({ rowNumber }) => rowNumber === row.rowNumber)
    const first = together[0]
    if (nth < 1 || !first) return row
    return {
      ...row,
      reasons: [
        ...row.reasons,
        { key: 'metrics.row.sameDayAgain' as const, values: { row: first.rowNumber } },
      ],
      value: { ...row.value, identity: `${row.value.identity}|${nth + 1}` },
    }
  })
}

const counted = ({ fate }: ParsedRow<ParsedVisit>) => fate === 'ok' || fate === 'needs_person'

/** A parent's phone under a child's name is no mistake, but whoever matches by phone must know. */
function noteSharedPhones(rows: readonly ParsedRow<ParsedVisit>[]): ParsedRow<ParsedVisit>[] {
  const people = new Map<string, Set<string>>()
  for (const { value } of rows)
    if (value?.patient.phone && value.patient.name)
      people.set(
        value.patient.phone,
        (people.get(value.patient.phone) ?? new Set()).add(value.patient.name),
      )
  return rows.map((row) =>
    counted(row) && (people.get(row.value?.patient.phone ?? '')?.size ?? 0) > 1
      ? { ...row, reasons: [...row.reasons, { key: 'metrics.row.sharedPhone' }] }
      : row,
  )
}

/** Each refund row takes the latest visit of the same person, department and amount up to its day. */
function pairRefunds(rows: readonly ParsedRow<ParsedVisit>[]): ParsedRow<ParsedVisit>[] {
  const visits = rows.filter((row) => counted(row) && row.value?.kind === 'visit')
  const given = new Set<number>()
  const paired = new Map<number, number | null>()
  const refunds = rows
    .filter((row) => counted(row) && row.value?.kind === 'refund')
    .toSorted((a, b) => (a.value?.day ?? '').localeCompare(b.value?.day ?? ''))
  for (const { rowNumber, value: refund } of refunds) {
    const [visit] = visits
      .filter(
        ({ rowNumber: number, value }) =>
          !given.has(number) &&
          value?.patient.identity === refund?.patient.identity &&
          value?.departmentId === refund?.departmentId &&
          value?.feeFen === -(refund?.feeFen ?? 0) &&
          (value?.day ?? '') <= (refund?.day ?? ''),
      )
      .toSorted((a, b) => (b.value?.day ?? '').localeCompare(a.value?.day ?? ''))
    if (visit) given.add(visit.rowNumber)
    paired.set(rowNumber, visit?.rowNumber ?? null)
  }
  return rows.map((row) => {
    const refundOf = paired.get(row.rowNumber)
    if (refundOf === undefined || !row.value) return row
    return refundOf === null
      ? {
          ...row,
          fate: 'needs_person' as const,
          reasons: [{ key: 'metrics.row.refundOrphan' as const }, ...row.reasons],
        }
      : {
          ...row,
          reasons: [
            { key: 'metrics.row.refundOf' as const, values: { row: refundOf } },
            ...row.reasons,
          ],
          value: { ...row.value, refundOf },
        }
  })
}
