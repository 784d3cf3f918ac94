import { defaultNoticeSettings } from '@xingbo/shared/inbox/notice.rules'
import { type QuietHours, quietAround } from '@xingbo/shared/inbox/quiet.rules'
import { GATHER_MS } from '@xingbo/shared/inbox/robot.rules'
import type { Reader, Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import { ringAfterCommit } from '../audit/audit.ts'
import type { Telling } from './notice.service.ts'
import { robotRing } from './robot.job.ts'
import {
  findGathering,
  findNoticeSettings,
  insertLine,
  insertRobotMessage,
  listRobotsFor,
  moveRobotMessage,
  placeOf,
} from './robot.repository.ts'

/**
 * Gives what was told to every robot that passes its kind on: into the message that is gathering for the same
 * item, or a new one. In quiet hours it waits for their end, unless it is urgent.
 */
export async function passToRobots(tx: Tx, at: Date, telling: Telling): Promise<void> {
  const { institutionId, kind, severity, subject, message, mergeKey } = telling
  const robots = await listRobotsFor(tx, institutionId, kind)
  if (robots.length === 0) return
  const quiet = severity === 'urgent' ? null : await quietHoursOf(tx, institutionId)
  const sendAt = quietAround(at, quiet)?.end ?? new Date(at.getTime() + GATHER_MS)
  const groupKey = telling.groupKey ?? `${subject.type}:${subject.id}`
  for (const robot of robots) {
    const gathering = await findGathering(tx, robot.id, groupKey)
    const messageId = gathering?.id ?? newId('rbm', at.getTime())
    const line = await insertLine(tx, {
      id: newId('rbl', at.getTime()),
      institutionId,
      robotId: robot.id,
      messageId,
      mergeKey,
      kind,
      severity,
      subjectType: subject.type,
      subjectId: subject.id,
      messageKey: message.key,
      messageValues: { ...message.values },
      at,
    })
    if (!line) continue
    if (!gathering) {
      const made = { id: messageId, attempts: 0, sendAt }
      await insertRobotMessage(tx, {
        ...made,
        institutionId,
        robotId: robot.id,
        groupKey,
        state: 'waiting',
        createdAt: at,
      })
      await ringAfterCommit(tx, at, robotRing(made))
    } else if (gathering.attempts === 0 && sendAt < gathering.sendAt) {
      const sooner = await moveRobotMessage(tx, gathering, { sendAt })
      if (sooner) await ringAfterCommit(tx, at, robotRing(sooner))
    }
  }
}

export async function quietHoursOf(db: Reader, institutionId: string): Promise<QuietHours | null> {
  const { quietFrom, quietUntil } =
    (await findNoticeSettings(db, institutionId)) ?? defaultNoticeSettings
  if (quietFrom === null || quietUntil === null) return null
  const { timeZone } = await placeOf(db, institutionId)
  return { from: quietFrom, until: quietUntil, timeZone }
}
