import { readEnv, settingsFrom } from '../../../apps/api/src/env.ts'
import { startSandbox } from '../../../apps/api/src/sandbox/sandbox.ts'

/** The platforms' stand-in in a process of its own: `node sandbox-process.ts <folder> <port>`; prints `ready`. */
const [dir = '', port = ''] = process.argv.slice(2)
const settings = settingsFrom(readEnv({ XINGBO_DATA: dir, XINGBO_SANDBOX_PORT: port }))
await startSandbox({ port: Number(port), dir, apps: settings.platforms, pendingMs: 300 })
process.stdout.write('ready\n')
process.once('SIGTERM', () => process.exit(0))
