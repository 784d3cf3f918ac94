import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { revisionField } from '../pagination.ts'
import { languages } from '../text.ts'
import { noticeKinds } from './notice.ts'
import { robotKinds, robotMessageStates } from './robot.ts'

const params = z.object({ robotId: z.string() })

export const robot = z.object({
  id: z.string(),
  kind: z.enum(robotKinds),
  name: z.string(),
  /** The host of its address; the address itself is never shown again. */
  host: z.string(),
  signed: z.boolean(),
  language: z.enum(languages),
  kinds: z.array(z.enum(noticeKinds)),
  paused: z.boolean(),
  /** The platform's own answer to the last message; null before the first. */
  last: z
    .object({
      at: z.iso.datetime(),
      ok: z.boolean(),
      code: z.string(),
      message: z.string(),
    })
    .nullable(),
  /** Nothing is sent before this: the platform asked for a pause. */
  blockedUntil: z.iso.datetime().nullable(),
  revision: z.int(),
})
export type Robot = z.infer<typeof robot>

const name = z.string().trim().min(1).max(40)
const kinds = z.array(z.enum(noticeKinds)).min(1).max(noticeKinds.length)
const url = z.string().trim().min(1).max(500)
const secret = z.string().trim().min(1).max(200)

export const listRobots = defineEndpoint({
  route: 'GET /api/robots',
  summary: 'Group robots of this institution, without their addresses and secrets',
  response: z.object({
    items: z.array(robot),
    /** Where the sandbox plays robots; null outside the demo. */
    sandboxUrl: z.string().nullable(),
  }),
})

export const addRobot = defineEndpoint({
  route: 'POST /api/robots',
  summary: 'Add a group robot',
  body: z.object({
    kind: z.enum(robotKinds),
    name,
    url,
    /** The signing secret; WeCom has none. */
    secret: secret.optional(),
    language: z.enum(languages).default('zh'),
    kinds,
  }),
  response: robot,
})

/** An address or secret that is left out stays as it is. */
export const changeRobot = defineEndpoint({
  route: 'PATCH /api/robots/:robotId',
  summary: 'Change a group robot',
  params,
  body: z.object({
    name,
    url: url.optional(),
    secret: secret.optional(),
    language: z.enum(languages),
    kinds,
    paused: z.boolean(),
    revision: revisionField,
  }),
  response: robot,
})

export const removeRobot = defineEndpoint({
  route: 'POST /api/robots/:robotId/remove',
  summary: 'Remove a group robot; its address and secret are erased',
  params,
  body: z.object({ revision: revisionField }),
  response: z.object({ removed: z.boolean() }),
})

export const testRobot = defineEndpoint({
  route: 'POST /api/robots/:robotId/test',
  summary: 'Send a test message and show the platform’s own answer',
  params,
  response: z.object({
    outcome: z.enum(['ok', 'refused', 'unknown', 'limited']),
    code: z.string(),
    message: z.string(),
    /** When a message may go out again, if the limit is reached. */
    nextAt: z.iso.datetime().nullable(),
  }),
})

export const robotMessage = z.object({
  id: z.string(),
  state: z.enum(robotMessageStates),
  lines: z.array(
    z.object({
      key: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  attempts: z.int(),
  createdAt: z.iso.datetime(),
  sendAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  answer: z.object({ code: z.string(), message: z.string() }).nullable(),
})
export type RobotMessage = z.infer<typeof robotMessage>

export const listRobotMessages = defineEndpoint({
  route: 'GET /api/robots/:robotId/messages',
  summary: 'What a robot said last, and what became of it',
  params,
  response: z.object({ items: z.array(robotMessage) }),
})
