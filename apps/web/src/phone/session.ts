import type * as api from '@xingbo/shared/identity/session.schema'
import type { Me } from '@xingbo/shared/identity/session.schema'
import { createContext, useContext } from 'react'
import { businessZone } from '../lib/formats.ts'
import { ApiError, tabInstitution } from '../lib/http.ts'
import { offerLanguage } from '../lib/i18n.ts'
import { ask } from './ask.ts'
import { go } from './navigate.ts'

const MeContext = createContext<Me | null>(null)
export const MeProvider = MeContext.Provider

/** Who holds the phone; screens are only drawn for somebody. */
export function usePhoneMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('a screen was drawn before anyone signed in')
  return me
}

function settleIn(me: Me): Me {
  businessZone.set(me.timeZone)
  offerLanguage(me.language)
  if (!me.scope) tabInstitution.set(me.institutionId)
  return me
}

/** The token of a link stands behind `#`, so it reaches no server log; it is taken out of the address at once. */
function takeToken(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (token) go(window.location.pathname + window.location.search, 'replace')
  return token
}

const homeOf = (me: Me): string | null => {
  if (me.scope?.kind === 'sign_off') return `/m/sign-off/${me.scope.contentId}`
  if (me.scope?.kind === 'hand_off') return `/m/hand-off/${me.scope.publicationId}`
  return null
}

async function whoIsHere(): Promise<Me | null> {
  try {
    return settleIn(await ask<typeof api.getMe>('GET /api/me', {}))
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Who opens the page: by the link's token, else by the session there already is, else nobody. */
export async function enter(): Promise<{ me: Me | null; refused: string | null }> {
  const token = takeToken()
  if (!token) return { me: await whoIsHere(), refused: null }
  try {
    const me = settleIn(
      await ask<typeof api.openLinkSession>('POST /api/link-session', { body: { token } }),
    )
    go(homeOf(me) ?? window.location.pathname, 'replace')
    return { me, refused: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // The link was opened a second time: its session may still be there, and then nothing is lost.
    const me = await whoIsHere()
    const home = me && homeOf(me)
    if (me && (!me.scope || home === window.location.pathname)) return { me, refused: null }
    return { me: null, refused: error.message }
  }
}

export const signIn = async (username: string, password: string): Promise<Me> => {
  tabInstitution.set(null)
  return settleIn(await ask<typeof api.login>('POST /api/login', { body: { username, password } }))
}

export const signOut = async (): Promise<void> => {
  await ask<typeof api.logout>('POST /api/logout', {})
  tabInstitution.set(null)
}
