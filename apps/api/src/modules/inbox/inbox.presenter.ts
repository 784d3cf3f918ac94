import type { Notice } from '@xingbo/shared/inbox/notice.schema'
import type { Robot, RobotMessage } from '@xingbo/shared/inbox/robot.schema'
import type { NoticeRow } from './notice.repository.ts'
import type { RobotLineRow, RobotMessageRow, RobotRow } from './robot.repository.ts'

export const presentNotice = (row: NoticeRow): Notice => ({
  id: row.id,
  kind: row.kind,
  severity: row.severity,
  subject: { type: row.subjectType, id: row.subjectId },
  message: { key: row.messageKey, values: row.messageValues },
  times: row.times,
  muted: row.muted,
  at: row.at.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
  settledAt: row.settledAt?.toISOString() ?? null,
})

/** Without the address and the secret: they are written once and never shown. */
export const presentRobot = (row: RobotRow, now: Date): Robot => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  host: row.host,
  signed: row.secret !== null,
  language: row.language,
  kinds: row.kinds,
  paused: row.pausedAt !== null,
  last: row.lastAt && {
    at: row.lastAt.toISOString(),
    ok: row.lastOk === true,
    code: row.lastCode ?? '',
    message: row.lastMessage ?? '',
  },
  blockedUntil: row.blockedUntil && row.blockedUntil > now ? row.blockedUntil.toISOString() : null,
  revision: row.revision,
})

export const presentRobotMessage = (
  row: RobotMessageRow,
  lines: readonly RobotLineRow[],
): RobotMessage => ({
  id: row.id,
  state: row.state,
  lines: lines
    .filter(({ messageId }) => messageId === row.id)
    .map(({ messageKey, messageValues }) => ({ key: messageKey, values: messageValues })),
  attempts: row.attempts,
  createdAt: row.createdAt.toISOString(),
  sendAt: row.sendAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
  answer:
    row.answerCode === null ? null : { code: row.answerCode, message: row.answerMessage ?? '' },
})
