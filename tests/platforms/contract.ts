import type { Platform } from '@xingbo/shared/accounts/platform'
import type { CaptionInput } from '@xingbo/shared/publishing/caption.rules'
import type { PlatformErrorCategory } from '@xingbo/shared/publishing/platform-error'
import type { PostForm } from '@xingbo/shared/publishing/post-form'
import type {
  AccountContext,
  ApiAdapter,
  PlatformAdapter,
  PublishContext,
} from '../../apps/api/src/platforms/platform.port.ts'
import { apiAdapterOf } from '../../apps/api/src/platforms/platform.port.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import type { PlatformSettings } from '../../apps/api/src/platforms/settings.ts'
import { settingsForSandbox } from '../../apps/api/src/sandbox/sandbox.ts'
import {
  bilibiliContract,
  douyinContract,
  kuaishouContract,
  wechatOaContract,
  weiboContract,
} from './contract-cases.ts'
import { apps, fileOf, type Setup, setup, snapshotOf, tempDir } from './support.ts'

/**
 * What every platform of the registry must keep, and the little that differs between them.
 *
 * To add a platform: write its folder in apps/api/src/platforms, its line in registry.ts, its capability in shared and
 * its sandbox in apps/api/src/sandbox; then, where it posts by API, an `ApiContract` in contract-cases.ts and a line in
 * `apiContracts`. contract.test.ts finds every adapter by itself and fails while one has no entry here. What one
 * platform alone does (parts, resuming, its own signature) gets a test file of its own.
 */
export type ApiContract = {
  readonly platform: Platform
  /** What it posts: the capability of that form holds. */
  readonly form: PostForm
  /** Words it takes; `n` makes them differ from post to post. */
  readonly words: (n: number) => CaptionInput
  /** The sandbox's names of the irreversible call, of asking for one post, and of the list. */
  readonly ops: { readonly publish: string; readonly info: string; readonly list: string }
  /** Further settings the adapter needs before it may post by API at all. */
  readonly switchedOn?: (url: string) => Partial<PlatformSettings>
  /** The settings without an application; null where each account brings its own. */
  readonly unconfigured: ((url: string) => Partial<PlatformSettings>) | null
  /** The settings with only this platform at another address. */
  readonly aimedAt: (url: string) => Partial<PlatformSettings>
  /** A token for an account of the sandbox, without the consent page. */
  readonly accessToken: (world: Setup, account: string) => Promise<string>
  /** Every code its documents name, and one they do not; what a submission answered with it must mean. */
  readonly codes: readonly CodeCase[]
  /** One of them that is a refusal, to carry an echoed token. */
  readonly refusal: number
  /** Whether the platform tells a post in review from one that is out. */
  readonly tellsReview: boolean
  /** What it tells of a post its review turned down, and of one taken away. */
  readonly rejected: 'rejected' | 'not_found'
  readonly removed: 'removed' | 'not_found'
  /** An id nobody has there, in its own shape. */
  readonly strangeId: string
  /** Whether its list names a post as the submission did. */
  readonly listsSameId: boolean
  /** What the list shows of a caption, where the platform changes it. */
  readonly shown?: (caption: string) => string | RegExp
  /** Its interface has no title field, although a person's way has one. */
  readonly dropsTitle?: true
  /** A post carries the cut's bytes. */
  readonly carriesVideo: boolean
  readonly tokens: ConsentCase | { readonly kind: 'app' }
}
/** Code, then either a refusal's category and whether to try again, or why it stays unknown. */
export type CodeCase =
  | readonly [code: number, category: PlatformErrorCategory, retryable: boolean]
  | readonly [code: number, unknown: 'server_error' | 'unknown_code']

export type ConsentCase = {
  readonly kind: 'consent'
  /** How long the access token lasts in the sandbox. */
  readonly lifeMs: number
  /**
   * `both`: a refresh gives both anew, the old one is spent · `access`: the refresh token stays, and its end with
   * it · `none`: its owner consents again.
   */
  readonly refresh: 'both' | 'access' | 'none'
  /** The code answered to a call with a token that has ended. */
  readonly expiredCode: string
  readonly deadCode: string
}

/** Platforms that can post by API, the switched ones included. */
export const apiContracts: Readonly<Partial<Record<Platform, ApiContract>>> = {
  kuaishou: kuaishouContract,
  bilibili: bilibiliContract,
  weibo: weiboContract,
  wechat_oa: wechatOaContract,
  douyin: douyinContract,
}

/** Adapters for one platform, at `url` and with `over`; the clock stands where the world's does. */
function platformsAt(contract: ApiContract, world: Setup, over: Partial<PlatformSettings>) {
  const settings = {
    ...settingsForSandbox(world.url, apps),
    ...contract.switchedOn?.(world.url),
    ...over,
  }
  return buildPlatforms(settings, {
    now: () => new Date(world.clock.now),
    pause: async () => undefined,
  })
}
const byApi = (adapter: PlatformAdapter): ApiAdapter => {
  const api = apiAdapterOf(adapter)
  if (!api) throw new Error(`${adapter.platform} does not post by API`)
  return api
}

/** A sandbox, an account with a token, files, and everything a post of this platform needs. */
export async function open(contract: ApiContract, account = `${contract.platform}-1`) {
  const world = await setup()
  const { platform, form } = contract
  const files = tempDir()
  const video = fileOf(files, 'video.mp4', 20_000)
  const cover = fileOf(files, 'cover.jpg', 3000, 2)
  const at = (over: Partial<PlatformSettings> = {}) =>
    byApi(platformsAt(contract, world, over)[platform])
  const adapter = at()
  const context = async (name: string): Promise<PublishContext> => ({
    accessToken: await contract.accessToken(world, name),
    mediaPath: video.path,
    coverPath: cover.path,
  })
  const ctx = await context(account)
  const snapshot = (n = 1) => ({
    ...snapshotOf(platform, video, cover, { ...contract.words(n), form }),
    form,
    ...(contract.words(n).link !== undefined && { link: contract.words(n).link }),
  })
  const upload = async (n = 1, how: PublishContext = ctx) => {
    const answer = await adapter.upload(how, snapshot(n))
    if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.uploadId
  }
  return {
    ...world,
    adapter,
    at,
    ctx,
    context,
    snapshot,
    upload,
    cover,
    video,
    submit: async (n = 1, by: ApiAdapter = adapter, how: PublishContext = ctx) =>
      by.submit(how, snapshot(n), await upload(n, how)),
    /** What the list must say of the nth post. */
    shownCaption: (n = 1): string | RegExp => {
      const { caption } = snapshot(n).rendered
      return contract.shown?.(caption) ?? caption
    },
  }
}
export const reading = ({ accessToken }: PublishContext): AccountContext => ({ accessToken })
