import type { Texts } from '@xingbo/shared/text'

export const phoneTexts = {
  brand: { zh: '杏播', en: 'Xingbo' },
  otherLanguage: { zh: 'English', en: '中文' },
  largeType: { zh: '大字', en: 'Large type' },
  back: { zh: '返回', en: 'Back' },
  signOut: { zh: '退出', en: 'Sign out' },
  login: { zh: '登录', en: 'Sign in' },
  loginHint: {
    zh: '用您在电脑上登录的同一个账号。',
    en: 'Use the same account as on the computer.',
  },
  username: { zh: '账号名', en: 'User name' },
  password: { zh: '密码', en: 'Password' },
  opening: { zh: '正在打开…', en: 'Opening…' },
  loading: { zh: '正在载入…', en: 'Loading…' },
  failed: { zh: '没有载入成功', en: 'This could not be loaded' },
  retry: { zh: '重试', en: 'Try again' },
  requestId: { zh: '请求编号 {id}', en: 'Request {id}' },
  home: { zh: '手机工作台', en: 'My phone desk' },
  greeting: { zh: '{name}，您好', en: 'Hello, {name}' },
  nothingHere: {
    zh: '手机上暂时没有需要您处理的事，更多功能请在电脑上打开。',
    en: 'Nothing for you to do on the phone; open the desk on a computer for everything else.',
  },
  openDesk: { zh: '打开完整工作台', en: 'Open the full desk' },
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  notFoundHint: {
    zh: '链接可能不完整，请重新点开消息里的链接。',
    en: 'The link may be incomplete; open it again from the message.',
  },
  toHome: { zh: '回首页', en: 'Go to the start' },
  close: { zh: '关闭', en: 'Close' },
} as const satisfies Texts
