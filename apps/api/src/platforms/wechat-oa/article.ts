import { countCharacters } from '@xingbo/shared/publishing/caption.rules'

/** 「不支持 2 万字符及以上」 and 「小于 1M」, tags included: api_draft_add. */
const characterLimit = 20_000
const byteLimit = 1024 * 1024

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)

/** The article's body: the picture first, then each line of the signed words as a paragraph of its own. */
export function articleHtml(words: string, pictureUrl: string | null): string {
  const picture = pictureUrl ? `<p><img src="${escaped(pictureUrl)}"></p>` : ''
  const lines = words.split('\n').map((line) => `<p>${line === '' ? '<br>' : escaped(line)}</p>`)
  return picture + lines.join('')
}

export const fitsArticle = (html: string): boolean =>
  countCharacters(html) < characterLimit && Buffer.byteLength(html) < byteLimit

const signs: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
function plain(entity: string, name: string): string {
  const number = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
  if (!number) return signs[name.toLowerCase()] ?? entity
  const code = number[1] ? Number.parseInt(number[1], 16) : Number(number[2])
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity
}

/** The words of an article as WeChat gives it back, whatever tags and attributes it has put around them. */
export const articleText = (html: string): string =>
  html
    .replace(/<\/(?:p|section|h\d|li)>|<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, plain)
    .replace(/\n{2,}/g, '\n')
    .trim()
