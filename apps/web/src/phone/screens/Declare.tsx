import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { useState } from 'react'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { createStoredValue } from '../../lib/value.ts'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { Step } from './Step.tsx'

/**
 * The ids ticked so far. Kept with the tab: phones throw a page away while another app is in front, and
 * nobody should have to tick twice.
 */
export function useDeclared(card: HandOffCard): [string[], (ids: string[]) => void] {
  const [stored] = useState(() =>
    createStoredValue(`xingbo.handOff.${card.publicationId}`, 'session'),
  )
  const [ids, setIds] = useState(() => (stored.get() ?? '').split(',').filter(Boolean))
  const known = ids.filter((id) => card.declarations.some((one) => one.id === id))
  return [
    known,
    (next) => {
      stored.set(next.join(','))
      setIds(next)
    },
  ]
}

type DeclareProps = {
  card: HandOffCard
  declared: readonly string[]
  onChange: (ids: string[]) => void
}

/** What the platform and the law want declared with this post; all of it before the proof. */
export function Declare({ card, declared, onChange }: DeclareProps) {
  const t = useTexts(handOffTexts)
  const language = useLanguage()
  const { declarations } = card
  return (
    <Step
      n={4}
      title={t('declare')}
      hint={t(declarations.length > 0 ? 'declareHint' : 'declareNone')}
    >
      {declarations.map(({ id, where, ...label }) => (
        <label key={id} className={styles.tick}>
          <input
            type="checkbox"
            checked={declared.includes(id)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...declared, id] : declared.filter((one) => one !== id),
              )
            }
          />
          <span>
            {label[language]}
            <small className={styles.line}>{t(where === 'in_app' ? 'inApp' : 'inContent')}</small>
          </span>
        </label>
      ))}
    </Step>
  )
}
