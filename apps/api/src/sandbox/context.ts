import type { Store } from './store.ts'

/** What the product's applications are called at the platforms the sandbox plays. */
export type SandboxApps = {
  readonly kuaishou: { readonly appId: string; readonly appSecret: string }
  readonly douyin: { readonly clientKey: string; readonly clientSecret: string }
  readonly bilibili: { readonly clientId: string; readonly clientSecret: string }
  readonly weibo: { readonly appKey: string; readonly appSecret: string }
}
/** What every part of the sandbox works with. */
export type SandboxContext = {
  readonly store: Store
  readonly apps: SandboxApps
  /** The sandbox's own clock, which a test may set ahead. */
  readonly now: () => number
  /** The clock on the wall, not set ahead: what a message is signed with. */
  readonly wallClock: () => number
  /** An unguessable hex string of 32 digits. */
  readonly nonce: () => string
  /** From acceptance to "published": transcoding and review, in the real thing minutes. */
  readonly pendingMs: number
  /** Where Douyin's events go; nobody is told when null. */
  readonly webhookUrl: string | null
  readonly webhookRetryMs: number
}
