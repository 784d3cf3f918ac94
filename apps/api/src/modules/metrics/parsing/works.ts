import type { Message } from '@xingbo/shared/messages'
import { workKey } from '@xingbo/shared/metrics/matching.rules'
import { readableTitle, tagsIn } from '@xingbo/shared/metrics/work-title.rules'
import { findRows, type SourceRow } from './find-rows.ts'
import type { FieldOf } from './formats.ts'
import { instantIn8, readMoment } from './moments.ts'
import { readCount, readRate, readSeconds, textOf } from './numbers.ts'
import { foldDuplicates, type ParsedFile, type ParsedRow } from './parsed-row.ts'
import type { Cell, Sheet } from './read-table.ts'

type WorkFormat = 'video' | 'image_text'
type WorkReviewState = 'passed' | 'reviewing' | 'rejected' | 'private'

/** Counts of one work as of the file's moment. Null is unknown, never zero; rates are fractions of 1. */
type WorkMetrics = {
  readonly impressions: number | null
  readonly plays: number | null
  readonly likes: number | null
  readonly comments: number | null
  readonly shares: number | null
  readonly favorites: number | null
  readonly profileVisits: number | null
  readonly followersGained: number | null
  readonly completionRate: number | null
  readonly avgPlaySeconds: number | null
  readonly coverClickRate: number | null
}

export type ParsedWork = {
  /** `workKey`: the same work has the same key in a later export. */
  readonly key: string
  /** Without hashtags and mentions; empty when the file has none. */
  readonly title: string
  readonly tags: readonly string[]
  readonly publishedAt: Date
  readonly format: WorkFormat | null
  readonly reviewState: WorkReviewState | null
  readonly metrics: WorkMetrics
  /** The row as the platform wrote it, unknown columns included. */
  readonly raw: Readonly<Record<string, string | number | boolean | null>>
}

const workFormats: Readonly<Record<string, WorkFormat>> = { 视频: 'video', 图文: 'image_text' }
const reviewStates: Readonly<Record<string, WorkReviewState>> = {
  通过: 'passed',
  已通过: 'passed',
  审核中: 'reviewing',
  未通过: 'rejected',
  私密: 'private',
}

const readers: Readonly<
  Record<keyof WorkMetrics, (cell: Cell | undefined) => number | null | undefined>
> = {
  impressions: readCount,
  plays: readCount,
  likes: readCount,
  comments: readCount,
  shares: readCount,
  favorites: readCount,
  profileVisits: readCount,
  followersGained: (cell) => readCount(cell, { negative: true }),
  completionRate: readRate,
  avgPlaySeconds: readSeconds,
  coverClickRate: readRate,
}

type WorkKind = 'douyin_works' | 'xiaohongshu_notes'
type WorkField = FieldOf<'douyin_works'> | FieldOf<'xiaohongshu_notes'>
type Names = Readonly<Partial<Record<WorkField, string>>>

function readMetrics(cells: SourceRow<WorkField>['cells'], names: Names) {
  const metrics = {} as Record<keyof WorkMetrics, number | null>
  const reasons: Message[] = []
  for (const [field, read] of Object.entries(readers) as [keyof WorkMetrics, typeof readCount][]) {
    const value = read(cells[field])
    metrics[field] = value ?? null
    if (value === undefined)
      reasons.push({
        key: 'metrics.row.metricUnreadable',
        values: { column: names[field] ?? field },
      })
  }
  return { metrics, reasons }
}

function parseWork(
  { rowNumber, cells, raw }: SourceRow<WorkField>,
  names: Names,
  asOf: Date,
): ParsedRow<ParsedWork> {
  const written = textOf(cells.title)
  const column = names.publishedAt ?? ''
  const refuse = (fate: 'invalid' | 'ignored', reason: Message) => ({
    rowNumber,
    fate,
    reasons: [reason],
    value: null,
  })
  const moment = readMoment(cells.publishedAt)
  if (/^(?:合计|总计)$/.test(written) && moment.kind !== 'moment')
    return refuse('ignored', { key: 'metrics.row.total' })
  if (moment.kind === 'impossible')
    return refuse('invalid', {
      key: 'metrics.row.impossibleDate',
      values: { column, text: moment.text },
    })
  if (moment.kind === 'blank')
    return refuse('invalid', { key: 'metrics.row.missing', values: { column } })
  // Both platforms write the second; a day alone would match anything published on it.
  if (moment.kind === 'unreadable' || moment.time === null)
    return refuse('invalid', { key: 'metrics.row.unreadable', values: { column } })
  const publishedAt = instantIn8(moment.day, moment.time)
  if (publishedAt > asOf)
    return refuse('invalid', {
      key: 'metrics.row.futureDate',
      values: { column, text: `${moment.day} ${moment.time}` },
    })

  const title = readableTitle(written)
  const { metrics, reasons } = readMetrics(cells, names)
  return {
    rowNumber,
    fate: 'ok',
    reasons,
    value: {
      key: workKey({ title, publishedAt }),
      title,
      tags: tagsIn(written),
      publishedAt,
      format: workFormats[textOf(cells.format)] ?? null,
      reviewState: reviewStates[textOf(cells.reviewState)] ?? null,
      metrics,
      raw,
    },
  }
}

/**
 * Reads a creator back office's list of works.
 * @param asOf the moment the figures are true for; nothing can have been published after it
 * @throws UnreadableFile when this is no such list
 */
export function parseWorks(
  sheets: readonly Sheet[],
  kind: WorkKind,
  asOf: Date,
): ParsedFile<ParsedWork> {
  const { rows, names, fingerprint } = findRows(sheets, kind)
  const read = rows.map((row) => ({ line: row.line, row: parseWork(row, names, asOf) }))
  const { folded } = foldDuplicates(
    read.flatMap(({ row, line }) =>
      row.value ? [{ rowNumber: row.rowNumber, identity: row.value.key, line, rank: '' }] : [],
    ),
  )
  const parsed = read.map(({ row }) => {
    const duplicate = folded.get(row.rowNumber)
    return duplicate ? { ...row, ...duplicate } : row
  })
  return { rows: parsed, fingerprint }
}
