import { no, type Verdict, yes } from '../verdict.ts'

/** What may be done to a person of one's own institution; who may do it at all stands in permissions.ts. */
export const userCan = {
  /** Nobody shuts themselves out or changes their own role: the last administrator would lock the house. */
  changeAccess: (user: { id: string }, actor: { userId: string }): Verdict =>
    user.id === actor.userId ? no('identity.notYourself') : yes,
}
