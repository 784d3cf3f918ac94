import type { Texts } from '@xingbo/shared/text'

export const calendarTexts = {
  title: { zh: '日历', en: 'Calendar' },
  purpose: {
    zh: '所有账号的发布时间都在这里；把左边待排期的内容拖到时间格就能排期。',
    en: 'When everything goes out, on every account; drag a ready item onto a slot to schedule it.',
  },
  purposeLook: {
    zh: '所有账号什么时候发什么，都在这里。',
    en: 'When everything goes out, on every account.',
  },
  zone: { zh: '时间按{zone}', en: 'Times in {zone}' },
  week: { zh: '周', en: 'Week' },
  month: { zh: '月', en: 'Month' },
  list: { zh: '列表', en: 'List' },
  view: { zh: '视图', en: 'View' },
  today: { zh: '今天', en: 'Today' },
  earlier: { zh: '往前', en: 'Earlier' },
  later: { zh: '往后', en: 'Later' },
  more: { zh: '还有 {n} 条', en: '{n} more' },
  noEvents: { zh: '这段时间没有发布', en: 'Nothing goes out in this period' },
  closePopover: { zh: '关闭', en: 'Close' },
  eventLabel: {
    zh: '{when}，{platform} {account}，{title}，{state}',
    en: '{when}, {platform} {account}, {title}, {state}',
  },
  cannotMove: { zh: '这条不能拖动：{why}', en: 'This one cannot be moved: {why}' },
  lookOnly: {
    zh: '您可以查看，排期由内容运营来改。',
    en: 'You may look; operators change the schedule.',
  },
  undated: { zh: '待排期', en: 'Ready to schedule' },
  undatedHint: { zh: '拖到日历上，或点「排期」', en: 'Drag onto the calendar, or choose Schedule' },
  undatedNone: { zh: '没有待排期的内容', en: 'Nothing waits to be scheduled' },
  undatedNoneHint: {
    zh: '终审通过的内容会出现在这里。',
    en: 'Items that pass the final review appear here.',
  },
  missing: { zh: '还没排：{platforms}', en: 'Not yet on {platforms}' },
  separator: { zh: '、', en: ', ' },
  schedule: { zh: '排期', en: 'Schedule' },
  scheduleItem: { zh: '给《{title}》排期', en: 'Schedule “{title}”' },
  truncated: {
    zh: '只显示前 {shown} 条，共 {total} 条，请用筛选缩小范围。',
    en: 'Showing {shown} of {total}; narrow the filters to see the rest.',
  },
} as const satisfies Texts
