import type {
  FindingCategory,
  FindingKind,
  FindingSpan,
  Severity,
} from '@xingbo/shared/compliance/finding.schema'

/** What a matcher saw, before the nature of the content decides what it means. */
export interface Candidate extends FindingSpan {
  readonly ruleId: string
  readonly category: FindingCategory
  readonly kind: FindingKind
  /** As it stands on a 科普 post. */
  readonly severity: Severity
  /** A legal absolute whatever the rule says of the rest, such as 无效退款. */
  readonly absolute: boolean
  /** Codes of data/sources.csv where the term list names a closer article than the rule does. */
  readonly sources: readonly string[]
  readonly also: readonly FindingSpan[]
}

/** A field's name and original text. */
export interface Field {
  readonly field: string
  readonly text: string
}
