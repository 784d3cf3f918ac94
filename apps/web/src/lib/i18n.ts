import {
  type Bilingual,
  fill,
  type Language,
  languages,
  type Texts,
  type TextValues,
} from '@xingbo/shared/text'
import { useCallback } from 'react'
import { createStoredValue, createValue, useValue, type Value } from './value.ts'

const isLanguage = (text: string | null): text is Language =>
  (languages as readonly (string | null)[]).includes(text)

/** What this person chose in this browser; nothing until they choose. */
const chosen = createStoredValue('xingbo.language', 'local')
/** What their user record says, Chinese before anyone is signed in. */
const offered = createValue<Language>('zh')

const language: Value<Language> = {
  get() {
    const own = chosen.get()
    return isLanguage(own) ? own : offered.get()
  },
  set: (next) => chosen.set(next),
  subscribe(listener) {
    const off = [chosen.subscribe(listener), offered.subscribe(listener)]
    return () => {
      for (const stop of off) stop()
    }
  },
}

const markDocument = () => {
  document.documentElement.lang = language.get() === 'zh' ? 'zh-CN' : 'en'
}
language.subscribe(markDocument)
markDocument()

export const getLanguage = language.get
export const setLanguage = language.set
/** Takes over the language of the user record for people who have not chosen one in this browser. */
export const offerLanguage = offered.set
export const useLanguage = (): Language => useValue(language)

/**
 * The texts of a screen in the reader's language:
 * `const t = useTexts(topicTexts)` and then `t('title')`, `t('left', { count: 3 })`.
 */
export function useTexts<T extends Texts>(texts: T) {
  const now = useLanguage()
  return useCallback(
    (key: keyof T & string, values?: TextValues) => {
      const text = texts[key]
      return text ? fill(text, now, values) : ''
    },
    [texts, now],
  )
}

/** The word for an enum's value: `const stage = useLabel(stageLabels)` and then `stage('ready')`. */
export function useLabel<K extends string>(labels: Readonly<Record<K, Bilingual>>) {
  const now = useLanguage()
  return useCallback((value: K) => labels[value][now], [labels, now])
}
