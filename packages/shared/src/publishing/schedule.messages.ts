import type { Texts } from '../text.ts'

/** What scheduling many posts says: about a time, about a repeat, about a set saved together, about a file. */
export const scheduleMessages = {
  'publishing.tooClose': {
    zh: '与同账号的《{title}》只隔 {minutes} 分钟',
    en: 'Only {minutes} min from “{title}” on the same account',
  },
  'publishing.overQuota': {
    zh: '这个账号当天会超过平台每天 {max} 条的上限',
    en: 'That day the account would pass the platform’s {max} posts a day',
  },
  'publishing.beyondTimer': {
    zh: '超出平台自带定时的 {days} 天，到点要由人发',
    en: 'Beyond the {days} days of the platform’s own timer; a person posts it when due',
  },
  'publishing.beforeTimer': {
    zh: '不到 {hours} 小时，平台自带定时用不上，到点要由人发',
    en: 'Within {hours} h, so the platform’s own timer cannot be used; a person posts it when due',
  },
  'publishing.onDayOff': { zh: '当天放假', en: 'That day is a public holiday' },
  'publishing.repeatsWords': {
    zh: '与《{title}》（{day}）在同一账号上文案相同，要发请写明理由',
    en: 'Same words on this account as “{title}” ({day}); say why it goes out again',
  },
  'publishing.repeatsMedia': {
    zh: '与《{title}》（{day}）在同一账号上是同一个视频，要发请写明理由',
    en: 'Same video on this account as “{title}” ({day}); say why it goes out again',
  },
  'publishing.noTimeFound': {
    zh: '一年内找不到空档，请给这个账号加时段或放宽条件',
    en: 'No free time within a year; give the account slots or loosen the plan',
  },
  'publishing.noSlots': {
    zh: '账号「{account}」还没有时段，请先添加，或改用间隔排期',
    en: '“{account}” has no slots yet; add some, or space the posts instead',
  },
  'publishing.nothingPlanned': {
    zh: '还没有可以排的，请先选内容和账号',
    en: 'Nothing to schedule yet; choose items and accounts',
  },
  'publishing.batchRefused': {
    zh: '有 {count} 条不能排，整批都没有保存，请看标出的行',
    en: '{count} rows cannot be scheduled; nothing was saved. See the marked rows',
  },
  'publishing.batchKeyReused': {
    zh: '这次保存用过的编号已经属于另一批，请重新打开再试',
    en: 'This saving bears the key of another one; open the dialog again',
  },
  'publishing.slotTaken': {
    zh: '这个账号已有同名或同一时间的时段',
    en: 'The account already has a slot of this name or time',
  },
  'publishing.slotEndsBeforeStart': {
    zh: '结束日期不能早于开始日期',
    en: 'It cannot end before it starts',
  },
  'publishing.file.noColumns': {
    zh: '没有找到表头，请用下载的模板：至少要有「内容」「账号」「日期」「时间」',
    en: 'No header found; use the template: it needs at least item, account, date and time',
  },
  'publishing.file.tooManyRows': {
    zh: '一次最多导入 {max} 行',
    en: 'At most {max} rows at a time',
  },
  'publishing.file.itemMissing': { zh: '没有写内容', en: 'The item is missing' },
  'publishing.file.itemUnknown': { zh: '没有找到内容「{item}」', en: 'There is no item “{item}”' },
  'publishing.file.itemAmbiguous': {
    zh: '有 {count} 条内容叫「{item}」，请填内容编号',
    en: '{count} items are called “{item}”; give its number',
  },
  'publishing.file.accountMissing': { zh: '没有写账号', en: 'The account is missing' },
  'publishing.file.accountUnknown': {
    zh: '没有找到账号「{account}」',
    en: 'There is no account “{account}”',
  },
  'publishing.file.accountAmbiguous': {
    zh: '有 {count} 个账号叫「{account}」，请同时填写平台',
    en: '{count} accounts are called “{account}”; give the platform too',
  },
  'publishing.file.dateUnreadable': {
    zh: '看不懂日期「{date}」，请写成 2026-11-22',
    en: 'Cannot read the date “{date}”; write 2026-11-22',
  },
  'publishing.file.timeUnreadable': {
    zh: '看不懂时间「{time}」，请写成 19:30',
    en: 'Cannot read the time “{time}”; write 19:30',
  },
  'publishing.file.twice': {
    zh: '与第 {row} 行是同一条内容、同一个账号',
    en: 'The same item on the same account as row {row}',
  },
  'publishing.file.cannotMove': {
    zh: '已经排在 {when}，现在不能改时间',
    en: 'It stands at {when} and can no longer be moved',
  },
} as const satisfies Texts
