import type { Platform } from '../accounts/platform.ts'
import { platformCapabilities } from './platform-capabilities.ts'
import type { Fact } from './platform-sources.ts'

type Timer = Fact & { readonly minHours: number; readonly maxDays: number | null }

/**
 * How far ahead the timer in the platform's own app reaches, for posts a person makes there; where nothing is known there
 * is no entry. Warnings, not limits: none of them stands on a page of the platform's own.
 */
export const platformTimers: Partial<Readonly<Record<Platform, Timer>>> = {
  douyin: {
    minHours: 2,
    maxDays: null,
    source: 'social-auto-upload 源码',
    factDate: '2026-08-20',
    grade: 'C',
  },
  xiaohongshu: {
    minHours: 1,
    maxDays: 14,
    source: 'xpzouying/xiaohongshu-mcp PR 377',
    factDate: '2026-06-26',
    grade: 'C',
  },
  bilibili: {
    minHours: 2,
    maxDays: 15,
    source: 'renmu123/biliAPI PR 3',
    factDate: '2026-06-26',
    grade: 'C',
  },
}

/** Two posts of one account closer than this take each other's audience (house rule, where the platform says less). */
const NEAR_MS = 30 * 60_000

/** How far apart two posts of one account on this platform should stand, in milliseconds. */
export const spacingOf = (platform: Platform): number =>
  Math.max(NEAR_MS, platformCapabilities[platform].spacingSeconds.value * 1000)

/** Posts an account may make in a day; no entry where no figure is published. */
const dailyPosts: Partial<Readonly<Record<Platform, Fact & { readonly max: number }>>> = {
  bilibili: {
    max: 5,
    source: 'apifox 1106400（非正式会员，错误码 123036）',
    factDate: '2026-06-26',
    grade: 'B',
  },
}

/** Posts an account of this platform may make in a day; null where no figure is published. */
export const quotaOf = (platform: Platform): number | null => dailyPosts[platform]?.max ?? null
