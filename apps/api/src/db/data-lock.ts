import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

export type Holder = { readonly pid: number; readonly since: string; readonly address: string }

/** Thrown when another process already owns the data folder. */
export class DataFolderTaken extends Error {
  readonly holder: Holder | null
  constructor(dir: string, holder: Holder | null) {
    const who = holder
      ? `进程 ${holder.pid}（${holder.address}，自 ${holder.since} 起）`
      : '另一个进程'
    super(
      `数据目录 ${dir} 正被${who}使用；请先停掉它，或用 XINGBO_DATA 换一个目录。\n` +
        `The data folder is in use by ${holder ? `process ${holder.pid} at ${holder.address} since ${holder.since}` : 'another process'}; stop it first, or choose another folder with XINGBO_DATA.`,
    )
    this.holder = holder
  }
}

/**
 * Takes the data folder for this process. The lock is an open EXCLUSIVE transaction on a side file, held by
 * the operating system, so that kill -9 frees it and no stale pid can keep the next start out.
 */
export function takeDataFolder(dir: string, holder: Holder): { release(): void; held(): boolean } {
  const note = join(dir, 'holder.json')
  const lock = new Sqlite(join(dir, 'lock.db'), { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new DataFolderTaken(dir, readHolder(note))
  }
  writeFileSync(note, JSON.stringify(holder))
  return {
    held: () => readHolder(note)?.pid === holder.pid && !canLock(dir),
    release() {
      lock.exec('ROLLBACK')
      lock.close()
    },
  }
}

/** Whether somebody else could take the folder now; if so, nobody holds it. */
function canLock(dir: string): boolean {
  const other = new Sqlite(join(dir, 'lock.db'), { timeout: 0 })
  try {
    other.exec('BEGIN EXCLUSIVE')
    other.exec('ROLLBACK')
    return true
  } catch {
    return false
  } finally {
    other.close()
  }
}

function readHolder(note: string): Holder | null {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Holder
  } catch {
    return null
  }
}
