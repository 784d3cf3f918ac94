import type { Me } from '@xingbo/shared/identity/session.schema'
import { useState } from 'react'
import { setLanguage, useLanguage, useTexts } from '../lib/i18n.ts'
import { setLargeType, useLargeType } from './large-type.ts'
import { go, usePath } from './navigate.ts'
import { phoneTexts } from './phone.texts.ts'
import { signOut } from './session.ts'

type PhoneHeaderProps = { title: string; me: Me | null; onSignedOut: () => void }

/** Deeper screens lead back to the one above them, by their address. */
const above = (path: string): string | null => {
  const parts = path.split('/').filter(Boolean)
  return parts.length > 1 ? `/${parts.slice(0, -1).join('/')}/` : null
}

export function PhoneHeader({ title, me, onSignedOut }: PhoneHeaderProps) {
  const t = useTexts(phoneTexts)
  const language = useLanguage()
  const large = useLargeType()
  const path = usePath()
  const [leaving, setLeaving] = useState(false)
  // A link session has one item and no list above it.
  const up = me && !me.scope ? above(path) : null
  return (
    <header className="head">
      {up && (
        <button type="button" className="icon" aria-label={t('back')} onClick={() => go(up)}>
          ‹
        </button>
      )}
      <h1 className="head-title">{title}</h1>
      <button
        type="button"
        className="head-button"
        aria-pressed={large}
        onClick={() => setLargeType(!large)}
      >
        {t('largeType')}
      </button>
      <button
        type="button"
        className="head-button"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t('otherLanguage')}
      </button>
      {me && (
        <button
          type="button"
          className="head-button"
          disabled={leaving}
          onClick={() => {
            setLeaving(true)
            // Without a connection the session stays; the page says so by staying as it is.
            void signOut()
              .then(onSignedOut, () => {})
              .finally(() => setLeaving(false))
          }}
        >
          {t('signOut')}
        </button>
      )}
    </header>
  )
}
