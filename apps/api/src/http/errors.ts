import type { ErrorCode } from '@xingbo/shared/errors'
import { type Message, say } from '@xingbo/shared/messages'
import type { Verdict } from '@xingbo/shared/verdict'

/** A refusal with its reason; the handler turns it into the error body in the reader's language. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly reason: Message
  readonly issues?: readonly { path: string; reason: Message }[]
  constructor(
    code: ErrorCode,
    reason: Message,
    issues?: readonly { path: string; reason: Message }[],
  ) {
    super(say('en', reason))
    this.code = code
    this.reason = reason
    this.issues = issues
  }
}

/** `satisfies Record` makes a new code without a status a compile error. */
export const statusOf = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  VALIDATION: 400,
  CONFLICT: 409,
  RULE_VIOLATION: 422,
  TOO_LARGE: 413,
  UNSUPPORTED: 415,
  TOO_MANY: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} satisfies Record<ErrorCode, number>

/** Turns a rule's no into a 422 that carries the rule's sentence. */
export function assertVerdict(verdict: Verdict): void {
  if (!verdict.ok) throw new DomainError('RULE_VIOLATION', verdict.reason)
}

/** The row, or 404: also for another institution's row, which must not be told from one that is not there. */
export function found<T>(row: T | undefined | null): T {
  if (row === undefined || row === null) throw new DomainError('NOT_FOUND', { key: 'row.notFound' })
  return row
}
