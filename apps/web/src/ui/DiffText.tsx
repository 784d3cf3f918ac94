import { useMemo } from 'react'
import { useTexts } from '../lib/i18n.ts'
import { wordDiff } from '../lib/word-diff.ts'
import styles from './DiffText.module.css'
import { uiTexts } from './ui.texts.ts'

/**
 * Word by word what changed between two texts; added words underlined, removed ones struck through, so that
 * colour is not the only sign. No antd inside: the phone pages use it too.
 */
export function DiffText({ before, after }: { before: string; after: string }) {
  const t = useTexts(uiTexts)
  const parts = useMemo(() => wordDiff(before, after), [before, after])
  if (before === after) return <p className={styles.same}>{t('diffSame')}</p>
  let at = 0
  return (
    <div className={styles.text}>
      {parts.map((part) => {
        const key = `${at}${part.kind}`
        at += part.text.length
        if (part.kind === 'added')
          return (
            <ins key={key} className={styles.added}>
              <span className={styles.spoken}>[{t('diffAdded')}]</span>
              {part.text}
            </ins>
          )
        if (part.kind === 'removed')
          return (
            <del key={key} className={styles.removed}>
              <span className={styles.spoken}>[{t('diffRemoved')}]</span>
              {part.text}
            </del>
          )
        return <span key={key}>{part.text}</span>
      })}
    </div>
  )
}
