import type { Texts } from '@xingbo/shared/text'

export const inboxTexts = {
  title: { zh: '收件箱', en: 'Inbox' },
  purpose: {
    zh: '到点提醒、发布问题和告警都在这里；点一条就到它说的地方。',
    en: 'Reminders, publishing trouble and alarms; each opens what it is about.',
  },
  unread: { zh: '未读', en: 'Unread' },
  all: { zh: '全部', en: 'All' },
  show: { zh: '显示', en: 'Show' },
  kind: { zh: '类别', en: 'About' },
  anyKind: { zh: '全部类别', en: 'All kinds' },
  readAll: { zh: '全部标为已读', en: 'Mark all read' },
  readDone: { zh: '已标为已读', en: 'Marked as read' },
  what: { zh: '内容', en: 'What' },
  severity: { zh: '程度', en: 'Severity' },
  at: { zh: '时间', en: 'When' },
  settled: { zh: '已处理', en: 'Settled' },
  times: { zh: '共 {n} 次', en: '{n} times' },
  none: { zh: '没有未读', en: 'Nothing unread' },
  noneHint: {
    zh: '新的提醒会自动出现在这里。',
    en: 'New notices appear here by themselves.',
  },
  noneAll: { zh: '还没有通知', en: 'No notices yet' },
  mute: { zh: '不打扰', en: 'Mute' },
  muteHint: {
    zh: '勾选的类别仍会列出，但不计入未读数。紧急的总会提醒。',
    en: 'Ticked kinds are listed but not counted. Urgent ones always count.',
  },
  muted: { zh: '已设不打扰', en: 'Muted' },
} as const satisfies Texts
