import { parentPort, workerData } from 'node:worker_threads'
import { type ParseRequest, parseHere, type WorkerAnswer } from './parse-file.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** Reads one file in a thread of its own; see `parseFile`. */
const answer = await parseHere(workerData as ParseRequest).then(
  (parsed): WorkerAnswer => ({ parsed }),
  (error: unknown): WorkerAnswer =>
    error instanceof UnreadableFile
      ? { unreadable: error.reason }
      : { failed: error instanceof Error ? error.name : 'unknown' },
)
parentPort?.postMessage(answer)
