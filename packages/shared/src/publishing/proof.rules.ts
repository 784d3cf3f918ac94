import { type Platform, platforms } from '../accounts/platform.ts'
import type { Message } from '../messages.ts'
import { type LinkPattern, platformLinks } from './platform-links.ts'

export type ProofVerdict =
  /** `remoteId` is `null` for short links: only the platform knows where they lead. */
  | {
      readonly ok: true
      readonly url: string
      readonly remoteId: string | null
      /** The account's own id, on platforms whose links carry it. */
      readonly linkAccountId: string | null
    }
  | { readonly ok: false; readonly reason: Message }

const refuse = (key: Message['key'], values?: Message['values']): ProofVerdict => ({
  ok: false,
  reason: { key, ...(values && { values }) },
})

type Link = { readonly host: string; readonly path: string; readonly url: string }

/** A share text is long and holds one link somewhere; blanks, quotes and Chinese characters end it. */
const linkInText =
  /(?<![\w.@%/-])(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w@:.-])(\/[^\s"'<>\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*)?/gi

function linksIn(text: string): Link[] {
  return [...text.matchAll(linkInText)].map(([, written = '', rest = '/']) => {
    const host = written.toLowerCase()
    const path = rest.replace(/[),.;:!?]+$/, '')
    return { host, path, url: `https://${host}${path}` }
  })
}

const hostMatches = (pattern: string, host: string): boolean =>
  pattern.startsWith('.') ? host.endsWith(pattern) || host === pattern.slice(1) : host === pattern

function patternFor(platform: Platform, link: Link): LinkPattern | undefined {
  return platformLinks[platform].find(
    ({ hosts, path }) => hosts.some((host) => hostMatches(host, link.host)) && path.test(link.path),
  )
}

/**
 * Does the pasted text hold a link to a work on this platform? Takes a bare link or the whole share text
 * the apps put on the clipboard; ports, foreign hosts and account pages are refused with the reason.
 */
export function proofLinkVerdict(platform: Platform, text: string): ProofVerdict {
  const links = linksIn(text)
  const [first] = links
  if (!first) return refuse('publishing.proof.noLink')
  for (const link of links) {
    const pattern = patternFor(platform, link)
    if (!pattern || pattern.kind === 'profile') continue
    const { id = null, account = null } = pattern.path.exec(link.path)?.groups ?? {}
    return { ok: true, url: link.url, remoteId: id, linkAccountId: account }
  }
  if (links.some((link) => patternFor(platform, link)?.kind === 'profile'))
    return refuse('publishing.proof.profileLink')
  if (platforms.some((other) => links.some((link) => patternFor(other, link))))
    return refuse('publishing.proof.otherPlatform')
  return refuse('publishing.proof.notAWork', { host: first.host })
}
