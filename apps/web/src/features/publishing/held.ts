import type { Publication } from '@xingbo/shared/publishing/publication.schema'

type Post = Pick<Publication, 'state' | 'reason'>

const ofGate = ['publishing.onHold', 'publishing.notConnected']
const aboutAccount = ['account.', 'publishing.notConnected']

const keyOf = ({ state, reason }: Post): string =>
  (state === 'scheduled' || state === 'queued') && reason ? reason.key : ''

/** A post that will not go out at its time as things stand, though its time has not come or passed yet. */
export const isHeld = (post: Post): boolean =>
  ['account.', 'doctor.', 'health.', ...ofGate].some((start) => keyOf(post).startsWith(start))

/** Held for something that is put right on its account's page. */
export const isHeldByAccount = (post: Post): boolean =>
  aboutAccount.some((start) => keyOf(post).startsWith(start))
