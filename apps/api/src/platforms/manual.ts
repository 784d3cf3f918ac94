import type { Platform } from '@xingbo/shared/accounts/platform'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import type { ManualAdapter } from './platform.port.ts'

/** A platform a person posts on by hand; its words, checklist and link shapes are in the capability. */
export const manualAdapter = (platform: Platform): ManualAdapter => ({
  platform,
  route: 'manual',
  capability: platformCapabilities[platform],
})
