import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { reason } from '../publishing/publication.schema.ts'
import { alarmSignals, systemSignals } from './alarm.ts'
import { signalStates } from './health.rules.ts'

/** One thing that is watched, as it was a moment ago. */
export const signalReading = z.object({
  signal: z.enum(systemSignals),
  state: z.enum(signalStates),
  /** In the unit of `signalLimits`; null where it could not be measured. */
  value: z.number().nullable(),
  /** Since when it stands as it does, as far as known. */
  since: z.iso.datetime(),
})
export type SignalReading = z.infer<typeof signalReading>

/** Something that was or is wrong, as people were told. */
export const episode = z.object({
  id: z.string(),
  signal: z.enum(alarmSignals),
  /** The account's id where it is about one. */
  accountId: z.string().nullable(),
  message: reason,
  beganAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type Episode = z.infer<typeof episode>

export const getHealth = defineEndpoint({
  route: 'GET /api/health',
  summary:
    'What is watched, what is wrong now and what was: the installation and this institution’s accounts',
  response: z.object({
    checkedAt: z.iso.datetime(),
    signals: z.array(signalReading),
    /** Of this institution's accounts and credentials, going on now. */
    troubles: z.array(episode),
    /** The newest, ended and going on. */
    episodes: z.array(episode),
  }),
})
