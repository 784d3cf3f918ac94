import type { Texts } from '../text.ts'

export const leadMessages = {
  'leads.touch.over': {
    zh: '这条发布已经结束，不再建触点码',
    en: 'This publication is over; it gets no touch token',
  },
  'leads.touch.exists': {
    zh: '这条发布已有触点码，先停用旧的再建',
    en: 'This publication has a touch token; disable it before making another',
  },
  'leads.touch.science': {
    zh: '科普内容附加机构或服务的入口会被认定为变相医疗广告（医疗广告认定指南第八条第五项），只有医务合规能写明理由后放行',
    en: 'A link to the institution on a health-education post makes it a disguised medical advertisement (医疗广告认定指南 §8(5)); only a reviewer may allow it, with a written reason',
  },
  'leads.touch.reason': {
    zh: '请写明为什么这条科普可以带触点码，至少 {n} 个字',
    en: 'Say why this health-education post may carry a touch token, in {n} characters or more',
  },
  'leads.touch.gone': {
    zh: '这个链接已停用或不存在',
    en: 'This link has been disabled or never existed',
  },
  'leads.touch.alreadyDisabled': {
    zh: '这个触点码已经停用',
    en: 'This touch token is disabled already',
  },
  'leads.consentChanged': {
    zh: '告知内容刚刚更新，请刷新页面后再提交',
    en: 'The notice has just changed; reload the page and send again',
  },
  'leads.phone.wrong': {
    zh: '请填 11 位手机号',
    en: 'Enter a mainland mobile number of 11 digits',
  },
  'leads.erased': {
    zh: '这位潜客的资料已按要求抹除',
    en: 'This lead’s details were erased on request',
  },
  'leads.alreadyClosed': { zh: '已经结束跟进', en: 'Already closed' },
  'leads.revealTooMany': {
    zh: '一小时内最多查看 {n} 位，请稍后再试',
    en: 'At most {n} may be revealed in an hour; try again later',
  },
} as const satisfies Texts
