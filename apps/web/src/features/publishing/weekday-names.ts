import type { Language } from '@xingbo/shared/text'

/** 周一 … 周日, Mon … Sun; `weekday` ISO, 1 Monday to 7 Sunday. */
export const weekdayName = (weekday: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-US', {
    weekday: 'short',
    timeZone: 'UTC',
    // 2024-01-01 was a Monday.
  }).format(new Date(Date.UTC(2024, 0, weekday)))

export const isoWeekdays = [1, 2, 3, 4, 5, 6, 7] as const
