import { type ReactNode, useId } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'

/** One step of the hand-off, numbered. */
export function Step(props: { n: number; title: string; hint?: string; children: ReactNode }) {
  const t = useTexts(handOffTexts)
  const id = useId()
  return (
    <section className={styles.step} aria-labelledby={id}>
      <h3 id={id} className={styles.stepTitle}>
        <span className={styles.number} role="img" aria-label={t('step', { n: props.n })}>
          {props.n}
        </span>
        {props.title}
      </h3>
      {props.hint && <p className={styles.hint}>{props.hint}</p>}
      {props.children}
    </section>
  )
}
