import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Platform } from '@xingbo/shared/accounts/platform'
import type { EndpointOutput } from '@xingbo/shared/contract'
import { formOf } from '@xingbo/shared/publishing/snapshot.schema'
import * as api from '@xingbo/shared/publishing/worker.schema'
import type {
  Claim,
  PublishFiles,
  PublishLedger,
} from '../modules/publishing/publish-run.service.ts'
import type { Submitted } from '../platforms/platform.port.ts'
import type { WorkerApi } from './api.ts'
import type { KeptAnswer, KeptAnswers } from './kept-answers.ts'

type Claimed = Extract<EndpointOutput<typeof api.workerClaim>, { kind: 'claimed' }>
export type RemoteClaim = Claim & Pick<Claimed, 'token' | 'files'>

/** A ring that is for the server itself may take as long as a platform takes to answer it. */
const CLAIM_DEADLINE_MS = 180_000
/** Part of a lease a step may wait for a server that is away: the rest is for what follows. */
const PATIENCE = 0.6
/** The last yes is worth nothing when it comes later than this. */
const BEGIN_PATIENCE_MS = 6_000
/** An answer a platform gave is told however long the server is away. */
const FOREVER_MS = 7 * 24 * 3_600_000

const heldOf = ({ publicationId, fence }: Claim) => ({ publicationId, fence })

/**
 * What the server keeps of an answer; the raw evidence stays here. An answer turned away for its length would be
 * lost, so a platform's words are cut to what the server takes.
 */
function tellable(answer: Submitted): KeptAnswer['answer'] {
  if (answer.kind === 'unknown')
    return { ...answer, detail: answer.detail.slice(0, api.LONGEST_WORDS) }
  if (answer.kind === 'refused')
    return { ...answer, message: answer.message.slice(0, api.LONGEST_WORDS) }
  const { kind, remoteId, remoteUrl } = answer
  return { kind, remoteId, remoteUrl }
}

/**
 * The ledger of a server elsewhere. The token of a claim lives in this object's hands only; the files lie in
 * `dir` until the post is out.
 */
export function httpLedger(
  server: WorkerApi,
  options: {
    readonly dir: string
    /** The platforms this machine is set up for; others it does not take. */
    readonly platforms: readonly Platform[]
    readonly kept: KeptAnswers
    readonly signal: AbortSignal
  },
): PublishLedger<RemoteClaim> {
  const { dir, kept, signal } = options
  const within = ({ leaseMs }: Claim) => ({ ms: leaseMs * PATIENCE, signal })

  return {
    async claim(publicationId) {
      const answer = await server.insist(
        api.workerClaim,
        { publicationId, claimKey: crypto.randomUUID(), platforms: [...options.platforms] },
        { ms: 20_000, signal, deadlineMs: CLAIM_DEADLINE_MS },
      )
      if (answer.kind === 'nothing') return null
      const { fence, leaseMs, snapshot, resumeFrom, token, files } = answer
      const { platform } = snapshot
      return { publicationId, fence, leaseMs, platform, snapshot, resumeFrom, token, files }
    },

    async token(claim, turnedAway) {
      if (turnedAway === undefined) return claim.token
      const body = { ...heldOf(claim), turnedAway }
      const { token } = await server.insist(api.workerToken, body, {
        ...within(claim),
        deadlineMs: CLAIM_DEADLINE_MS,
      })
      return token ?? claimLost
    },

    async files(claim, lost) {
      if (!claim.files) return null
      const folder = join(dir, `${claim.publicationId}-${claim.fence}`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const files: PublishFiles = {
        mediaPath: join(folder, 'media'),
        coverPath: join(folder, 'cover'),
        done: () => rm(folder, { recursive: true, force: true }),
      }
      const fetched = async (path: string, to: string): Promise<boolean> => {
        const response = await server.file(path, lost)
        if (!response?.body) return false
        await pipeline(Readable.fromWeb(response.body as never), createWriteStream(to))
        return true
      }
      // A text or picture post does not carry the cut.
      const wanted = formOf(claim.snapshot) === 'video'
      const got =
        (!wanted || (await fetched(claim.files.media, files.mediaPath))) &&
        (await fetched(claim.files.cover, join(folder, 'cover')))
      if (!got) await files.done()
      return got ? files : null
    },

    async noteUpload(claim, uploadId, done) {
      const body = { ...heldOf(claim), uploadId, done }
      return (await server.insist(api.workerUpload, body, within(claim))).held
    },
    async renew(claim) {
      return (await server.ask(api.workerRenew, heldOf(claim))).held
    },
    async beginSending(claim) {
      const how = { ms: BEGIN_PATIENCE_MS, signal }
      return (await server.insist(api.workerBegin, heldOf(claim), how)).held
    },
    async release(claim) {
      await server.ask(api.workerRelease, heldOf(claim))
    },

    async settle(claim, answer, token) {
      const told = { ...heldOf(claim), answer: tellable(answer) }
      await kept.keep(told)
      const aboutToken = answer.kind === 'refused' && answer.category === 'auth_revoked'
      await server.insist(
        api.workerSettle,
        { ...told, token: aboutToken ? token : null },
        { ms: FOREVER_MS },
      )
      await kept.forget(told)
    },
  }
}

/** Tells the server what an earlier run of this worker could not. */
export async function tellKept(server: WorkerApi, kept: KeptAnswers): Promise<number> {
  const answers = await kept.all()
  for (const answer of answers) {
    await server.insist(api.workerSettle, { ...answer, token: null }, { ms: FOREVER_MS })
    await kept.forget(answer)
  }
  return answers.length
}

const claimLost = {
  kind: 'refused',
  category: 'unreachable',
  code: 'claim_lost',
  message: '',
  retryable: true,
} as const
