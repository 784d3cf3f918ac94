import { type Platform, platforms } from '@xingbo/shared/accounts/platform'
import { z } from 'zod'

/** Instead of the operation: it has no effect. */
export const beforeModes = [
  'error_before',
  'timeout_before',
  'cut_before',
  'rate_limited',
  'daily_quota',
  'expired_token',
  'revoked_token',
  'content_rejected',
  'account_banned',
  'unknown_code',
] as const
/** After it: the effect is there, only the answer is spoilt. */
export const afterModes = [
  'error_after',
  'timeout_after_accept',
  'cut',
  'cut_body',
  'truncated',
  'html',
  'no_id',
  'id_as_number',
  'unknown_status',
  'slow',
] as const
/** Of the post being made: its fate is another one, now or `delayMs` later. */
export const postModes = ['accepted_late', 'rejected_later', 'removed_later'] as const
/** Of a reading of the account's list. */
export const listModes = ['list_stale', 'list_empty', 'list_reordered'] as const
/** Of a delivery to the product (op `<platform>.webhook`). */
export const webhookModes = [
  'content_as_string',
  'trailing_newline',
  'wrong_signature',
  'duplicate',
  'reordered',
  'lost',
  'old_timestamp',
  'future_timestamp',
] as const
/** Of any answer at all. */
export const clockModes = ['date_skew'] as const

export const faultModes = [
  ...beforeModes,
  ...afterModes,
  ...postModes,
  ...listModes,
  ...webhookModes,
  ...clockModes,
] as const
export type FaultMode = (typeof faultModes)[number]

const minutes = 60_000
const hours = 60 * minutes
const dayMs = 24 * hours
/** How far ahead, or for a list how far back, a mode reaches when nothing is said. */
const usualDelayMs: Partial<Readonly<Record<FaultMode, number>>> = {
  accepted_late: 2 * hours,
  rejected_later: 2 * hours,
  removed_later: 7 * dayMs,
  list_stale: 30 * minutes,
}

/** What `POST /__sandbox/faults` takes. */
export const faultBody = z.object({
  match: z
    .object({
      /** The documented operation, e.g. `kuaishou.publish`, or `<platform>.webhook`. */
      op: z.string().optional(),
      path: z.string().optional(),
      platform: z.enum(platforms).optional(),
      /** The name of the account whose token the call carries. */
      account: z.string().optional(),
    })
    .default({}),
  mode: z.enum(faultModes),
  /** How many calls it hits, after letting `skip` of them pass; 0: until it is taken away. */
  times: z.int().min(0).default(1),
  skip: z.int().min(0).default(0),
  /** A platform error code; without one `error_*` answers HTTP `status` (500). */
  code: z.int().optional(),
  message: z.string().default('injected by the sandbox'),
  status: z.int().min(400).max(599).optional(),
  retryAfter: z.string().optional(),
  /** By the sandbox's clock, which `POST /__sandbox/clock` moves. */
  delayMs: z.int().min(0).optional(),
  /** How far the `Date` header is off. */
  skewMs: z.int().default(hours),
})
export type Fault = z.output<typeof faultBody>

export const delayOf = (fault: Fault): number => fault.delayMs ?? usualDelayMs[fault.mode] ?? 0

type Trouble =
  | 'expired_token'
  | 'revoked_token'
  | 'daily_quota'
  | 'content_rejected'
  | 'account_banned'
/**
 * The documented code for each trouble; where a platform documents none for it, the nearest refusal it does
 * document (Kuaishou has no code for rejected content or a ban). No code at all: HTTP 429.
 */
const troubleCodes: Readonly<
  Partial<Record<Platform, Readonly<Partial<Record<Trouble, number>>>>>
> = {
  kuaishou: {
    expired_token: 100200108,
    revoked_token: 100200110,
    content_rejected: 100400,
    account_banned: 100200102,
  },
  douyin: {
    expired_token: 28001008,
    revoked_token: 28001012,
    daily_quota: 28003017,
    content_rejected: 2111001,
    account_banned: 28001046,
  },
  bilibili: {
    expired_token: 127001,
    revoked_token: 127011,
    daily_quota: 123036,
    content_rejected: 123024,
    account_banned: 123001,
  },
  wechat_oa: {
    expired_token: 42001,
    revoked_token: 40001,
    daily_quota: 45009,
    content_rejected: 45166,
    account_banned: 48001,
  },
  weibo: {
    expired_token: 21327,
    revoked_token: 21332,
    daily_quota: 10024,
    content_rejected: 10017,
    account_banned: 10014,
  },
}
/** In no platform's table. */
const undocumentedCode = 987_654_321

const isTrouble = (mode: FaultMode): mode is Trouble =>
  mode === 'expired_token' ||
  mode === 'revoked_token' ||
  mode === 'daily_quota' ||
  mode === 'content_rejected' ||
  mode === 'account_banned'

/** The platform's code a fault stands for; undefined: the HTTP status alone speaks. */
export function codeOf(platform: Platform, fault: Fault): number | undefined {
  if (fault.code !== undefined) return fault.code
  if (fault.mode === 'unknown_code') return undocumentedCode
  return isTrouble(fault.mode) ? troubleCodes[platform]?.[fault.mode] : undefined
}

/** The platform's own envelope around an error code, as its documents have it. */
export function errorEnvelope(platform: Platform, code: number, message: string): object {
  switch (platform) {
    case 'douyin':
      return {
        data: { error_code: code, description: message },
        extra: { error_code: code, description: message, logid: 'sandbox' },
      }
    case 'bilibili':
      return { code, message, ttl: 1, request_id: 'sandbox' }
    case 'wechat_oa':
      return { errcode: code, errmsg: message }
    case 'weibo':
      return { request: '/sandbox', error_code: code, error: message }
    default:
      return { result: code, error: 'error', error_msg: message }
  }
}

/** Success, with nothing in it that could be an id. */
export function emptySuccess(platform: Platform): object {
  switch (platform) {
    case 'douyin':
      return { data: { error_code: 0, description: '' } }
    case 'bilibili':
      return { code: 0, message: '0', ttl: 1, data: {} }
    case 'wechat_oa':
      return { errcode: 0, errmsg: 'ok' }
    case 'weibo':
      return {}
    default:
      return { result: 1 }
  }
}
