import { serialize } from 'node:v8'
import readWorkbook from 'read-excel-file/universal'

/** Reads a workbook from standard input in a process of its own; see `read-table.ts`. */
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk)
// The universal reader goes by the zip directory that was checked; the stream reader would not.
const sheets = await readWorkbook(new Uint8Array(Buffer.concat(chunks)).buffer)
process.stdout.write(serialize(sheets))
