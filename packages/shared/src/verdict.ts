import type { Message } from './messages.ts'

/** A rule answers yes, or says why not in words the person can act on. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: Message }

export const yes: Verdict = { ok: true }
export const no = (key: Message['key'], values?: Message['values']): Verdict => ({
  ok: false,
  reason: { key, ...(values && { values }) },
})
