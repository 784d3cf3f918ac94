import type { Texts } from '@xingbo/shared/text'

export const slotTexts = {
  title: { zh: '发布时段', en: 'Posting times' },
  hint: {
    zh: '每个账号自己的固定时段；批量排期和「下一个空档」都按它来。改时段不会动已经排好的。',
    en: 'Fixed times of each account; scheduling many and “next free slot” go by them. Changing one moves nothing that is scheduled.',
  },
  add: { zh: '添加时段', en: 'Add a time' },
  addTo: { zh: '给 {account} 添加时段', en: 'Add a time to {account}' },
  edit: { zh: '修改时段', en: 'Change the time' },
  change: { zh: '修改', en: 'Change' },
  changeOf: { zh: '修改 {account} 的「{name}」', en: 'Change “{name}” of {account}' },
  remove: { zh: '删除', en: 'Remove' },
  removeOf: { zh: '删除 {account} 的「{name}」', en: 'Remove “{name}” of {account}' },
  removeTitle: { zh: '删除时段「{name}」？', en: 'Remove “{name}”?' },
  removeLoss: {
    zh: '以后不再往这个时段排；已经排在这个时段的发布单不受影响。',
    en: 'Nothing more is put there; posts scheduled at that time stay.',
  },
  keep: { zh: '保留', en: 'Keep' },
  removed: { zh: '已删除', en: 'Removed' },
  none: { zh: '还没有时段', en: 'No times yet' },
  name: { zh: '名称', en: 'Name' },
  nameHint: { zh: '例如 早高峰', en: 'Such as “Morning rush”' },
  weekdays: { zh: '星期', en: 'Weekdays' },
  time: { zh: '时间', en: 'Time' },
  startsOn: { zh: '从哪天开始', en: 'From' },
  endsOn: { zh: '到哪天为止', en: 'Until' },
  endsHint: { zh: '不填表示一直有效', en: 'Leave empty for no end' },
  until: { zh: '到 {day}', en: 'until {day}' },
  ended: { zh: '已结束', en: 'Ended' },
  from: { zh: '{day} 起', en: 'from {day}' },
  everyDay: { zh: '每天', en: 'Every day' },
  workdays: { zh: '周一至周五', en: 'Monday to Friday' },
  weekend: { zh: '周末', en: 'Weekends' },
  zone: { zh: '时间按{zone}', en: 'Times in {zone}' },
  bestHour: {
    zh: '{hour}:00–{next}:00 播放最好，中位数 {plays}（{n} 条）',
    en: '{hour}:00–{next}:00 does best, median {plays} plays ({n} posts)',
  },
  bestWeekday: {
    zh: '{day}播放最好，中位数 {plays}（{n} 条）',
    en: '{day} does best, median {plays} plays ({n} posts)',
  },
  notEnough: {
    zh: '数据不够：近 {weeks} 周只有 {n} 条有播放数据，至少要 {min} 条',
    en: 'Not enough data: {n} posts with known plays in {weeks} weeks; at least {min} are needed',
  },
  thin: {
    zh: '数据不够：近 {weeks} 周有 {n} 条，但没有一个钟点满 {bucket} 条',
    en: 'Not enough data: {n} posts in {weeks} weeks, but no hour has {bucket} of them',
  },
  basis: {
    zh: '按近 {weeks} 周发布满 2 天的 {n} 条',
    en: 'From {n} posts of the last {weeks} weeks, each out for 2 days or more',
  },
} as const satisfies Texts
