import type { Actor } from '@xingbo/shared/identity/actor'
import { defaultNoticeSettings, quietVerdict } from '@xingbo/shared/inbox/notice.rules'
import type { NoticeSettings } from '@xingbo/shared/inbox/notice.schema'
import type { Reader } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import {
  findNoticeSettings,
  type NoticeSettingsRow,
  saveNoticeSettings,
} from './robot.repository.ts'

const present = (row: NoticeSettingsRow): NoticeSettings => ({
  quietFrom: row.quietFrom,
  quietUntil: row.quietUntil,
  beforeMinutes: row.beforeMinutes,
  escalateAfterMinutes: row.escalateAfterMinutes,
  revision: row.revision,
})

/** How an institution is reminded, by its own settings or the defaults. */
export async function noticeSettingsOf(db: Reader, institutionId: string): Promise<NoticeSettings> {
  const row = await findNoticeSettings(db, institutionId)
  return row ? present(row) : defaultNoticeSettings
}

export async function saveSettings(
  deps: Deps,
  actor: Actor,
  { revision, ...set }: NoticeSettings,
): Promise<NoticeSettings> {
  assertVerdict(quietVerdict(set))
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const at = deps.now()
    const row = await saveNoticeSettings(tx, revision, {
      institutionId,
      ...set,
      beforeMinutes: [...new Set(set.beforeMinutes)].sort((a, b) => b - a),
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    if (!row) throw await stale(tx, 'institution', institutionId)
    await recordAudit(tx, actor, at, {
      action: 'institution.notices_changed',
      subjectType: 'institution',
      subjectId: institutionId,
      detail: { ...set },
    })
    return present(row)
  })
}
