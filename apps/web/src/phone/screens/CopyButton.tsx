import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { copyText } from '../copy-text.ts'
import { PhoneButton } from '../kit.tsx'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'

/** Long enough to be seen when the eye comes back from the app. */
const shownMs = 4000

type CopyButtonProps = { text: string; label: string; look?: 'primary' | 'plain' }

/** Copies in one tap and says so on itself; where nothing can copy, says how to do it by hand. */
export function CopyButton({ text, label, look = 'plain' }: CopyButtonProps) {
  const t = useTexts(handOffTexts)
  const [told, setTold] = useState<'copied' | 'failed' | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    const done = await copyText(text)
    setTold(done ? 'copied' : 'failed')
    clearTimeout(timer.current)
    if (done) timer.current = setTimeout(() => setTold(null), shownMs)
  }
  return (
    <>
      <PhoneButton
        look={look}
        className={told === 'copied' ? styles.copied : undefined}
        onClick={() => void copy()}
      >
        {told === 'copied' ? t('copied') : label}
      </PhoneButton>
      <span role="status" className={told === 'failed' ? styles.failed : styles.unseen}>
        {told === 'copied' && t('copied')}
        {told === 'failed' && t('copyFailed')}
      </span>
      {told === 'failed' && (
        <textarea
          className="area"
          rows={3}
          readOnly
          aria-label={label}
          value={text}
          // Already selected, the browser's own menu copies it.
          ref={(field) => field?.select()}
          onFocus={(event) => event.target.select()}
        />
      )}
    </>
  )
}
