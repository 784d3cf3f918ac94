import type { KeyboardEvent } from 'react'
import styles from './Charts.module.css'

type HitAreaProps = {
  /** What it opens, said to those who do not see the bar. */
  label: string
  x: number
  y: number
  width: number
  height: number
  onOpen: () => void
}

/** The whole row of a bar is its button: bars may be a hair, and gaps have no bar at all. */
export function HitArea({ label, x, y, width, height, onOpen }: HitAreaProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside an SVG
    <rect
      {...{ x, y, width, height }}
      rx={6}
      className={styles.hit}
      role="button"
      tabIndex={0}
      aria-label={label}
      onClick={onOpen}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onOpen()
      }}
    />
  )
}
