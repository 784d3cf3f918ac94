import type { Texts } from '@xingbo/shared/text'

export const touchPageTexts = {
  title: { zh: '预约与咨询', en: 'Appointments and enquiries' },
  lead: {
    zh: '留下联系方式，健康顾问会在工作时间联系您。',
    en: 'Leave your details and an advisor will call you during working hours.',
  },
  name: { zh: '怎么称呼您', en: 'Your name' },
  phone: { zh: '手机号', en: 'Mobile phone' },
  wish: { zh: '想咨询什么（可不填）', en: 'What it is about (optional)' },
  wishHint: {
    zh: '请不要填写身份证号和病历号。',
    en: 'Please give no identity or record numbers.',
  },
  website: { zh: '请不要填写这一项', en: 'Leave this empty' },
  send: { zh: '提交', en: 'Send' },
  sending: { zh: '正在提交…', en: 'Sending…' },
  nameNeeded: { zh: '请填写称呼', en: 'Please give your name' },
  phoneNeeded: { zh: '请填 11 位手机号', en: 'Enter a mainland mobile number of 11 digits' },
  consentNeeded: { zh: '请先阅读并勾选同意', en: 'Please read and agree first' },
  thanks: { zh: '已收到', en: 'Received' },
  thanksText: {
    zh: '健康顾问会尽快联系您。要更正或删除资料，告诉联系您的顾问即可。',
    en: 'An advisor will be in touch. To correct or delete your details, tell the advisor who calls you.',
  },
  gone: { zh: '这个链接已停用', en: 'This link is no longer in use' },
  goneText: {
    zh: '二维码可能换过了。请看发布页或现场的最新二维码，或直接到院咨询。',
    en: 'The code may have been replaced. Look for the newest one, or ask at the institution.',
  },
  failed: {
    zh: '没有连上，您填写的内容还在，请检查网络后再试。',
    en: 'No connection; what you entered is still here. Check the network and try again.',
  },
  retry: { zh: '重试', en: 'Try again' },
  otherLanguage: { zh: 'English', en: '中文' },
} as const satisfies Texts
