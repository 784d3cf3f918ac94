import type { Platform } from '@xingbo/shared/accounts/platform'
import type { FastifyRequest } from 'fastify'

export const loginCookie = (platform: Platform): string => `sandbox_${platform}`

/** The account the visitor's browser is "logged in" with at a platform; a cookie as on the real site. */
export function loggedInAs(request: FastifyRequest, platform: Platform): string {
  const name = `${loginCookie(platform)}=`
  const pair = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(name))
  return decodeURIComponent(pair?.slice(name.length) ?? '') || `${platform}-1`
}
