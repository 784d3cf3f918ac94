import { argv, stderr } from 'node:process'

/** `node tests/bench/main.ts <name> [options]`: each bench is loaded only when it is asked for. */
const benches: Readonly<
  Record<string, () => Promise<{ run: (args: readonly string[]) => void | Promise<void> }>>
> = {
  compliance: () => import('./compliance.bench.ts'),
  likeness: () => import('./likeness.bench.ts'),
  funnel: () => import('./funnel.bench.ts'),
  publish: () => import('./publish.bench.ts'),
}

const [name = '', ...args] = argv.slice(2)
const load = benches[name]
if (load) {
  const bench = await load()
  await bench.run(args)
} else {
  const known = Object.keys(benches).join(', ')
  stderr.write(`No bench ${name === '' ? 'named' : `called ${name}`}. Benches: ${known}\n`)
  process.exitCode = 1
}
