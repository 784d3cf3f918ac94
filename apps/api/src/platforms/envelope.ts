import type { PlatformErrorCategory } from '@xingbo/shared/publishing/platform-error'
import type { z } from 'zod'
import { redact, type WireAnswer } from './http.ts'
import type { Answer, Refused, Unknown } from './platform.port.ts'

export type CodeMeaning = {
  readonly category: PlatformErrorCategory
  /** Documented as said before anything is accepted: may end a submission as a definite no. */
  readonly precedesAcceptance: boolean
  readonly retryable: boolean
}
export type CodeTable = ReadonlyMap<string, CodeMeaning>

/** What the platforms all do: HTTP 200 with success or an error code inside the body. */
export type Envelope =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string }

const unknown = (why: Unknown['why'], detail: string): Unknown => ({ kind: 'unknown', why, detail })

/**
 * Reads one answer. On a submission only codes of the allow-list are a definite no, all else is unknown;
 * a read may be repeated, so there every documented code keeps its category.
 */
export function readEnvelope<S extends z.ZodType>(
  wire: WireAnswer,
  how: {
    readonly envelope: (body: unknown) => Envelope | null
    readonly codes: CodeTable
    readonly value: S
    readonly purpose: 'submit' | 'read'
    readonly secrets: readonly string[]
  },
): Answer<z.output<S>> {
  if (wire.kind !== 'json') return wire
  const envelope = how.envelope(wire.body)
  if (!envelope) return wire.byStatus ?? unknown('unreadable', 'no result code in the answer')
  if (envelope.ok) {
    // Success in the body of a refusal contradicts itself: nothing to rely on.
    if (wire.status >= 300) return unknown('unreadable', `success in an http_${wire.status}`)
    const value = how.value.safeParse(wire.body)
    return value.success
      ? { kind: 'ok', value: value.data }
      : unknown('no_id', value.error.issues.map((issue) => issue.path.join('.')).join(', '))
  }
  const meaning = how.codes.get(envelope.code)
  const message = redact(envelope.message, how.secrets)
  if (meaning && (meaning.precedesAcceptance || how.purpose === 'read')) {
    const refused: Refused = {
      kind: 'refused',
      code: envelope.code,
      message,
      category: meaning.category,
      retryable: meaning.retryable,
      ...(wire.byStatus?.retryAfterSeconds !== undefined && {
        retryAfterSeconds: wire.byStatus.retryAfterSeconds,
      }),
    }
    return refused
  }
  if (!meaning && wire.byStatus) return { ...wire.byStatus, message }
  return unknown(meaning ? 'server_error' : 'unknown_code', `${envelope.code} ${message}`.trim())
}
