import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[] }

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'xingbo-web-'))
let manifest: Record<string, Chunk> = {}

beforeAll(() => {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const config = join(root, 'apps/web/vite.config.ts')
  execFileSync(
    process.execPath,
    [
      vite,
      'build',
      '--config',
      config,
      '--outDir',
      out,
      '--emptyOutDir',
      '--manifest',
      '--logLevel',
      'error',
    ],
    { cwd: root, stdio: 'pipe', env: { ...process.env, NODE_ENV: 'production' } },
  )
  manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'))
}, 120_000)
afterAll(() => rmSync(out, { recursive: true, force: true }))

/** Every script a page can come to load, screens that are loaded later included. */
function scriptsOf(entry: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[entry]
  if (!chunk) throw new Error(`no ${entry} in the build`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])])
    scriptsOf(next, seen)
  return seen
}
const weight = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file))).length, 0)

/** Doctors open these pages in the WeChat browser on whatever network there is. */
const phoneBudget = 110_000

test('the phone pages stay within their budget, all screens together', () => {
  const scripts = scriptsOf('phone.html')
  const names = [...scripts].join(' ')
  expect(names).not.toMatch(/antd|charts|calendar/)
  expect(weight(scripts)).toBeLessThanOrEqual(phoneBudget)
})

test('no page carries a script in its HTML, so that the content policy can forbid them', () => {
  const pages = Object.keys(manifest).filter((name) => name.endsWith('.html'))
  expect(pages).toEqual(expect.arrayContaining(['index.html', 'phone.html']))
  for (const page of pages) {
    const html = readFileSync(join(out, page), 'utf8')
    const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)]
    expect(scripts.length).toBeGreaterThan(0)
    for (const [, attributes = '', body = ''] of scripts) {
      expect(attributes).toMatch(/\ssrc="/)
      expect(body).toBe('')
    }
    expect(html).not.toMatch(/\son\w+=/)
    expect(html).not.toMatch(/(src|href)="https?:/)
  }
})
