import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { permissions } from '@xingbo/shared/identity/permissions'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = (dir: string) =>
  readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, dir, file), 'utf8') }))

const shared = sources('packages/shared/src')
const api = sources('apps/api/src')
  .map(({ text }) => text)
  .join('\n')
const web = sources('apps/web/src')
  .map(({ text }) => text)
  .join('\n')

const declared = shared.flatMap(({ text }) =>
  [...text.matchAll(/export const (\w+) = defineEndpoint\(\{\s*route: '([^']+)'/g)].map(
    ([, name = '', route = '']) => ({ name, route }),
  ),
)

/** Who calls what: machines that send call `/internal/`, the web all else. */
const worker = sources('apps/api/src/worker')
  .map(({ text }) => text)
  .join('\n')

test('every declared endpoint is mounted by the API and called by its other side', () => {
  const idle = declared.filter(({ name, route }) => {
    const caller = route.includes(' /internal/') ? worker : web
    return [api, caller].some((side) => !new RegExp(`\\b${name}\\b`).test(side))
  })
  expect(idle.map(({ name, route }) => `${name} (${route})`)).toEqual([])
  expect(declared.length).toBeGreaterThan(60)
})

test('every line of the permission table is an endpoint or a route somebody mounts', () => {
  const routes = new Set(declared.map(({ route }) => route))
  const unused = Object.keys(permissions).filter((key) => {
    if (routes.has(key)) return false
    const path = key.slice(key.indexOf(' ') + 1)
    // Prefixed plugins (docs, static files, uploads) mount their parts under one path.
    return (
      !api.includes(`'${path}'`) &&
      !api.includes(`'${path.replace(/\/\*$/, '')}`) &&
      !api.includes(`'${path.replace(/\/\*$/, '/')}'`)
    )
  })
  expect(unused).toEqual([])
})
