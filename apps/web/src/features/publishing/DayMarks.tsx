import { holidayGlyphs, holidayOf, lunarLabel } from '@xingbo/shared/publishing/day-marks'
import { useLabel, useLanguage } from '../../lib/i18n.ts'
import styles from './DayMarks.module.css'

/** 休 or 班 with the holiday's name for the ear and the mouse; nothing on an ordinary day. */
export function HolidayTag({ date }: { date: string }) {
  const glyph = useLabel(holidayGlyphs)
  const language = useLanguage()
  const mark = holidayOf(date)
  if (!mark) return null
  const name = mark.name[language]
  return (
    <span
      className={styles.holiday}
      data-kind={mark.kind}
      role="img"
      aria-label={`${name} ${glyph(mark.kind)}`}
      title={name}
    >
      {glyph(mark.kind)}
    </span>
  )
}

/** The day of the Chinese calendar and 休 or 班, beside a day of ours (`YYYY-MM-DD`). */
export function DayMarks({ date }: { date: string }) {
  const language = useLanguage()
  return (
    <span className={styles.marks}>
      <span className={styles.lunar}>{lunarLabel(date)[language]}</span>
      <HolidayTag date={date} />
    </span>
  )
}
