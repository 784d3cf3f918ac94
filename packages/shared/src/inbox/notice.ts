import type { Bilingual } from '../text.ts'

/** What a notice is about; people may mute a kind, robots choose the kinds they pass on. */
export const noticeKinds = [
  'hand_off',
  'publish_trouble',
  'proof_doubt',
  'account_health',
  'alarm',
] as const
export type NoticeKind = (typeof noticeKinds)[number]
export const noticeKindLabels = {
  hand_off: { zh: '手机发布', en: 'Hand-offs' },
  publish_trouble: { zh: '发布问题', en: 'Publishing trouble' },
  proof_doubt: { zh: '凭证存疑', en: 'Doubtful proofs' },
  account_health: { zh: '账号健康', en: 'Account health' },
  alarm: { zh: '系统告警', en: 'Alarms' },
} as const satisfies Record<NoticeKind, Bilingual>

/** `urgent` is heard in quiet hours and cannot be muted. */
export const severities = ['info', 'warning', 'urgent'] as const
export type Severity = (typeof severities)[number]
export const severityLabels = {
  info: { zh: '提示', en: 'Note' },
  warning: { zh: '注意', en: 'Warning' },
  urgent: { zh: '紧急', en: 'Urgent' },
} as const satisfies Record<Severity, Bilingual>

/** What a notice opens; `system` opens the health page. */
export const noticeSubjects = ['publication', 'account', 'content', 'robot', 'system'] as const
export type NoticeSubject = (typeof noticeSubjects)[number]
