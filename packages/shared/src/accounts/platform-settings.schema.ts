import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { platforms } from './platform.ts'

/** Whom our calls reach: the stand-in on this machine, the platform itself, or an address of one's own. */
export const platformModes = ['sandbox', 'real', 'custom'] as const
export type PlatformMode = (typeof platformModes)[number]

export const getPlatformSettings = defineEndpoint({
  route: 'GET /api/settings/platforms',
  summary:
    'Which platforms are spoken to, where, and whether credentials are set (never the values)',
  response: z.object({
    publicUrl: z.string(),
    /** An application here may post to Douyin without a person. */
    douyinDirect: z.boolean(),
    items: z.array(
      z.object({
        platform: z.enum(platforms),
        baseUrl: z.string(),
        mode: z.enum(platformModes),
        /** Null: each account brings its own. */
        credentialsSet: z.boolean().nullable(),
        /** Names of the settings to fill in, as README lists them. */
        settings: z.array(z.string()),
        /** What to enter in the platform's own console; null: each account has its own. */
        callbackUrl: z.string().nullable(),
      }),
    ),
  }),
})
