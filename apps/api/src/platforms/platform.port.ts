import type { Platform } from '@xingbo/shared/accounts/platform'
import type { PlatformCapability } from '@xingbo/shared/publishing/platform-capabilities'
import type { PlatformErrorCategory, UnknownReason } from '@xingbo/shared/publishing/platform-error'
import type { PublishSnapshot } from '@xingbo/shared/publishing/snapshot.schema'

/**
 * A definite no: nothing became of the call. Only causes known to precede acceptance are told this way
 * (no connection, failed TLS, documented validation, authorisation and quota codes).
 */
export type Refused = {
  readonly kind: 'refused'
  /** The platform's code, `http_429`, or the system's (`ECONNREFUSED`). */
  readonly code: string
  /** The platform's own words, tokens blacked out; may be empty. */
  readonly message: string
  readonly category: PlatformErrorCategory
  /** Trying again later, after a token refresh where the category says so, may succeed. */
  readonly retryable: boolean
  readonly retryAfterSeconds?: number
}
/** Nobody knows. After a submission this is never a reason to send again, only to look. */
export type Unknown = {
  readonly kind: 'unknown'
  readonly why: UnknownReason
  readonly detail: string
}
export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | Refused | Unknown

export type Submitted =
  | {
      readonly kind: 'accepted'
      readonly remoteId: string
      readonly remoteUrl: string | null
      /** The platform's answer as evidence; holds no token. */
      readonly raw: unknown
    }
  | Refused
  | Unknown

export type RemoteStatus =
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'published'
      readonly remoteUrl: string
      readonly createdAt: Date | null
      readonly caption: string | null
    }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Taken away for good by its author or the platform, after it had been there. */
  | { readonly kind: 'removed'; readonly reason: string }
  /** Not there: too early just after a submission, gone once it has been seen. */
  | { readonly kind: 'not_found' }
  | Refused
  | Unknown

/** A post as the platform's own list shows it; what is not told is null, never 0. */
export type RemotePost = {
  readonly remoteId: string
  readonly remoteUrl: string
  /** The title field's words; null where the platform has no such field. */
  readonly title: string | null
  readonly caption: string
  readonly createdAt: Date
  readonly pending: boolean
  readonly durationMs: number | null
  readonly counts: PostCounts
}
export type PostCounts = {
  readonly plays: number | null
  readonly likes: number | null
  readonly comments: number | null
  readonly shares: number | null
  /** Saves, favourites, 在看: whatever the platform calls keeping a post. */
  readonly favorites: number | null
}

export type TokenSet = {
  /** '' in the answer to a refresh where the platform does not say it again. */
  readonly openId: string
  /** All an adapter needs to act for the account; opaque to everybody else. */
  readonly accessToken: string
  readonly accessTokenExpiresAt: Date
  /** Null: nothing to refresh with, so its owner consents again when it ends (Weibo). */
  readonly refreshToken: string | null
  /** The last moment a refresh can work; where the platform publishes none, that of the access token. */
  readonly refreshTokenExpiresAt: Date
  readonly scopes: readonly string[]
}

/** The account's owner lets us act for it, in the browser. */
export type ConsentTokens = {
  readonly kind: 'consent'
  /** Where the account's owner gives consent; the answer comes to `redirectUri` with `code` and `state`. */
  authorizeUrl(input: { readonly state: string; readonly redirectUri: string }): string
  /** `redirectUri` as in `authorizeUrl`: some platforms compare the two. */
  exchangeCode(
    code: string,
    how: { readonly redirectUri: string; readonly signal?: AbortSignal },
  ): Promise<Answer<TokenSet>>
  /** Gives the tokens anew; one at a time per account, the caller sees to that. */
  refresh(refreshToken: string, signal?: AbortSignal): Promise<Answer<TokenSet>>
  /** Where a refresh leaves the refresh token's own end as it was (Douyin): how to move that end, and how often. */
  readonly renewal?: {
    readonly limit: number
    renew(
      refreshToken: string,
      signal?: AbortSignal,
    ): Promise<Answer<Pick<TokenSet, 'refreshTokenExpiresAt'> & { readonly refreshToken: string }>>
  }
}
/** The account's own AppID and AppSecret, as a person copied them from its back office. */
export type AppCredentials = { readonly appId: string; readonly appSecret: string }
/** Each account is an application of its own (公众号): nobody consents, nothing is refreshed. */
export type AppTokens = {
  readonly kind: 'app'
  /** A token good now; `fresh` asks for another than the one the platform has just turned away. */
  issue(
    app: AppCredentials,
    how: { readonly fresh: boolean; readonly signal?: AbortSignal },
  ): Promise<Answer<TokenSet>>
}

/** What reading needs of an account. `signal` ends the call early, e.g. at shutdown. */
export type AccountContext = {
  readonly accessToken: string
  readonly signal?: AbortSignal
}
export type PublishContext = AccountContext & {
  /** The cut. A picture or an article does not carry it; see `formOf` in shared. */
  readonly mediaPath: string
  /** The snapshot's cover, checked against it; where the snapshot has none, the video's poster frame. */
  readonly coverPath: string | null
  /** Called once, as soon as the platform has named the upload: persist it, and pass it to the next try. */
  readonly onUploadStarted?: (uploadId: string) => Promise<void>
  /** For `submit`: asked right before the irreversible call's first byte; false calls it off. */
  readonly mayStillSend?: () => boolean
}

type Described<R extends string> = {
  readonly platform: Platform
  readonly route: R
  readonly capability: PlatformCapability
}

/** Publishing by the platform's API: upload (repeatable) → submit (once) → checkStatus → listRecent. */
export type ApiAdapter = Described<'api'> & {
  /** Whether an application's credentials are set; without them every call is refused. */
  readonly configured: boolean
  /**
   * Brings the video to the platform; no public effect, may be repeated. With the id of an interrupted
   * upload it sends only what is missing. `uploadId` is opaque and goes into `submit`.
   */
  upload(
    ctx: PublishContext,
    snapshot: PublishSnapshot,
    resumeFrom?: string | null,
  ): Promise<Answer<{ readonly uploadId: string }>>
  /**
   * The one irreversible call. Never repeats anything by itself. After `media_invalid` the upload is spent:
   * the next try uploads anew, without `resumeFrom`.
   */
  submit(ctx: PublishContext, snapshot: PublishSnapshot, uploadId: string): Promise<Submitted>
  checkStatus(ctx: AccountContext, remoteId: string): Promise<RemoteStatus>
  /** The account's posts created at or after `since`, newest first, each once. */
  listRecent(ctx: AccountContext, since: Date): Promise<Answer<readonly RemotePost[]>>
  readonly tokens: ConsentTokens | AppTokens
  readonly metrics: {
    post(ctx: AccountContext, remoteId: string): Promise<Answer<PostCounts>>
    account(ctx: AccountContext): Promise<Answer<{ readonly followers: number | null }>>
  }
}

export type ConsentAdapter = ApiAdapter & { readonly tokens: ConsentTokens }

/** What an account's own events are signed (Token) and encrypted (EncodingAESKey) with. */
export type EventKeys = {
  readonly appId: string
  readonly token: string
  readonly encodingAesKey: string
}
export type AccountEvent =
  /** Not signed by the platform, or not in the last minutes: answer 401 and change nothing. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'settled'
      /** Same for every delivery of one event: de-duplicate by it. */
      readonly messageId: string
      readonly remoteId: string
      readonly status: RemoteStatus
    }
  | { readonly kind: 'other'; readonly event: string }
/** Where each account has an address of its own for what the platform tells us. */
export type AccountEvents = {
  /** What to answer when the platform checks the address; null: it was not the platform. */
  answerCheck(keys: EventKeys, query: Readonly<Record<string, string | undefined>>): string | null
  read(
    keys: EventKeys,
    query: Readonly<Record<string, string | undefined>>,
    rawBody: Buffer,
  ): AccountEvent
}
export type AppAdapter = ApiAdapter & {
  readonly tokens: AppTokens
  readonly events: AccountEvents
}

export type HandoffTicket = {
  /** Comes back in the platform's webhook; persist it before the link is shown. */
  readonly shareId: string
  /** The app's own scheme; `openUrl` is what a QR code or button should carry. */
  readonly schemaUrl: string
  readonly openUrl: string
  readonly expiresAt: Date
}
export type WebhookReading =
  /** Not signed by the platform: answer 401 and change nothing. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'unreadable' }
  /** Answer 200 with `reply`. */
  | { readonly kind: 'challenge'; readonly reply: { readonly challenge: unknown } }
  | {
      readonly kind: 'posted'
      /** Same for every delivery of one event: de-duplicate by it. */
      readonly messageId: string | null
      /** Of the hand-off it came from; null of a post made without a person. */
      readonly shareId: string | null
      readonly remoteId: string
      readonly remoteUrl: string | null
      readonly openId: string
    }
  /** The account's owner has withdrawn the consent. */
  | {
      readonly kind: 'unauthorized'
      readonly messageId: string | null
      readonly openId: string
    }
  | { readonly kind: 'other'; readonly event: string; readonly messageId: string | null }

/** Publishing by a person who confirms in the platform's app what we prepared. */
export type HandoffAdapter = Described<'handoff'> & {
  readonly configured: boolean
  /** Posting without a person, where the application here was granted it; null while that is switched off. */
  readonly direct: ApiAdapter | null
  /** `mediaUrl` must be reachable by the phone, without a login. No public effect; repeatable. */
  prepare(
    ctx: { readonly mediaUrl: string; readonly signal?: AbortSignal },
    snapshot: PublishSnapshot,
  ): Promise<Answer<HandoffTicket>>
  readWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): WebhookReading
}

/** Publishing wholly by hand: the words, the file, the checklist and the proof are all there is. */
export type ManualAdapter = Described<'manual'>

export type PlatformAdapter = ApiAdapter | HandoffAdapter | ManualAdapter

/** The adapter that posts by API on this platform, whatever its usual way is; null where only a person can. */
export function apiAdapterOf(adapter: PlatformAdapter): ApiAdapter | null {
  if (adapter.route === 'api') return adapter
  return adapter.route === 'handoff' ? adapter.direct : null
}

/** What an adapter is given; tests put in their own clock, nonces and pauses. */
export type PlatformTools = {
  readonly now: () => Date
  /** An unguessable hex string. */
  readonly nonce: () => string
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>
}
