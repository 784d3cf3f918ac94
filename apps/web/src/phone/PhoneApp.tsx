import type { Me } from '@xingbo/shared/identity/session.schema'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { whenSignedOut } from '../lib/http.ts'
import { useLanguage, useTexts } from '../lib/i18n.ts'
import { PhoneButton, RefusalNotice, Waiting } from './kit.tsx'
import { usePath } from './navigate.ts'
import { PhoneHeader } from './PhoneHeader.tsx'
import { PhoneHome, PhoneNowhere } from './PhoneHome.tsx'
import { PhoneLogin } from './PhoneLogin.tsx'
import { phoneTexts } from './phone.texts.ts'
import { screenAt } from './registry.ts'
import { enter, MeProvider } from './session.ts'

type State =
  | { at: 'opening' }
  | { at: 'failed'; error: unknown }
  | { at: 'login'; refused: string | null }
  | { at: 'in'; me: Me }

/** `enter` spends the link's token, so it runs once however often React mounts the page. */
let entering: ReturnType<typeof enter> | null = null

/** The phone entry: lets somebody in, then shows the screen of the address. */
export function PhoneApp() {
  const t = useTexts(phoneTexts)
  const language = useLanguage()
  const path = usePath()
  const [state, setState] = useState<State>({ at: 'opening' })

  const open = useCallback(() => {
    setState({ at: 'opening' })
    entering ??= enter()
    entering.then(
      ({ me, refused }) => setState(me ? { at: 'in', me } : { at: 'login', refused }),
      (error: unknown) => {
        entering = null
        setState({ at: 'failed', error })
      },
    )
  }, [])
  useEffect(() => {
    whenSignedOut(() => setState({ at: 'login', refused: null }))
    open()
  }, [open])

  const here = state.at === 'in' ? screenAt(path) : null
  const title = here?.screen.title[language] ?? t('brand')
  useEffect(() => {
    document.title = title === t('brand') ? title : `${title} · ${t('brand')}`
  }, [title, t])

  return (
    <>
      <PhoneHeader
        title={title}
        me={state.at === 'in' ? state.me : null}
        onSignedOut={() => setState({ at: 'login', refused: null })}
      />
      <main className="screen">
        {state.at === 'opening' && <Waiting />}
        {state.at === 'failed' && (
          <div className="stack">
            <RefusalNotice error={state.error} />
            <PhoneButton onClick={open}>{t('retry')}</PhoneButton>
          </div>
        )}
        {state.at === 'login' && (
          <PhoneLogin refused={state.refused} onDone={(me) => setState({ at: 'in', me })} />
        )}
        {state.at === 'in' && (
          <MeProvider value={state.me}>
            <Suspense fallback={<Waiting />}>
              {here ? (
                <here.screen.Screen key={path} params={here.params} />
              ) : /^\/m\/?$/.test(path) ? (
                <PhoneHome />
              ) : (
                <PhoneNowhere />
              )}
            </Suspense>
          </MeProvider>
        )}
      </main>
    </>
  )
}
