import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { defineEndpoint } from '../contract.ts'
import { platformErrorCategories, unknownReasons } from './platform-error.ts'
import { publishSnapshot } from './snapshot.schema.ts'

/** A worker that has not called for this long is shown as away; it calls every 5 s. */
export const WORKER_AWAY_MS = 20_000
/** With a clock further off than this a worker takes no posts. */
export const WORKER_SKEW_LIMIT_MS = 60_000

export const workerView = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  createdByName: z.string().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable(),
  version: z.string().nullable(),
  host: z.string().nullable(),
  /** Its clock minus the server's; null until it has called twice. */
  skewMs: z.int().nullable(),
  /** What it holds right now. */
  inFlight: z.array(
    z.object({
      publicationId: z.string(),
      contentTitle: z.string(),
      accountName: z.string(),
      since: z.iso.datetime(),
      sending: z.boolean(),
    }),
  ),
})
export type WorkerView = z.infer<typeof workerView>

export const listWorkers = defineEndpoint({
  route: 'GET /api/workers',
  summary: 'Machines that may send this institution’s posts, and what they hold',
  response: z.object({
    items: z.array(workerView),
    serverVersion: z.string(),
    /** Whether the server sends too, and whether its queue can be reached from another machine. */
    server: z.object({ sendsItself: z.boolean(), queueShared: z.boolean(), url: z.string() }),
  }),
})

export const createWorker = defineEndpoint({
  route: 'POST /api/workers',
  summary: 'Make a credential for one more machine; it is shown this once',
  body: z.object({ name: z.string().trim().min(1).max(40) }),
  response: z.object({ worker: workerView, token: z.string() }),
})

export const revokeWorker = defineEndpoint({
  route: 'POST /api/workers/:workerId/revoke',
  summary: 'Take a machine’s credential back: it stops within seconds and what it held is freed',
  params: z.object({ workerId: z.string() }),
  response: workerView,
})

const held = z.object({ publicationId: z.string().max(60), fence: z.int().min(1) })
/** `held` false: the claim is not, or no longer, this worker's. */
const heldAnswer = z.object({ held: z.boolean() })

/** Of a platform's own words as much as this is passed on, in characters. */
export const LONGEST_WORDS = 2_000

const refused = z.object({
  kind: z.literal('refused'),
  code: z.string().max(200),
  message: z.string().max(LONGEST_WORDS),
  category: z.enum(platformErrorCategories),
  retryable: z.boolean(),
  retryAfterSeconds: z.number().nonnegative().optional(),
})
const usableToken = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok'), accessToken: z.string() }),
  refused.omit({ retryAfterSeconds: true }),
])

/** What a platform answered, as far as the ledger needs it. */
export const submitted = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    remoteId: z.string().min(1).max(500),
    remoteUrl: z.string().max(2_000).nullable(),
  }),
  refused,
  z.object({
    kind: z.literal('unknown'),
    why: z.enum(unknownReasons),
    detail: z.string().max(LONGEST_WORDS),
  }),
])

export const workerHello = defineEndpoint({
  route: 'POST /internal/worker/hello',
  summary: 'A worker says that it is there',
  body: z.object({
    version: z.string().max(60),
    host: z.string().max(200),
    skewMs: z.int().nullable(),
  }),
  response: z.object({ time: z.number(), version: z.string() }),
})

export const workerClaim = defineEndpoint({
  route: 'POST /internal/worker/claim',
  summary: 'Take a post to send it; what is not for sending is looked after by the server itself',
  body: z.object({
    publicationId: z.string().max(60),
    /** Chosen by the worker: asked twice because an answer got lost, it is one claim. */
    claimKey: z.string().min(16).max(60),
    /** The platforms this worker is set up for. */
    platforms: z.array(z.enum(platforms)).max(platforms.length),
  }),
  response: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('nothing') }),
    z.object({
      kind: z.literal('claimed'),
      fence: z.int(),
      leaseMs: z.int(),
      snapshot: publishSnapshot,
      resumeFrom: z.string().nullable(),
      token: usableToken,
      /** Addresses on the server, good for minutes; null: a file is not there any more. */
      files: z.object({ media: z.string(), cover: z.string() }).nullable(),
    }),
  ]),
})

export const workerToken = defineEndpoint({
  route: 'POST /internal/worker/token',
  summary: 'Another token for a claim, where the platform turned the first away as expired',
  body: held.extend({ turnedAway: z.string().max(4_000) }),
  response: z.object({ held: z.boolean(), token: usableToken.nullable() }),
})

export const workerUpload = defineEndpoint({
  route: 'POST /internal/worker/upload',
  summary: 'Keep the platform’s name for an upload',
  body: held.extend({ uploadId: z.string().max(4_000), done: z.boolean() }),
  response: heldAnswer,
})

export const workerRenew = defineEndpoint({
  route: 'POST /internal/worker/renew',
  summary: 'Keep a claim alive',
  body: held,
  response: heldAnswer,
})

export const workerBegin = defineEndpoint({
  route: 'POST /internal/worker/begin',
  summary: 'The last look before the one irreversible call',
  body: held,
  response: heldAnswer,
})

export const workerRelease = defineEndpoint({
  route: 'POST /internal/worker/release',
  summary: 'Give an unsent claim back',
  body: held,
  response: heldAnswer,
})

export const workerSettle = defineEndpoint({
  route: 'POST /internal/worker/settle',
  summary: 'Write down what the platform answered; may be told twice',
  body: held.extend({
    answer: submitted,
    /** Only where the platform said that consent was withdrawn: the token it said it of. */
    token: z.string().max(4_000).nullable(),
  }),
  response: heldAnswer,
})
