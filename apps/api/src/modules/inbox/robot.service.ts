import type { Actor } from '@xingbo/shared/identity/actor'
import type { RobotKind } from '@xingbo/shared/inbox/robot'
import { robotUrlVerdict } from '@xingbo/shared/inbox/robot.rules'
import type { addRobot, changeRobot } from '@xingbo/shared/inbox/robot.schema'
import { say } from '@xingbo/shared/messages'
import type { z } from 'zod'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import {
  editRobot,
  findRobot,
  insertRobot,
  placeOf,
  type RobotRow,
  withdrawAllOf,
} from './robot.repository.ts'
import { noteAnswer, sandboxOriginOf, sayThrough, takeCall } from './robot-send.service.ts'

const hostOf = (url: string): string => new URL(url).host

/** WeCom's address is its whole secret; the other two are only as safe as their signing secret. */
function assertSecret(kind: RobotKind, given: boolean): void {
  if (kind !== 'wecom' && !given)
    throw new DomainError('RULE_VIOLATION', { key: 'inbox.robot.secretNeeded' })
}

export async function createRobot(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof addRobot.body>,
): Promise<RobotRow> {
  const { kind, name, url, language, kinds } = input
  assertVerdict(robotUrlVerdict(kind, url, sandboxOriginOf(deps)))
  const secret = kind === 'wecom' ? undefined : input.secret
  assertSecret(kind, secret !== undefined)
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const id = newId('rbt', at.getTime())
    const { dataKey } = await placeOf(tx, actor.institutionId)
    const vault = deps.vault.of(dataKey)
    await insertRobot(tx, {
      id,
      institutionId: actor.institutionId,
      kind,
      name,
      url: vault.seal(`robots.url.${id}`, url),
      secret: secret === undefined ? null : vault.seal(`robots.secret.${id}`, secret),
      host: hostOf(url),
      language,
      kinds,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'robot.added',
      subjectType: 'robot',
      subjectId: id,
      detail: { robot: kind, host: hostOf(url) },
    })
    return found(await findRobot(tx, actor.institutionId, id))
  })
}

export async function editRobotOf(
  deps: Deps,
  actor: Actor,
  robotId: string,
  input: z.output<typeof changeRobot.body>,
): Promise<RobotRow> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const before = found(await findRobot(tx, institutionId, robotId))
    if (before.archivedAt) throw new DomainError('NOT_FOUND', { key: 'row.notFound' })
    const { name, url, language, kinds, paused, revision } = input
    const secret = before.kind === 'wecom' ? undefined : input.secret
    if (url !== undefined) {
      assertVerdict(robotUrlVerdict(before.kind, url, sandboxOriginOf(deps)))
      // A secret belongs to its robot: another robot's address would be signed with the wrong one.
      assertSecret(before.kind, secret !== undefined)
    }
    const { dataKey } = await placeOf(tx, institutionId)
    const vault = deps.vault.of(dataKey)
    const row = await editRobot(
      tx,
      { institutionId, id: robotId, revision },
      {
        name,
        language,
        kinds,
        pausedAt: paused ? (before.pausedAt ?? at) : null,
        ...(url !== undefined && {
          url: vault.seal(`robots.url.${robotId}`, url),
          host: hostOf(url),
          recent: [],
          blockedUntil: null,
        }),
        ...(secret !== undefined && { secret: vault.seal(`robots.secret.${robotId}`, secret) }),
        updatedAt: at,
        updatedBy: actor.userId,
      },
    )
    if (!row) throw await stale(tx, 'robot', robotId)
    await recordAudit(tx, actor, at, {
      action: 'robot.changed',
      subjectType: 'robot',
      subjectId: robotId,
      detail: { paused, newAddress: url !== undefined, newSecret: secret !== undefined },
    })
    return row
  })
}

/** Out of the lists, with its address and secret erased and what it still had to say withdrawn. */
export async function removeRobotOf(
  deps: Deps,
  actor: Actor,
  robotId: string,
  revision: number,
): Promise<void> {
  const { institutionId } = actor
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const before = found(await findRobot(tx, institutionId, robotId))
    if (before.archivedAt) throw new DomainError('NOT_FOUND', { key: 'row.notFound' })
    const row = await editRobot(
      tx,
      { institutionId, id: robotId, revision },
      { url: '', secret: null, archivedAt: at, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'robot', robotId)
    await withdrawAllOf(tx, robotId)
    await recordAudit(tx, actor, at, {
      action: 'robot.removed',
      subjectType: 'robot',
      subjectId: robotId,
      detail: { robot: before.kind },
    })
  })
}

export type Tested = {
  outcome: 'ok' | 'refused' | 'unknown' | 'limited'
  code: string
  message: string
  nextAt: string | null
}

/** One message, now, within the robot's allowance; what comes back is the platform's own answer. */
export async function tryRobot(deps: Deps, actor: Actor, robotId: string): Promise<Tested> {
  const { institutionId } = actor
  const taken = await deps.db.inTransaction(async (tx) => {
    const robot = found(await findRobot(tx, institutionId, robotId))
    if (robot.archivedAt) throw new DomainError('NOT_FOUND', { key: 'row.notFound' })
    return { robot, nextAt: await takeCall(tx, robot, deps.now()) }
  })
  const { robot, nextAt } = taken
  if (nextAt) return { outcome: 'limited', code: '', message: '', nextAt: nextAt.toISOString() }
  const { shortName } = await placeOf(deps.db.read, institutionId)
  const { language, name } = robot
  const answer = await sayThrough(deps, robot, {
    title: { zh: '杏播 · 测试消息', en: 'Xingbo · test message' }[language],
    language,
    lines: [
      {
        text: say(language, {
          key: 'inbox.robot.test',
          values: { name, institution: shortName },
        }),
        href: deps.settings.publicUrl,
      },
    ],
  })
  await deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    await noteAnswer(tx, robot, answer, at)
    await recordAudit(tx, actor, at, {
      action: 'robot.tested',
      subjectType: 'robot',
      subjectId: robotId,
      detail: { outcome: answer.kind },
    })
  })
  return answer.kind === 'unknown'
    ? { outcome: 'unknown', code: answer.why, message: answer.detail, nextAt: null }
    : { outcome: answer.kind, code: answer.code, message: answer.message, nextAt: null }
}
