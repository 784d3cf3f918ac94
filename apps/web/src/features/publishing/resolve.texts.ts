import type { Texts } from '@xingbo/shared/text'

export const resolveTexts = {
  title: { zh: '这一条发出去了没有？请人工核对', en: 'Did this one go out? A person has to look' },
  safe: {
    zh: '杏播不会自动再发，选之前先到平台上看一眼。',
    en: 'Xingbo never sends it again by itself; look on the platform before you choose.',
  },
  evidence: { zh: '现有的线索', en: 'What is known' },
  sentAt: { zh: '提交时间', en: 'Submitted' },
  notSent: { zh: '没有提交记录', en: 'No record of a submission' },
  answer: { zh: '平台的答复', en: 'The platform’s answer' },
  noAnswer: { zh: '没有答复', en: 'None' },
  reading: { zh: '自动核对', en: 'Looked up so far' },
  nextLook: { zh: '下次自动核对', en: 'Next look-up' },
  noNextLook: { zh: '不再自动核对，等人处理', en: 'No more look-ups; it waits for a person' },
  where: { zh: '到这里看', en: 'Where to look' },
  whereIs: { zh: '{platform}账号 {handle} 的作品列表', en: 'The posts of {handle} on {platform}' },
  openPlatform: { zh: '打开平台后台', en: 'Open the platform' },
  wordsSent: { zh: '发出的文案', en: 'Words that were sent' },
  choices: { zh: '核对的结果', en: 'What you found' },
  bind: { zh: '已经发出，认领链接', en: 'It went out: bind its link' },
  bindHint: {
    zh: '把作品的分享链接或整段分享文字贴进来，这一条就算已发布。',
    en: 'Paste the link of the post, or the whole share text; it then counts as published.',
  },
  link: { zh: '作品链接', en: 'Link of the post' },
  bindDo: { zh: '认领', en: 'Bind' },
  linkGood: { zh: '是{platform}的作品链接', en: 'A post on {platform}' },
  sendAgain: { zh: '确认没有发出，再发一次', en: 'It did not go out: send again' },
  sendAgainHint: {
    zh: '如果其实已经发出，再发会变成重复作品。请写明怎么确认的。',
    en: 'If it did go out after all, this makes a second post. Say how you made sure.',
  },
  sendAgainDo: { zh: '再发一次', en: 'Send again' },
  sendAgainTitle: { zh: '现在就在「{account}」再发一次？', en: 'Send it on {account} again now?' },
  sendAgainLoss: {
    zh: '会立刻重新提交《{title}》。发出后不能撤回；您写的理由和姓名会记入审计日志。',
    en: '“{title}” is submitted again at once. It cannot be taken back; your reason and name go into the audit log.',
  },
  giveUp: { zh: '放弃，不再发', en: 'Give up' },
  giveUpHint: {
    zh: '这一条记为失败，不再核对也不再发。请写明原因。',
    en: 'It is marked failed, neither looked up nor sent again. Say why.',
  },
  giveUpDo: { zh: '放弃', en: 'Give up' },
  giveUpTitle: { zh: '放弃「{account}」上的这一条？', en: 'Give up this post on {account}?' },
  giveUpLoss: {
    zh: '记为失败，不会再自动核对。内容本身和别的账号不受影响。',
    en: 'It is marked failed and not looked up any more. The item and its other accounts stay as they are.',
  },
  reason: { zh: '理由', en: 'Reason' },
  reasonSendAgain: {
    zh: '例如：19:50 看过账号作品列表和草稿箱，都没有',
    en: 'For example: looked at posts and drafts at 19:50, it is in neither',
  },
  reasonGiveUp: { zh: '例如：活动已过期，不需要再发', en: 'For example: the campaign is over' },
  back: { zh: '返回', en: 'Back' },
  done: { zh: '已处理', en: 'Settled' },
  onlySchedulers: {
    zh: '由内容运营或管理员来处理。',
    en: 'An operator or administrator settles it.',
  },
} as const satisfies Texts
