import { no, type Verdict, yes } from '../verdict.ts'
import type { NoticeSettings } from './notice.schema.ts'

/** What holds until an institution says otherwise. */
export const defaultNoticeSettings: NoticeSettings = {
  quietFrom: '22:30',
  quietUntil: '07:30',
  beforeMinutes: [30, 5],
  escalateAfterMinutes: 60,
  revision: 0,
}

export function quietVerdict({
  quietFrom,
  quietUntil,
}: Pick<NoticeSettings, 'quietFrom' | 'quietUntil'>): Verdict {
  if (quietFrom === null && quietUntil === null) return yes
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil)
    return no('inbox.settings.badQuiet')
  return yes
}
