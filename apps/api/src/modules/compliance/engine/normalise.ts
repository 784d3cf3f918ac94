import { Converter } from 'opencc-js/t2cn'

/**
 * A reading of one field in which every character knows where it came from.
 * `start[i]` and `end[i]` are UTF-16 offsets into the field's original text.
 */
export interface View {
  readonly text: string
  readonly start: readonly number[]
  readonly end: readonly number[]
}

/** Zero-width, bidi and variation marks, tags and combining strokes: never seen, always dropped. */
const invisible = /[\p{Mn}\p{Me}\p{Cf}\u115f\u1160\u3164\uffa0]/u
const hardSeparator = /[,。!?;:…、\n]/u
/** `+`, `%` and the heart carry meaning (加V as +V, 98%, 薇❤). */
const meaningful = /[\p{L}\p{N}+%❤]/u
const latinOrDigit = /[a-z0-9]/u
const toSimplified = Converter({ from: 't', to: 'cn' })
const simplifiedCache = new Map<string, string>()

const simplify = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x2e80) return char
  const known = simplifiedCache.get(char)
  if (known !== undefined) return known
  const converted = toSimplified(char)
  const result = converted.length === char.length ? converted : char
  simplifiedCache.set(char, result)
  return result
}

/** Letters in coloured squares and circles that NFKC leaves alone: 🅐 🆅 🇻 and the like. */
const enclosedLetter = (code: number): string | null => {
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(97 + code - 0x1f150)
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(97 + code - 0x1f170)
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return String.fromCharCode(97 + code - 0x1f1e6)
  return null
}

const foldOne = (char: string, symbols: ReadonlyMap<string, string>): string => {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return char === '\r' ? '\n' : char.toLowerCase()
  const symbol = symbols.get(char)
  if (symbol !== undefined) return symbol
  if (char === '…') return char
  if (invisible.test(char)) return ''
  const letter = enclosedLetter(code)
  if (letter !== null) return letter
  let folded = ''
  for (const part of char.normalize('NFKC').toLowerCase())
    if (!invisible.test(part)) folded += simplify(part)
  return folded
}

/** Unicode folding only: nothing is taken away but what cannot be seen. */
export const fold = (original: string, symbols: ReadonlyMap<string, string>): View => {
  let text = ''
  const start: number[] = []
  const end: number[] = []
  let at = 0
  for (const char of original) {
    const folded = foldOne(char, symbols)
    for (let i = 0; i < folded.length; i++) {
      start.push(at)
      end.push(at + char.length)
    }
    text += folded
    at += char.length
  }
  return { text, start, end }
}

const pick = (view: View, keep: (char: string, index: number) => boolean): View => {
  let text = ''
  const start: number[] = []
  const end: number[] = []
  let index = 0
  for (const char of view.text) {
    if (keep(char, index))
      for (let i = 0; i < char.length; i++) {
        text += char.charAt(i)
        start.push(view.start[index + i] ?? 0)
        end.push(view.end[index + i] ?? 0)
      }
    index += char.length
  }
  return { text, start, end }
}

const isSoft = (char: string): boolean => !meaningful.test(char) && !hardSeparator.test(char)

/**
 * Takes spaces and symbols out of Chinese (最 佳, 全*国*第*一), keeps sentence punctuation.
 * With `letters: 'keep'` separators between two Latin letters or digits stay (99.2, mxt-001).
 */
export const squeeze = (view: View, letters: 'keep' | 'join'): View => {
  if (letters === 'join') return pick(view, (char) => !isSoft(char))
  const chars = [...view.text]
  const inside = new Map<number, boolean>()
  let index = 0
  let before = ''
  let pending: number[] = []
  for (const char of chars) {
    if (isSoft(char)) pending.push(index)
    else {
      const keepRun = latinOrDigit.test(before) && latinOrDigit.test(char)
      for (const at of pending) inside.set(at, keepRun)
      pending = []
      before = char
    }
    index += char.length
  }
  return pick(view, (char, at) => !isSoft(char) || inside.get(at) === true)
}

const numerals: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  一: '1',
  壹: '1',
  幺: '1',
  二: '2',
  贰: '2',
  两: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  柒: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
}

/** One to one, so a view's offsets stay true: 三天 and 3天, 零风险 and 0风险 read alike. */
export const foldNumerals = (text: string): string => {
  let result = ''
  for (let i = 0; i < text.length; i++) result += numerals[text.charAt(i)] ?? text.charAt(i)
  return result
}

/** The smallest stretch of the original that covers characters `from` to `to` (exclusive) of a view. */
export const originalSpan = (
  view: View,
  from: number,
  to: number,
): { start: number; end: number } => ({
  start: view.start[from] ?? 0,
  end: view.end[to - 1] ?? 0,
})
