/** Keeps what people read as the title: no hashtags, no mentions, one line. */
export const readableTitle = (text: string): string =>
  withoutTags(text).replace(/\s+/gu, ' ').trim()

/** The hashtags written inside a title, in order, without the sign. */
export const tagsIn = (text: string): string[] =>
  [...text.matchAll(/[#＃]([^\s#＃@＠]+)/gu)].map(([, tag = '']) => tag)

const withoutTags = (text: string): string =>
  text.replace(/[#＃][^\s#＃@＠]+/gu, ' ').replace(/[@＠][^\s#＃@＠]+/gu, ' ')

/**
 * What two titles are compared by: letters and digits only, so spaces, punctuation, emoji, width and
 * case do not count, nor do hashtags, mentions and a leading 【column name】.
 */
export const titleKey = (text: string): string =>
  withoutTags(text)
    .normalize('NFKC')
    .replace(/^\s*【[^】]*】/u, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** The title ends in `…` or `...`: a platform or a person cut it there. */
export const isCutTitle = (text: string): boolean =>
  /(?:…|\.{3,}|。{3,})\s*$/u.test(withoutTags(text).trim())

const chineseDigits = '零一二三四五六七八九十'
const ordinal = (text: string): string => {
  const digit = chineseDigits.indexOf(text)
  return digit > 0 && text.length === 1 ? String(digit) : text
}

/** The instalment a title names outright, （上）, 第2集, 下篇, or null. */
export function partIn(text: string): string | null {
  const plain = text.normalize('NFKC')
  const found =
    /[(【[]\s*(上|中|下|[一二三四五六七八九十]|\d{1,3})\s*[集篇期]?\s*[)】\]]/u.exec(plain) ??
    /第\s*([一二三四五六七八九十]|\d{1,3})\s*[集篇期讲回]/u.exec(plain) ??
    /([上中下])[集篇]/u.exec(plain)
  return found?.[1] === undefined ? null : ordinal(found[1])
}

/** Titles that name different instalments are different pieces, however alike the rest is. */
export function differentParts(a: string, b: string): boolean {
  const [first, second] = [partIn(a), partIn(b)]
  if (first !== null && second !== null) return first !== second
  const [last, other] = [titleKey(a), titleKey(b)].map((key) => /[上中下\d]$/u.exec(key)?.[0])
  return last !== undefined && other !== undefined && last !== other
}

const pairsOf = (key: string): Map<string, number> => {
  const letters = [...key]
  const pairs = new Map<string, number>()
  for (let at = 0; at + 1 < letters.length; at += 1) {
    const pair = `${letters[at]}${letters[at + 1]}`
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

/** How alike two title keys are, 0 to 1: the share of two-letter pairs they have in common (Dice). */
export function titleLikeness(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1
  const [first, second] = [pairsOf(a), pairsOf(b)]
  let common = 0
  for (const [pair, times] of first) common += Math.min(times, second.get(pair) ?? 0)
  const total = [...first.values(), ...second.values()].reduce((sum, times) => sum + times, 0)
  return total === 0 ? 0 : (2 * common) / total
}
