/** What the rules of the line ask about one content item; gathered by the server, shown by the web. */
export type LineFacts = {
  /** The newest numbered script revision; null before the first. */
  readonly script: {
    readonly number: number
    readonly sha256: string
    readonly authorId: string
  } | null
  /** Somebody has written on since that revision. */
  readonly draftAhead: boolean
  /** SHA-256 the doctor's standing sign-off binds to; null when there is none or an edit voided it. */
  readonly signedSha256: string | null
  readonly compliance: {
    /** SHA-256 of the revision the engine last ran on. */
    readonly ranSha256: string | null
    readonly openBlocks: number
    readonly openReviews: number
    /** SHA-256 a reviewer passed; null when none or voided. */
    readonly passedSha256: string | null
  }
  readonly cut: {
    /** The cut chosen for publishing is checked and playable. */
    readonly ready: boolean
    readonly uploadedBy: string | null
  }
}
