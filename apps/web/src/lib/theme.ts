import { createStoredValue, createValue, useValue } from './value.ts'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]
export type Theme = 'light' | 'dark'

const stored = createStoredValue('xingbo.theme', 'local')
const systemDark = window.matchMedia('(prefers-color-scheme: dark)')

const choice = (): ThemeChoice => themeChoices.find((one) => one === stored.get()) ?? 'system'
const wanted = (): Theme => {
  const own = choice()
  return own === 'system' ? (systemDark.matches ? 'dark' : 'light') : own
}

const theme = createValue<Theme>(wanted())
const apply = () => {
  document.documentElement.dataset.theme = wanted()
  theme.set(wanted())
}
stored.subscribe(apply)
systemDark.addEventListener('change', apply)
apply()

export const setThemeChoice = (next: ThemeChoice): void =>
  stored.set(next === 'system' ? null : next)

/** What the person chose: the system's theme, light or dark. */
export function useThemeChoice(): ThemeChoice {
  useValue(stored)
  return choice()
}

/** The theme on screen now. */
export const useTheme = (): Theme => useValue(theme)

/** The value of a token of tokens.css, e.g. `token('primary')`; empty where no style sheet is loaded. */
export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
