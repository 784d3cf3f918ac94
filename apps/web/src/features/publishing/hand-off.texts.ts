import type { Texts } from '@xingbo/shared/text'

export const handOffTexts = {
  title: { zh: '待手机发布', en: 'Hand-offs' },
  purpose: {
    zh: '要用手机发的内容：扫码打开交接卡，存视频、抄文案、发出后回填链接。',
    en: 'Posts made on a phone: scan, save the video, copy the words, post, and give the link back.',
  },
  now: { zh: '现在要发', en: 'Due now' },
  soon: { zh: '24 小时内', en: 'Within 24 hours' },
  item: { zh: '内容', en: 'Item' },
  account: { zh: '账号', en: 'Account' },
  state: { zh: '状态', en: 'State' },
  dueAt: { zh: '计划时间', en: 'Planned for' },
  deadline: { zh: '最晚', en: 'Latest' },
  actions: { zh: '操作', en: 'Actions' },
  toPhone: { zh: '扫码发布', en: 'To a phone' },
  openCard: { zh: '打开交接卡', en: 'Open the card' },
  none: { zh: '没有等手机发布的', en: 'Nothing waits for a phone' },
  noneHint: {
    zh: '到时间的手机交接和人工发布会出现在这里，24 小时内的也提前列出。',
    en: 'Hand-offs and manual posts appear here when due, and a day ahead.',
  },
  linkTitle: { zh: '把「{account}」这条交给手机', en: 'Hand this post on {account} to a phone' },
  whom: { zh: '谁来发', en: 'Who posts it' },
  make: { zh: '生成一次性链接', en: 'Make a single-use link' },
  another: { zh: '换一个', en: 'Make another' },
  scan: {
    zh: '用{who}的手机扫码，或把链接发过去。',
    en: 'Scan it with the phone of {who}, or send the link.',
  },
  singleUse: {
    zh: '只能打开一次，{when} 前有效，打开后只能看这一条。',
    en: 'Opens once, until {when}, and shows this post only.',
  },
  localOnly: {
    zh: '这个地址只有本机打得开。要用手机扫码，请把 XINGBO_PUBLIC_URL 设成手机能访问的地址。',
    en: 'Only this computer can open this address. To scan it, set XINGBO_PUBLIC_URL to one a phone can reach.',
  },
  qr: { zh: '交接链接的二维码', en: 'QR code of the hand-off link' },
  copy: { zh: '复制链接', en: 'Copy the link' },
  copied: { zh: '已复制', en: 'Copied' },
  close: { zh: '关闭', en: 'Close' },
} as const satisfies Texts
