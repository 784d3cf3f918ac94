import { noticeKindLabels, severities } from '@xingbo/shared/inbox/notice'
import { noticePath } from '@xingbo/shared/inbox/notice-path'
import { quietAround } from '@xingbo/shared/inbox/quiet.rules'
import {
  nextCallAt,
  ROBOT_DEADLINE_MS,
  ROBOT_RETRY_MS,
  robotLimits,
  robotUrlVerdict,
  silenceAfterTooMany,
  stillCounting,
} from '@xingbo/shared/inbox/robot.rules'
import { type Message, messages, say } from '@xingbo/shared/messages'
import type { Tx } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { RobotAnswer, RobotText } from '../../platforms/robots.ts'
import { ringAfterCommit } from '../audit/audit.ts'
import { notify } from './notice.service.ts'
import { robotRing } from './robot.job.ts'
import {
  findGathering,
  findRobotMessage,
  listLines,
  moveLines,
  moveRobotMessage,
  noteRobot,
  placeOf,
  type RobotLineRow,
  type RobotMessageRow,
  type RobotRow,
  robotById,
} from './robot.repository.ts'
import { quietHoursOf } from './robot-line.service.ts'

/** A process that stopped in the middle of a call left its message for longer than any call may take. */
const LEASE_MS = ROBOT_DEADLINE_MS * 3

export const sandboxOriginOf = ({ settings }: Pick<Deps, 'settings'>): string | null =>
  settings.sandboxPort === null ? null : `http://127.0.0.1:${settings.sandboxPort}`

/** Takes one call out of the robot's allowance, or says when there will be one. */
export async function takeCall(tx: Tx, robot: RobotRow, at: Date): Promise<Date | null> {
  const now = at.getTime()
  const limits = robotLimits[robot.kind]
  const recent = stillCounting(limits, robot.recent, now)
  const next = Math.max(nextCallAt(limits, recent, now), robot.blockedUntil?.getTime() ?? 0)
  if (next > now) return new Date(next)
  await noteRobot(tx, robot.id, { recent: [...recent, now] })
  return null
}

/** Says `text` through the robot; an address that is not (or no longer) allowed is never called. */
export async function sayThrough(
  deps: Deps,
  robot: RobotRow,
  text: RobotText,
): Promise<RobotAnswer> {
  const { dataKey } = await placeOf(deps.db.read, robot.institutionId)
  const vault = deps.vault.of(dataKey)
  const url = vault.open(`robots.url.${robot.id}`, robot.url)
  const allowed = robotUrlVerdict(robot.kind, url, sandboxOriginOf(deps))
  if (!allowed.ok)
    return {
      kind: 'refused',
      code: 'address',
      message: say(robot.language, allowed.reason),
      category: 'validation',
      retryable: false,
    }
  const secret = robot.secret && vault.open(`robots.secret.${robot.id}`, robot.secret)
  return deps.robots({ kind: robot.kind, url, secret, text })
}

/** Writes down what the platform answered, for the settings page and the limiter. */
export async function noteAnswer(
  tx: Tx,
  robot: RobotRow,
  answer: RobotAnswer,
  at: Date,
): Promise<void> {
  await noteRobot(tx, robot.id, {
    lastAt: at,
    lastOk: answer.kind === 'ok',
    lastCode: answer.kind === 'unknown' ? answer.why : answer.code,
    lastMessage: answer.kind === 'unknown' ? answer.detail : answer.message,
    ...(answer.kind === 'refused' &&
      answer.category === 'rate_limited' && {
        blockedUntil: new Date(at.getTime() + silenceAfterTooMany[robot.kind]),
      }),
  })
}

/** The job behind a robot's ring: sends the message if its time and the robot's allowance have come. */
export async function sendRobotMessage(deps: Deps, messageId: string): Promise<void> {
  const taken = await deps.db.inTransaction((tx) => take(deps, tx, messageId))
  if (!taken) return
  const { message, robot, lines } = taken
  const { shortName } = await placeOf(deps.db.read, robot.institutionId)
  const answer = await sayThrough(deps, robot, textOf(deps, robot, shortName, lines))
  await deps.db.inTransaction((tx) => settle(deps, tx, message, robot, answer))
}

type Taken = {
  readonly message: RobotMessageRow
  readonly robot: RobotRow
  readonly lines: readonly RobotLineRow[]
}

async function take(deps: Deps, tx: Tx, messageId: string): Promise<Taken | null> {
  const at = deps.now()
  const message = await findRobotMessage(tx, messageId)
  if (!message || message.sendAt > at) return null
  if (message.state === 'sending') {
    // Whoever was sending stopped before the answer: it may have arrived, so it is not sent again.
    await moveRobotMessage(tx, message, { state: 'unknown' })
    return null
  }
  if (message.state !== 'waiting') return null
  const robot = await robotById(tx, message.robotId)
  const lines = await listLines(tx, messageId)
  if (!robot || robot.archivedAt || robot.pausedAt || lines.length === 0) {
    await moveRobotMessage(tx, message, { state: 'withdrawn' })
    return null
  }
  const urgent = lines.some(({ severity }) => severity === 'urgent')
  const quiet = urgent ? null : quietAround(at, await quietHoursOf(tx, robot.institutionId))
  const later = quiet?.end ?? (await takeCall(tx, robot, at))
  if (later) {
    await wait(tx, at, message, later)
    return null
  }
  const sending = await moveRobotMessage(tx, message, {
    state: 'sending',
    attempts: message.attempts + 1,
    sendAt: new Date(at.getTime() + LEASE_MS),
  })
  return sending ? { message: sending, robot, lines } : null
}

async function wait(tx: Tx, at: Date, message: RobotMessageRow, sendAt: Date): Promise<void> {
  const moved = await moveRobotMessage(tx, message, { state: 'waiting', sendAt })
  if (moved) await ringAfterCommit(tx, at, robotRing(moved))
}

async function settle(
  deps: Deps,
  tx: Tx,
  message: RobotMessageRow,
  robot: RobotRow,
  answer: RobotAnswer,
): Promise<void> {
  const at = deps.now()
  await noteAnswer(tx, robot, answer, at)
  const said = {
    answerCode: answer.kind === 'unknown' ? answer.why : answer.code,
    answerMessage: answer.kind === 'unknown' ? answer.detail : answer.message,
  }
  if (answer.kind === 'ok') {
    await moveRobotMessage(tx, message, { state: 'sent', sentAt: at, ...said })
    return
  }
  if (answer.kind === 'unknown') {
    await moveRobotMessage(tx, message, { state: 'unknown', ...said })
    return
  }
  const backoff = ROBOT_RETRY_MS[message.attempts - 1]
  if (answer.retryable && backoff !== undefined) {
    const silence = answer.category === 'rate_limited' ? silenceAfterTooMany[robot.kind] : 0
    const sendAt = new Date(at.getTime() + Math.max(backoff, silence))
    const gathering = await findGathering(tx, robot.id, message.groupKey)
    if (!gathering) {
      await wait(tx, at, message, sendAt)
      return
    }
    // More has gathered for the same item meanwhile: it is told in one message.
    await moveLines(tx, message.id, gathering.id)
  }
  await moveRobotMessage(tx, message, { state: 'failed', ...said })
  await notify(tx, deps, {
    institutionId: robot.institutionId,
    to: { roles: ['admin'] },
    kind: 'alarm',
    severity: 'warning',
    subject: { type: 'robot', id: robot.id },
    message: {
      key: 'inbox.robot.failing',
      values: { name: robot.name, message: `${answer.message} (${answer.code})` },
    },
    mergeKey: `robot:${robot.id}:${message.id}`,
    // A robot that fails is not told through robots.
    robots: false,
  })
}

const isKey = (key: string): key is Message['key'] => key in messages

function textOf(
  { settings }: Pick<Deps, 'settings'>,
  robot: RobotRow,
  institution: string,
  lines: readonly RobotLineRow[],
): RobotText {
  const { language } = robot
  const worst = [...lines].sort(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity),
  )[0]
  const kind = worst ? noticeKindLabels[worst.kind][language] : ''
  return {
    title: `${{ zh: '杏播', en: 'Xingbo' }[language]} · ${institution} · ${kind}`,
    language,
    lines: lines.flatMap((line) =>
      isKey(line.messageKey)
        ? [
            {
              text: say(language, { key: line.messageKey, values: line.messageValues }),
              href: `${settings.publicUrl}${noticePath(line.kind, { type: line.subjectType, id: line.subjectId })}`,
            },
          ]
        : [],
    ),
  }
}
