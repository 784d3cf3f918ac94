import { no, type Verdict, yes } from '../verdict.ts'
import type { RobotKind } from './robot.ts'

/** So many calls within so many milliseconds. */
export type RateLimit = { readonly calls: number; readonly withinMs: number }

/**
 * What each platform allows one robot (facts of 2026-11): WeCom 20 messages a minute
 * (developer.work.weixin.qq.com/document/path/91770), DingTalk 20 a minute, then ten minutes of silence
 * (open.dingtalk.com, custom robots), Feishu 100 a minute and 5 a second (open.feishu.cn, custom bots).
 */
export const robotLimits = {
  wecom: [{ calls: 20, withinMs: 60_000 }],
  dingtalk: [{ calls: 20, withinMs: 60_000 }],
  feishu: [
    { calls: 5, withinMs: 1_000 },
    { calls: 100, withinMs: 60_000 },
  ],
} as const satisfies Record<RobotKind, readonly RateLimit[]>

/** How long a robot stays silent after its platform said "too many". */
export const silenceAfterTooMany = {
  wecom: 60_000,
  dingtalk: 600_000,
  feishu: 60_000,
} as const satisfies Record<RobotKind, number>

/**
 * When the next call may be made, given when the last ones were (UTC ms, any order): `now`, or the moment at
 * which the oldest call of a full window has left it.
 */
export function nextCallAt(
  limits: readonly RateLimit[],
  recent: readonly number[],
  now: number,
): number {
  const sorted = [...recent].sort((a, b) => a - b)
  return limits.reduce((at, { calls, withinMs }) => {
    const blocking = sorted[sorted.length - calls]
    return blocking === undefined ? at : Math.max(at, blocking + withinMs)
  }, now)
}

/** The calls that still count for any of `limits`. */
export const stillCounting = (
  limits: readonly RateLimit[],
  recent: readonly number[],
  now: number,
): number[] => {
  const longest = Math.max(...limits.map(({ withinMs }) => withinMs))
  return recent.filter((at) => at > now - longest)
}

/** A message refused for a passing reason is tried again after 30 s, 2 min and 10 min, then given up. */
export const ROBOT_RETRY_MS = [30_000, 120_000, 600_000] as const
/** What belongs to one item is gathered this long before it is told. */
export const GATHER_MS = 10_000
/** Told apart from "never answered" after this long; a robot's host answers within a second. */
export const ROBOT_DEADLINE_MS = 10_000

/** Where each platform's robots live; nothing else is ever called. */
export const robotHosts = {
  wecom: { hosts: ['qyapi.weixin.qq.com'], path: '/cgi-bin/webhook/send', key: 'key' },
  dingtalk: { hosts: ['oapi.dingtalk.com'], path: '/robot/send', key: 'access_token' },
  feishu: {
    hosts: ['open.feishu.cn', 'open.larksuite.com'],
    path: '/open-apis/bot/v2/hook/',
    key: null,
  },
} as const satisfies Record<
  RobotKind,
  { hosts: readonly string[]; path: string; key: string | null }
>

/**
 * May this address be called as a robot of `kind`? Only https on the platform's own host and path, without a
 * port or a name in front; in the demo also the sandbox (`sandboxOrigin`, e.g. `http://127.0.0.1:5181`).
 */
export function robotUrlVerdict(
  kind: RobotKind,
  text: string,
  sandboxOrigin: string | null,
): Verdict {
  const { hosts, path, key } = robotHosts[kind]
  const host = hosts[0]
  const parts = /^(https?):\/\/([^/?#@]+)(\/[^?#]*)(?:\?([^#]*))?$/.exec(text.trim())
  if (!parts) return no('inbox.robot.badUrl', { host })
  const [, scheme = '', at = '', where = '', query = ''] = parts
  const official = scheme === 'https' && (hosts as readonly string[]).includes(at.toLowerCase())
  const sandbox = sandboxOrigin !== null && `${scheme}://${at}` === sandboxOrigin
  if (!official && !sandbox) return no('inbox.robot.badUrl', { host })
  const named =
    key === null
      ? where.startsWith(path) && /^[\w-]+$/.test(where.slice(path.length))
      : where === path && new RegExp(`(?:^|&)${key}=[\\w-]+(?:&|$)`).test(query)
  return named ? yes : no('inbox.robot.badUrl', { host })
}
