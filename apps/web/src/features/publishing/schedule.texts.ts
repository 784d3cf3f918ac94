import type { Texts } from '@xingbo/shared/text'

export const scheduleTexts = {
  schedule: { zh: '排期', en: 'Schedule' },
  title: { zh: '排期：{title}', en: 'Schedule: {title}' },
  close: { zh: '取消', en: 'Cancel' },
  cannot: { zh: '现在还不能排期', en: 'This cannot be scheduled yet' },
  first: { zh: '第一条的时间', en: 'Time of the first post' },
  spacing: { zh: '每条间隔（分钟）', en: 'Minutes between posts' },
  spacingHint: {
    zh: '0 表示所有账号同一时间发；单独改过时间的账号不受影响。',
    en: '0 sends all at the same time; accounts with a time of their own keep it.',
  },
  nextFree: { zh: '排到下一个空档', en: 'Next free slot' },
  noFree: {
    zh: '{accounts}没有空档：先在日历的「发布时段」里添加',
    en: 'No free slot for {accounts}: add one under Posting times on the calendar',
  },
  separator: { zh: '、', en: ', ' },
  why: { zh: '重复也要发的理由', en: 'Why it goes out again' },
  whyOn: { zh: '{account} 重复也要发的理由', en: 'Why it goes out again on {account}' },
  zone: { zh: '所有时间按{zone}', en: 'All times are in {zone}' },
  accounts: { zh: '账号', en: 'Accounts' },
  chosen: { zh: '已选 {n} 个', en: '{n} chosen' },
  noAccounts: { zh: '还没有平台账号', en: 'There are no accounts yet' },
  noAccountsHint: {
    zh: '请管理员先在「机构与资质」里添加平台账号。',
    en: 'Ask an administrator to add accounts under Institution.',
  },
  choose: { zh: '选择 {account}', en: 'Choose {account}' },
  ready: { zh: '可以发布', en: 'Ready' },
  notMeant: { zh: '这条内容没有计划发这个平台', en: 'The item was not made for this platform' },
  foreign: {
    zh: '这是{who}的账号，内容不是以{who}的名义做的',
    en: 'This account belongs to {who}; the item was not made in that name',
  },
  ownTime: { zh: '{account} 的时间', en: 'Time for {account}' },
  followPlan: { zh: '跟随统一时间', en: 'Follow the plan' },
  preview: { zh: '看预览', en: 'Preview' },
  previewOf: { zh: '预览 {account}', en: 'Preview {account}' },
  previewTitle: {
    zh: '发出去就是这样：{account}',
    en: 'Exactly what goes out: {account}',
  },
  noWords: {
    zh: '签发的脚本里没有这个平台的文案。',
    en: 'The signed script has no caption for this platform.',
  },
  submit: { zh: '排期 {n} 条', en: 'Schedule {n}' },
  allOrNone: {
    zh: '要么全部排上，要么一条都不排。',
    en: 'All of them are scheduled, or none.',
  },
  refused: {
    zh: '一条都没有排上，请看标红的账号',
    en: 'Nothing was scheduled; see the account marked in red',
  },
  done: { zh: '已排期 {n} 条', en: '{n} scheduled' },
  itemPosts: { zh: '这条内容的发布单', en: 'Publications of this item' },
  noPosts: { zh: '还没有发布单', en: 'No publications yet' },
  noPostsHint: {
    zh: '排期后，每个账号一条发布单，在这里看它走到哪一步。',
    en: 'Scheduling makes one publication per account; watch each of them here.',
  },
} as const satisfies Texts
