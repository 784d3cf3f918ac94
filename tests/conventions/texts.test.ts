import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messages } from '@xingbo/shared/messages'
import type { Bilingual } from '@xingbo/shared/text'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

test('every message of the server says the same in both languages, with the same values', () => {
  const wrong = Object.entries<Bilingual>(messages)
    .filter(([, { zh, en }]) => !zh.trim() || !en.trim() || String(names(zh)) !== String(names(en)))
    .map(([key]) => key)
  expect(wrong).toEqual([])
})

/** Laws keep their own names, in brackets or quotation marks. */
const withoutNames = (en: string) => en.replace(/\([^)]*\)|“[^”]*”/g, '')

test('a Chinese text is Chinese and an English text is not', () => {
  const wrong = Object.entries<Bilingual>(messages)
    .filter(
      ([, { zh, en }]) => !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}/u.test(withoutNames(en)),
    )
    .map(([key]) => key)
  expect(wrong).toEqual([])
})

/** Texts of screens and labels are objects `{ zh: '…', en: '…' }`; each must have both, and both must differ in script. */
test('every bilingual literal in the sources has both halves', () => {
  const files = ['apps/web/src', 'packages/shared/src'].flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(root, dir, file)),
  )
  const wrong: string[] = []
  let seen = 0
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const [whole, zh = '', en = ''] of text.matchAll(
      /zh:\s*(?:'((?:[^'\\]|\\.)*)'|"[^"]*"),?\s*en:\s*(?:'((?:[^'\\]|\\.)*)'|"[^"]*")/g,
    )) {
      seen++
      // The switch to the other language names it in that language.
      if (
        zh &&
        en &&
        en !== '中文' &&
        /\p{Script=Han}{2}/u.test(en) &&
        !/[《「“]/.test(en) &&
        /\p{Script=Han}{2}/u.test(withoutNames(en))
      )
        wrong.push(`${file.slice(root.length)}: ${whole.slice(0, 80)}`)
    }
  }
  expect(wrong).toEqual([])
  expect(seen).toBeGreaterThan(300)
})
