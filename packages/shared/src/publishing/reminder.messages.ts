import type { Texts } from '../text.ts'

/** What people are told of posts that wait for them or went wrong. */
export const reminderMessages = {
  'publishing.remind.before': {
    zh: '《{title}》{when} 要用手机发到「{account}」',
    en: '“{title}” is to be posted by phone on {account} at {when}',
  },
  'publishing.remind.due': {
    zh: '到点了：请用手机把《{title}》发到「{account}」',
    en: 'It is time: post “{title}” on {account} by phone',
  },
  'publishing.remind.late': {
    zh: '《{title}》原定 {when}，还没发到「{account}」',
    en: '“{title}” was due at {when} and is not on {account} yet',
  },
  'publishing.remind.escalated': {
    zh: '《{title}》已晚 {minutes} 分钟，还没人发到「{account}」（负责人：{who}），请安排人接手',
    en: '“{title}” is {minutes} min late on {account} (in charge: {who}); have somebody take it over',
  },
  'publishing.remind.lastCall': {
    zh: '《{title}》不到 1 小时就过期，还没发到「{account}」',
    en: '“{title}” expires within the hour and is not on {account} yet',
  },
  'publishing.tell.expired': {
    zh: '《{title}》没有按时发到「{account}」，已过期；要发请重新排期',
    en: '“{title}” was not posted on {account} in time and has expired; schedule it again to post it',
  },
  'publishing.tell.failed': {
    zh: '《{title}》没有发到「{account}」，原因见发布单',
    en: '“{title}” did not go out on {account}; the publication says why',
  },
  'publishing.tell.unconfirmed': {
    zh: '《{title}》有没有发到「{account}」不清楚，请到发布单上确认',
    en: 'Nobody knows whether “{title}” is on {account}; settle it on the publication',
  },
  'publishing.tell.takenDown': {
    zh: '《{title}》在「{account}」被平台下架了',
    en: 'The platform took “{title}” down from {account}',
  },
  'publishing.tell.handedOver': {
    zh: '{who} 把《{title}》交给您用手机发到「{account}」，时间 {when}',
    en: '{who} handed “{title}” to you, to be posted on {account} at {when}',
  },
  'publishing.tell.doubt': {
    zh: '《{title}》在「{account}」的发布凭证对不上，请核对',
    en: 'The proof of “{title}” on {account} does not fit; please check it',
  },
} as const satisfies Texts
