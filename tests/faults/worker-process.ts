import { startWork } from '../../apps/api/src/work.ts'

/**
 * `work` in a process of its own that ends or stops itself the hard way when it reaches a step for the n-th time:
 * `node worker-process.ts <step or none> <SIGKILL or SIGSTOP> <n>`; everything else comes as settings.
 */
const [step = 'none', signal = 'SIGKILL', nth = '1'] = process.argv.slice(2)
let left = Number(nth)
await startWork((reached) => {
  if (reached !== step) return
  left -= 1
  if (left === 0) process.kill(process.pid, signal as NodeJS.Signals)
})
