import type { Texts } from '../text.ts'

export const doctorMessages = {
  'doctor.archived': { zh: '{doctor}医生已归档', en: 'Dr {doctor} is archived' },
  'doctor.noCredentials': {
    zh: '还没有登记{doctor}医生的资质，登记后才能发布',
    en: 'No credential of Dr {doctor} is on file; record one before publishing',
  },
  'doctor.credentialExpired': {
    zh: '{doctor}医生的「{kind}」已于 {on} 到期，续期后才能发布',
    en: 'Dr {doctor}’s {kind} expired on {on}; renew it before publishing',
  },
  'doctor.credentialLapsed': {
    zh: '{doctor}医生的「{kind}」已于 {on} 到期（不影响发布）',
    en: 'Dr {doctor}’s {kind} expired on {on} (does not stop publishing)',
  },
  'doctor.credentialSoon': {
    zh: '{doctor}医生的「{kind}」{days} 天后到期，请尽早续期',
    en: 'Dr {doctor}’s {kind} expires in {days} d; renew it in time',
  },
  'doctor.credentialToday': {
    zh: '{doctor}医生的「{kind}」今天到期',
    en: 'Dr {doctor}’s {kind} expires today',
  },
  'doctor.notFiled': {
    zh: '{doctor}医生还没有向本机构报备互联网科普，报备后才能发布（负面行为清单第九条）',
    en: 'Dr {doctor} has not filed public health education with this institution; file it before publishing (negative list, item 9)',
  },
  'doctor.inUse': {
    zh: '{doctor}医生名下还有 {accounts} 个平台账号、负责 {lines} 条专病线，先转给别人或归档',
    en: 'Dr {doctor} still has accounts ({accounts}) or leads specialty lines ({lines}); hand them over or archive them first',
  },
  'doctor.expiresBeforeIssued': {
    zh: '到期日不能早于发证日',
    en: 'The last valid day cannot be before the day of issue',
  },
  'doctor.gone': {
    zh: '所选医生「{doctor}」已归档，请换一位，或先恢复',
    en: 'Dr {doctor} is archived; choose another or restore first',
  },
} as const satisfies Texts
