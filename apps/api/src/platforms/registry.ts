import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Platform } from '@xingbo/shared/accounts/platform'
import { bilibiliAdapter } from './bilibili/publisher.ts'
import { douyinAdapter } from './douyin/handoff.ts'
import { kuaishouAdapter } from './kuaishou/publisher.ts'
import { withLastLook } from './last-look.ts'
import { manualAdapter } from './manual.ts'
import type { PlatformAdapter, PlatformTools } from './platform.port.ts'
import type { PlatformSettings } from './settings.ts'
import { wechatOaAdapter } from './wechat-oa/publisher.ts'
import { weiboAdapter } from './weibo/publisher.ts'

const realTools: PlatformTools = {
  now: () => new Date(),
  nonce: () => randomBytes(16).toString('hex'),
  pause: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
}

/**
 * One line per platform: adding one is a folder here, a line here, and its capability in shared. An `api` adapter
 * stands in `withLastLook`: tests/platforms/last-look.test.ts tries each.
 */
export function buildPlatforms(settings: PlatformSettings, tools: Partial<PlatformTools> = {}) {
  const given = { ...realTools, ...tools }
  return {
    douyin: douyinAdapter(settings, given),
    xiaohongshu: manualAdapter('xiaohongshu'),
    kuaishou: withLastLook(kuaishouAdapter(settings, given)),
    channels: manualAdapter('channels'),
    wechat_oa: withLastLook(wechatOaAdapter(settings, given)),
    bilibili: withLastLook(bilibiliAdapter(settings, given)),
    weibo: withLastLook(weiboAdapter(settings, given)),
    toutiao: manualAdapter('toutiao'),
    jd_health: manualAdapter('jd_health'),
  } satisfies Record<Platform, PlatformAdapter>
}
export type Platforms = ReturnType<typeof buildPlatforms>
