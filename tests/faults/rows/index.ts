import { clockRows } from './clock.ts'
import { diskRows } from './disk.ts'
import { inboundRows } from './inbound.ts'
import { machineRows } from './machines.ts'
import { peopleRows } from './people.ts'
import { platformRows } from './platform.ts'
import { processRows } from './process.ts'
import { queueRows } from './queue.ts'
import type { FaultRow } from './row.ts'

/** The whole matrix, in its order. A file of rows is one import and one line here. */
export const faultRows: readonly FaultRow[] = [
  ...processRows,
  ...machineRows,
  ...queueRows,
  ...clockRows,
  ...diskRows,
  ...platformRows,
  ...inboundRows,
  ...peopleRows,
].sort((a, b) => (a.id < b.id ? -1 : 1))
