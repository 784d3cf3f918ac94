import { expect, test } from 'vitest'
import { readTable, tableLimits } from '../../apps/api/src/modules/metrics/parsing/read-table.ts'
import { UnreadableFile } from '../../apps/api/src/modules/metrics/parsing/unreadable-file.ts'
import { zipLimits } from '../../apps/api/src/modules/metrics/parsing/zip-guard.ts'
import { inlineRow, makeWorkbook, makeZip } from './make-zip.ts'
import { sampleBytes } from './sample-files.ts'

const refusal = (bytes: Buffer) =>
  readTable(bytes).then(
    () => 'read',
    (error) => (error instanceof UnreadableFile ? error.reason.key : Promise.reject(error)),
  )
const rowsOf = async (bytes: Buffer) => (await readTable(bytes)).map(({ rows }) => rows)
const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024)

/** 时间,标题 in GB18030, with an emoji that only its four-byte form can hold. */
const gb18030 = Buffer.from('cab1bce42cb1eacce20d0a312c9439fc36bfc90d0a', 'hex')

test('a workbook is read as a spreadsheet shows it: row 1 first, gaps as empty cells', async () => {
  const bytes = makeWorkbook(`${inlineRow(1, ['甲', '乙'])}${inlineRow(3, ['丙'])}`)
  expect(await rowsOf(bytes)).toEqual([
    [
      ['甲', '乙'],
      [null, null],
      ['丙', null],
    ],
  ])
})

test('CSV is read whatever its encoding, line ends and quotes', async () => {
  const text = '时间,标题\r\n1,"他说""好""，\n走了"\r\n'
  const rows = [
    [
      ['时间', '标题'],
      ['1', '他说"好"，\n走了'],
    ],
  ]
  expect(await rowsOf(Buffer.from(text))).toEqual(rows)
  expect(await rowsOf(Buffer.from(`\ufeff${text}`))).toEqual(rows)
  expect(await rowsOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(rows)
  expect(await rowsOf(Buffer.from(text.replaceAll(',', '\t')))).toEqual(rows)
  const [table] = await rowsOf(gb18030)
  expect(table?.[0]).toEqual(['时间', '标题'])
  expect(table?.[1]?.[1]).toMatch(/^\p{Extended_Pictographic}可$/u)
})

test('an old .xls or a workbook under a password is refused with the way out', async () => {
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), zeros(1)])
  expect(await refusal(compound)).toBe('metrics.file.oldExcel')
})

test('what is no table is refused, whatever it calls itself', async () => {
  expect(await refusal(Buffer.alloc(0))).toBe('metrics.file.empty')
  expect(await refusal(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBe(
    'metrics.file.notATable',
  )
  expect(await refusal(makeZip([{ name: 'word/document.xml', data: '<w/>' }]))).toBe(
    'metrics.file.notATable',
  )
  const sample = sampleBytes('douyin-works.xlsx')
  expect(await refusal(sample.subarray(0, sample.length / 2))).toBe('metrics.file.damaged')
  expect(await refusal(makeWorkbook('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'))).toBe(
    'metrics.file.damaged',
  )
})

test('a file beyond the limits is refused before it is read', async () => {
  expect(await refusal(Buffer.alloc(tableLimits.fileBytes + 1, 'a'))).toBe('metrics.file.tooLarge')
  const long = Buffer.from('a,b\n'.repeat(tableLimits.rows + 1))
  expect(await refusal(long)).toBe('metrics.file.tooManyRows')
  expect(await rowsOf(long.subarray(4))).toHaveLength(1)
})

test('a zip bomb is refused from its directory, in a second and in little memory', async () => {
  const bombs = {
    ratio: makeWorkbook('', { more: [{ name: 'xl/bomb.xml', data: zeros(30) }] }),
    size: makeWorkbook('', {
      more: [{ name: 'xl/a.xml', data: '', claims: zipLimits.inflatedBytes }],
    }),
    entries: makeWorkbook('', {
      more: Array.from({ length: zipLimits.entries }, (_, n) => ({ name: `${n}.xml`, data: '' })),
    }),
  }
  expect(bombs.ratio.length).toBeLessThan(100_000)
  const before = process.memoryUsage().rss
  const started = performance.now()
  for (const bomb of Object.values(bombs)) expect(await refusal(bomb)).toBe('metrics.file.tooHeavy')
  expect(performance.now() - started).toBeLessThan(1000)
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024)
})

test('a directory that lies about sizes gains nothing', async () => {
  const rows = inlineRow(1, ['甲'.repeat(200_000)])
  expect(await refusal(makeWorkbook(rows, { claims: 300 }))).toMatch(/damaged|tooHeavy/)
  const bomb = makeZip([
    { name: '[Content_Types].xml', data: zeros(40), claims: 100 },
    { name: 'xl/workbook.xml', data: zeros(40), claims: 100 },
  ])
  const started = performance.now()
  expect(await refusal(bomb)).toMatch(/damaged|tooHeavy/)
  // The reading process is ended after 10 s whatever it does.
  expect(performance.now() - started).toBeLessThan(15_000)
})

test('a cell at the far corner ends the reading process, not the server', async () => {
  const far = makeWorkbook(
    `${inlineRow(1, ['甲'])}<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>乙</t></is></c></row>`,
  )
  const before = process.memoryUsage().rss
  expect(await refusal(far)).toMatch(/damaged|tooHeavy|tooManyRows/)
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
})
