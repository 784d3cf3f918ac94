import type { FindingCategory, Severity } from '@xingbo/shared/compliance/finding.schema'

/**
 * A way of saying that breaks a rule without a listed term. Written in the notation of
 * lexicon.ts over folded text: `,` `:` `?` `!` `;` are half-width, `。` and `、` are not.
 */
export interface Phrase {
  readonly rule: string
  readonly category: FindingCategory
  readonly severity: Severity
  readonly re: string
  /** Somewhere in the same sentence: not this after all. */
  readonly unless?: string
  /** A legal absolute whatever else the rule covers. */
  readonly absolute?: true
  /** With a concrete source in the sentence this is a citation (R44), not a boast. */
  readonly cited?: true
  /** Denial around it does not excuse it: 没有一个治不好的. */
  readonly free?: true
}
