import { z } from 'zod'

/** How the platform was asked: for one post by its id, or for the account's own list. */
export const lookKinds = ['status', 'list'] as const
export type LookKind = (typeof lookKinds)[number]

/** What a look showed. `unread` and `no_answer`: nothing was learnt. */
export const lookResults = [
  'pending',
  'published',
  'rejected',
  'removed',
  'gone',
  'no_answer',
  'one',
  'none',
  'several',
  'unread',
] as const
export type LookResult = (typeof lookResults)[number]

/** A post the account's list held, beside the one looked for. */
export const lookCandidate = z.object({
  remoteId: z.string(),
  remoteUrl: z.string().nullable(),
  caption: z.string(),
  createdAt: z.iso.datetime(),
  durationMs: z.number().nullable(),
  /** Account, time, words and length all agree. */
  fits: z.boolean(),
})
export type LookCandidate = z.infer<typeof lookCandidate>

/** One look, or several in a row that showed the same. */
export const publicationLook = z.object({
  kind: z.enum(lookKinds),
  result: z.enum(lookResults),
  detail: z.string(),
  candidates: z.array(lookCandidate),
  firstAt: z.iso.datetime(),
  at: z.iso.datetime(),
  times: z.int(),
})
export type PublicationLook = z.infer<typeof publicationLook>
