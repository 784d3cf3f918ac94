// `npm start`: everything that is missing, then the product in one process.
import { spawn } from 'node:child_process'
import { buildWeb, install, node, root } from './prepare.mjs'

install()
buildWeb()
const child = spawn(node, ['apps/api/src/main.ts'], { cwd: root, stdio: 'inherit' })
// Ctrl-C reaches the child by itself; a signal sent to npm alone must be passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)))
