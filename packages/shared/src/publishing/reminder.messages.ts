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
  'publishing.takeOver.notWaiting': {
    zh: '这条不再等人发，不用换人',
    en: 'This post waits for nobody any more',
  },
  'publishing.takeOver.cannot': {
    zh: '{who} 在本机构不能做手机发布，请换一个人',
    en: '{who} cannot hand posts off here; choose somebody else',
  },
  'publishing.takeOver.selfOnly': {
    zh: '只能自己接手；交给别人请找内容运营或负责人',
    en: 'You can only take it over yourself; an operator or a manager hands it to others',
  },
  'publishing.doubt.otherAccount': {
    zh: '链接里的账号是「{account}」的，不是这条要发的账号',
    en: 'The account in the link is {account}, not the one this post was meant for',
  },
  'publishing.doubt.newLinkAccount': {
    zh: '链接里的账号和这个平台账号以前的作品不是同一个',
    en: 'The account in the link is not the one earlier posts of this account were on',
  },
  'publishing.doubt.title': {
    zh: '平台数据里这条的标题是《{title}》，对不上',
    en: 'The platform’s figures call this post “{title}”, which does not fit',
  },
  'publishing.doubt.time': {
    zh: '平台数据里的发布时间差了 {hours} 小时',
    en: 'The platform’s figures put it {hours} h away from the proof',
  },
  'publishing.doubt.notListed': {
    zh: '平台导出的作品清单盖住了这段时间，里面没有这一条',
    en: 'The platform’s list of works covers this time and does not have it',
  },
} as const satisfies Texts
