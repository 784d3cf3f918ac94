import type { FastifyBaseLogger } from 'fastify'
import type { Database } from './db/database.ts'
import type { Settings } from './env.ts'
import type { Platforms } from './platforms/registry.ts'
import type { RobotSender } from './platforms/robots.ts'
import type { Vault } from './security/vault.ts'

/** What a service is given; tests hand in their own clock, file and settings. */
export type Deps = {
  readonly db: Database
  readonly now: () => Date
  /** How far `now` is ahead of the time elsewhere; null, or left out, where nobody is there to compare with. */
  readonly clockSkewMs?: () => number | null
  readonly vault: Vault
  readonly settings: Settings
  /** The platforms behind their port; tests and the demo point them at the sandbox. */
  readonly platforms: Platforms
  /** Sends to a group robot of WeCom, DingTalk or Feishu. */
  readonly robots: RobotSender
  readonly log: FastifyBaseLogger
}
