import type { Me } from '@xingbo/shared/identity/session.schema'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../lib/i18n.ts'
import { Notice, PhoneButton, PhoneField, RefusalNotice } from './kit.tsx'
import { phoneTexts } from './phone.texts.ts'
import { signIn } from './session.ts'

type PhoneLoginProps = {
  /** Why the link did not let the person in. */
  refused: string | null
  onDone: (me: Me) => void
}

export function PhoneLogin({ refused, onDone }: PhoneLoginProps) {
  const t = useTexts(phoneTexts)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    setBusy(true)
    setError(null)
    signIn(String(given.get('username')), String(given.get('password'))).then(
      onDone,
      (reason: unknown) => {
        setError(reason)
        setBusy(false)
      },
    )
  }
  return (
    <form className="stack" onSubmit={submit}>
      {refused && <Notice kind="warning" title={refused} />}
      <h2>{t('login')}</h2>
      <p className="soft">{t('loginHint')}</p>
      {error !== null && <RefusalNotice error={error} />}
      <PhoneField
        label={t('username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <PhoneField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <PhoneButton type="submit" look="primary" busy={busy}>
        {t('login')}
      </PhoneButton>
    </form>
  )
}
