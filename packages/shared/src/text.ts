/** The languages the product speaks; Chinese is the first and the fallback. */
export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** One thing said in both languages. A text missing in one of them does not compile. */
export type Bilingual = Readonly<Record<Language, string>>
/** The texts of one place (a domain's messages, a feature's screen), by key. */
export type Texts = Readonly<Record<string, Bilingual>>
export type TextValues = Readonly<Record<string, string | number>>

/** Puts `values` into the `{name}` places of a text; a name without a value leaves nothing behind. */
export const fill = (text: Bilingual, language: Language, values: TextValues = {}): string =>
  text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
