import type { Platform } from '@xingbo/shared/accounts/platform'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'
import {
  type ApiAdapter,
  apiAdapterOf,
  type PlatformAdapter,
  type Submitted,
} from '../../platforms/platform.port.ts'
import type { UsableToken } from '../accounts/account-token.service.ts'

/** What a claim hands to whoever sends: the frozen words, and the fence every later step is proved with. */
export type Claim = {
  readonly publicationId: string
  readonly fence: number
  /** The claim is lost when it has not been renewed for this long. */
  readonly leaseMs: number
  readonly platform: Platform
  readonly snapshot: PublishSnapshot
  readonly resumeFrom: string | null
}

export type PublishFiles = {
  readonly mediaPath: string
  readonly coverPath: string | null
  /** The files are not needed any more. */
  done(): Promise<void>
}

/**
 * The ledger as the one who sends sees it: in one process a direct call, on another machine the API over HTTP.
 * `false` and `null` mean: this claim is not (or no longer) yours, stop.
 */
export type PublishLedger<C extends Claim = Claim> = {
  claim(publicationId: string): Promise<C | null>
  /** A token for this claim alone; `turnedAway` is the one the platform has just called expired. */
  token(claim: C, turnedAway?: string): Promise<UsableToken>
  /** The frozen files where this process can read them; null when they are not there. */
  files(claim: C, signal: AbortSignal): Promise<PublishFiles | null>
  noteUpload(claim: C, uploadId: string, done: boolean): Promise<boolean>
  renew(claim: C): Promise<boolean>
  /** The last look before the irreversible call. Only after `true` may the bytes leave, and soon. */
  beginSending(claim: C): Promise<boolean>
  /** Gives an unsent claim back, so that another takes it at once. */
  release(claim: C): Promise<void>
  /** `token` is what the answer came to, where the answer is about the token. May be told twice. */
  settle(claim: C, answer: Submitted, token: string | null): Promise<void>
}

/**
 * A named place in a publication's life where a test may end or stop the process. In the product it does nothing.
 */
export type Checkpoint = (
  step: 'claimed' | 'uploaded' | 'begun' | 'sent' | 'answered' | 'committed',
  publicationId: string,
) => void | Promise<void>

export type RunOptions = {
  readonly platforms: Readonly<Record<Platform, PlatformAdapter>>
  readonly checkpoint: Checkpoint
  /** Set when this process stops: claims not yet being sent are given back. */
  readonly stopping?: AbortSignal
}

/**
 * From the ledger's yes to the first byte. A yes grows old: a hold may have come since, and a process that was
 * stopped in between must not send when it wakes.
 */
const SEND_WITHIN_MS = 8_000
/** The lease counts as over this much before it is: our clock may run a little slower than the ledger's. */
const LEASE_MARGIN = 0.1

type Moment = { readonly monotonic: number; readonly wall: number }
const moment = (): Moment => ({ monotonic: performance.now(), wall: Date.now() })
/**
 * Milliseconds since then, the larger of what two clocks say: the monotonic one stands still while the machine
 * sleeps, the other one can be set.
 */
const since = (then: Moment): number =>
  Math.max(performance.now() - then.monotonic, Date.now() - then.wall)

/** Claim, upload, one irreversible call, write down what came of it; every step is on disk before the next. */
export async function runPublish<C extends Claim>(
  ledger: PublishLedger<C>,
  publicationId: string,
  { platforms, checkpoint, stopping }: RunOptions,
): Promise<void> {
  const asked = moment()
  const claim = await ledger.claim(publicationId)
  if (!claim) return
  await checkpoint('claimed', publicationId)
  const lease = keepLease(ledger, claim, asked, stopping)
  try {
    const sent = await send(ledger, claim, lease, {
      adapter: apiAdapter(platforms, claim),
      checkpoint,
    })
    if (!sent) return
    await checkpoint('answered', publicationId)
    await ledger.settle(claim, sent.answer, sent.token)
    await checkpoint('committed', publicationId)
  } finally {
    lease.end()
  }
}

const apiAdapter = (platforms: RunOptions['platforms'], { platform }: Claim): ApiAdapter | null =>
  apiAdapterOf(platforms[platform])

type Lease = {
  /** Whether, by our own clock, nobody else can have taken the claim. */
  held(): boolean
  /** Set when the claim is lost or this process stops: whatever can be repeated ends. */
  readonly signal: AbortSignal
  readonly stopping: boolean
  end(): void
}

/** A large film on a slow line takes longer than a lease; as long as this process lives, its claim does. */
function keepLease<C extends Claim>(
  ledger: PublishLedger<C>,
  claim: C,
  claimedAt: Moment,
  stopping: AbortSignal = new AbortController().signal,
): Lease {
  const lost = new AbortController()
  let renewedAt = claimedAt
  const renew = async () => {
    const asked = moment()
    if (await ledger.renew(claim)) renewedAt = asked
    else lost.abort()
  }
  // A renewal that fails is no harm: the fence decides, and the next is due before the lease ends.
  const timer = setInterval(() => void renew().catch(() => undefined), claim.leaseMs / 3)
  timer.unref()
  return {
    held: () => !lost.signal.aborted && since(renewedAt) < claim.leaseMs * (1 - LEASE_MARGIN),
    signal: AbortSignal.any([lost.signal, stopping]),
    get stopping() {
      return stopping.aborted
    },
    end: () => clearInterval(timer),
  }
}

/** What came of it, and the token it was sent with; null when it was called off before anything was sent. */
type Sent = { readonly answer: Submitted; readonly token: string | null }

async function send<C extends Claim>(
  ledger: PublishLedger<C>,
  claim: C,
  lease: Lease,
  { adapter, checkpoint }: { adapter: ApiAdapter | null; checkpoint: Checkpoint },
): Promise<Sent | null> {
  const callOff = async () => {
    if (lease.stopping && lease.held()) await ledger.release(claim)
    return null
  }
  const files = adapter && (await ledger.files(claim, lease.signal))
  if (lease.signal.aborted) return callOff()
  if (!files) return { answer: notConfigured, token: null }
  const { snapshot } = claim
  const { mediaPath, coverPath } = files
  const upload = async (turnedAway?: string) => {
    const token = await ledger.token(claim, turnedAway)
    if (token.kind === 'refused') return token
    const ctx = {
      accessToken: token.accessToken,
      mediaPath,
      coverPath,
      signal: lease.signal,
      onUploadStarted: async (uploadId: string) => {
        await ledger.noteUpload(claim, uploadId, false)
      },
    }
    return { ctx, answer: await adapter.upload(ctx, snapshot, claim.resumeFrom) }
  }
  try {
    let tried = await upload()
    // A token the platform has just called expired is replaced and the upload tried once more.
    if (
      'ctx' in tried &&
      tried.answer.kind === 'refused' &&
      tried.answer.category === 'auth_expired'
    )
      tried = await upload(tried.ctx.accessToken)
    if (lease.signal.aborted) return await callOff()
    if ('kind' in tried) return { answer: tried, token: null }
    const { ctx, answer } = tried
    const token = ctx.accessToken
    // Nothing public has happened yet, so even an unknown end of an upload may be tried again.
    if (answer.kind === 'unknown') return { answer: passing('unreachable', answer.detail), token }
    if (answer.kind === 'refused') return { answer, token }
    const { uploadId } = answer.value
    if (!(await ledger.noteUpload(claim, uploadId, true))) return null
    await checkpoint('uploaded', claim.publicationId)
    if (lease.signal.aborted || !lease.held()) return await callOff()
    const asked = moment()
    if (!(await ledger.beginSending(claim))) return null
    await checkpoint('begun', claim.publicationId)
    const mayStillSend = () => since(asked) < SEND_WITHIN_MS && lease.held()
    if (!mayStillSend()) return { answer: passing('called_off', ''), token }
    // From here on a stop waits for the answer: an upload may end early, this call may not.
    const submitting = adapter.submit(
      { accessToken: token, mediaPath, coverPath, mayStillSend },
      snapshot,
      uploadId,
    )
    await checkpoint('sent', claim.publicationId)
    return { answer: await submitting, token }
  } finally {
    await files.done()
  }
}

const notConfigured: Submitted = {
  kind: 'refused',
  code: 'not_configured',
  message: '',
  category: 'not_configured',
  retryable: false,
}
/** Nothing was sent, and another try may fare better. */
const passing = (code: 'unreachable' | 'called_off', message: string): Submitted => ({
  kind: 'refused',
  code,
  message,
  category: 'unreachable',
  retryable: true,
})
