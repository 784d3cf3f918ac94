import { useMemo } from 'react'
import { useTexts } from '../lib/i18n.ts'
import { wordDiff } from '../lib/word-diff.ts'
import styles from './DiffText.module.css'
import { diffTexts } from './diff.texts.ts'

type DiffTextProps = {
  before: string
  after: string
  /** Characters of unchanged text kept beside a change, the rest becoming 「…」; everything unless given. */
  context?: number
}

/** An unchanged run cut down to what stands next to the changes before and after it. */
function shorten(text: string, context: number, first: boolean, last: boolean): string {
  const head = first ? 0 : context
  const tail = last ? 0 : context
  const characters = [...text]
  if (characters.length <= head + tail + 1) return text
  const end = tail === 0 ? '' : characters.slice(-tail).join('')
  return `${characters.slice(0, head).join('')}…${end}`
}

/**
 * Word by word what changed between two texts; added words underlined, removed ones struck through, so that
 * colour is not the only sign. No antd inside: the phone pages use it too.
 */
export function DiffText({ before, after, context }: DiffTextProps) {
  const t = useTexts(diffTexts)
  const parts = useMemo(() => wordDiff(before, after), [before, after])
  if (before === after) return <p className={styles.same}>{t('same')}</p>
  let at = 0
  return (
    <div className={styles.text}>
      {parts.map((part, i) => {
        const key = `${at}${part.kind}`
        at += part.text.length
        if (part.kind === 'added')
          return (
            <ins key={key} className={styles.added}>
              <span className={styles.spoken}>[{t('added')}]</span>
              {part.text}
            </ins>
          )
        if (part.kind === 'removed')
          return (
            <del key={key} className={styles.removed}>
              <span className={styles.spoken}>[{t('removed')}]</span>
              {part.text}
            </del>
          )
        return (
          <span key={key}>
            {context === undefined
              ? part.text
              : shorten(part.text, context, i === 0, i === parts.length - 1)}
          </span>
        )
      })}
    </div>
  )
}
