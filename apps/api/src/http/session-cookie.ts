import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

type CookieSettings = { readonly secureCookie: boolean }

/** `__Host-` pins the cookie to this host over https; plain http on loopback cannot use the prefix. */
const nameOf = ({ secureCookie }: CookieSettings) => (secureCookie ? '__Host-xingbo' : 'xingbo')
const optionsOf = ({ secureCookie }: CookieSettings) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookie }) as const

export function setSessionCookie(
  reply: FastifyReply,
  settings: CookieSettings,
  token: string,
  expires: Date,
): void {
  reply.setCookie(nameOf(settings), token, { ...optionsOf(settings), expires })
}

export function clearSessionCookie(reply: FastifyReply, settings: CookieSettings): void {
  reply.clearCookie(nameOf(settings), optionsOf(settings))
}

export const sessionTokenOf = (
  request: FastifyRequest,
  settings: CookieSettings,
): string | undefined => request.cookies[nameOf(settings)]
