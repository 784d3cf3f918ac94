// `npm run dev`: the API restarts on change, the web reloads itself.
import { spawn } from 'node:child_process'
import { buildWeb, install, node, root } from './prepare.mjs'

install()
buildWeb()
const children = [
  spawn(node, ['--watch', 'apps/api/src/main.ts'], { cwd: root, stdio: 'inherit' }),
  spawn(node, ['node_modules/vite/bin/vite.js', 'apps/web'], { cwd: root, stdio: 'inherit' }),
]
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
for (const child of children) child.on('exit', stop)
