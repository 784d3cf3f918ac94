import type { Texts } from '@xingbo/shared/text'

export const workTexts = {
  title: { zh: '工作台', en: 'My work' },
  purpose: {
    zh: '{name}，这些事在等您，最急的在前。',
    en: '{name}, this waits for you, most pressing first.',
  },
  purposeManager: {
    zh: '{name}，先看例外：发布问题、没人接手的手机发布、逾期和账号。手机发布晚了会升级到您的收件箱。',
    en: '{name}, exceptions first: publishing trouble, hand-offs nobody took, overdue work, accounts. Late hand-offs escalate to your inbox.',
  },
  inbox: { zh: '收件箱', en: 'Inbox' },
  inboxUnread: { zh: '收件箱 · {n} 条未读', en: 'Inbox · {n} unread' },
  nothing: { zh: '现在没有等您处理的事', en: 'Nothing waits for you right now' },
  nothingHint: {
    zh: '有新的待办会自动出现在这里。',
    en: 'New work appears here by itself.',
  },
  clear: { zh: '没有等待：{kinds}', en: 'Nothing waiting: {kinds}' },
  separator: { zh: '、', en: ', ' },
  all: { zh: '看全部 {n} 项', en: 'See all {n}' },
  open: { zh: '打开', en: 'Open' },
  due: { zh: '{when} 到期', en: 'Due {when}' },
  planned: { zh: '计划 {when}', en: 'Planned {when}' },
  overdue: { zh: '已逾期', en: 'Overdue' },
  pressing: { zh: '需要处理', en: 'Act now' },
  since: { zh: '等待始于 ', en: 'Waiting since ' },
  rows: { zh: '{n} 行待确认', en: '{n} rows to settle' },
  untitledLead: { zh: '直接到访', en: 'Came directly' },
} as const satisfies Texts
