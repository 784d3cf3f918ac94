import { useLanguage, useTexts } from '../lib/i18n.ts'
import { PhoneButton } from './kit.tsx'
import { go } from './navigate.ts'
import { phoneTexts } from './phone.texts.ts'
import { homeScreens } from './registry.ts'
import { usePhoneMe } from './session.ts'

/** `/m/`: what this person can do on the phone. */
export function PhoneHome() {
  const t = useTexts(phoneTexts)
  const language = useLanguage()
  const me = usePhoneMe()
  const offered = me.scope ? [] : homeScreens(me.role)
  return (
    <div className="stack">
      <h2>{t('greeting', { name: me.displayName })}</h2>
      <p className="soft">{me.institutionName}</p>
      {offered.length === 0 && <p>{t('nothingHere')}</p>}
      {offered.map((screen) => (
        <PhoneButton key={screen.path} look="primary" onClick={() => go(screen.path)}>
          {screen.title[language]}
        </PhoneButton>
      ))}
      {!me.scope && (
        <a className="button" data-look="plain" href="/">
          {t('openDesk')}
        </a>
      )}
    </div>
  )
}

export function PhoneNowhere() {
  const t = useTexts(phoneTexts)
  return (
    <div className="stack">
      <h2>{t('notFound')}</h2>
      <p className="soft">{t('notFoundHint')}</p>
      <PhoneButton onClick={() => go('/m/')}>{t('toHome')}</PhoneButton>
    </div>
  )
}
