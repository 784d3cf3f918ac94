import { accountMessages } from './accounts/account.messages.ts'
import { platformLabels, platforms } from './accounts/platform.ts'
import { auditMessages } from './audit/audit.messages.ts'
import { complianceMessages } from './compliance/compliance.messages.ts'
import { contentMessages } from './content/content.messages.ts'
import { doctorMessages } from './doctors/doctor.messages.ts'
import { funnelMessages } from './funnel/funnel.messages.ts'
import { healthMessages } from './health/health.messages.ts'
import { identityMessages } from './identity/identity.messages.ts'
import { inboxMessages } from './inbox/inbox.messages.ts'
import { institutionMessages } from './institutions/institution.messages.ts'
import { leadMessages } from './leads/lead.messages.ts'
import { mediaMessages } from './media/media.messages.ts'
import { metricsMessages } from './metrics/metrics.messages.ts'
import { publishingMessages } from './publishing/publishing.messages.ts'
import { scheduleMessages } from './publishing/schedule.messages.ts'
import { scriptMessages } from './scripts/script.messages.ts'
import { fill, type Language, type Texts, type TextValues } from './text.ts'

const systemMessages = {
  'request.invalid': {
    zh: '提交的内容有误，请检查标出的几项',
    en: 'Some of what was sent is not valid; check the marked fields',
  },
  'request.notFound': { zh: '没有这个地址', en: 'There is nothing at this address' },
  'request.tooLarge': { zh: '内容太大了', en: 'The request is too large' },
  'request.unsupported': { zh: '不支持这种内容类型', en: 'This content type is not supported' },
  'request.crossSite': {
    zh: '请求来自别的网站，已拒绝',
    en: 'The request came from another site and was refused',
  },
  'request.badSignature': { zh: '签名不对，已拒绝', en: 'The signature is wrong; refused' },
  'request.badIdempotencyKey': {
    zh: 'Idempotency-Key 须为 1 到 200 个字符',
    en: 'An Idempotency-Key has 1 to 200 characters',
  },
  'request.idempotencyKeyReused': {
    zh: '这个 Idempotency-Key 已用于另一份内容',
    en: 'This Idempotency-Key was used with another body',
  },
  'request.busy': {
    zh: '数据库正忙，没有保存；请过几秒再试',
    en: 'The database is busy; nothing was saved. Try again in a few seconds',
  },
  'request.diskFull': {
    zh: '服务器磁盘已满，没有保存；请联系管理员腾出空间',
    en: 'The server’s disk is full; nothing was saved. Ask an administrator to make room',
  },
  'request.diskTrouble': {
    zh: '服务器磁盘写不进去，没有保存；请联系管理员',
    en: 'The server’s disk cannot be written; nothing was saved. Ask an administrator',
  },
  'request.tooMany': { zh: '操作太频繁，请稍后再试', en: 'Too many requests; try again shortly' },
  'request.internal': {
    zh: '服务出了问题，已保存的内容不受影响，请稍后再试',
    en: 'Something failed on our side; what was saved is safe. Try again shortly',
  },
  'row.notFound': {
    zh: '没有找到，可能已被删除或不属于本机构',
    en: 'Not found in this institution',
  },
  'row.stale': {
    zh: '{who} 在 {when} 改过了，请刷新后再改',
    en: '{who} changed this at {when}; refresh and try again',
  },
  'row.archived': { zh: '已归档，恢复后才能修改', en: 'Archived; restore it to make changes' },
} as const satisfies Texts

/** Every sentence the server says to a person, each kept beside its meaning and gathered here. */
export const messages = {
  ...systemMessages,
  ...identityMessages,
  ...institutionMessages,
  ...doctorMessages,
  ...accountMessages,
  ...contentMessages,
  ...scriptMessages,
  ...complianceMessages,
  ...mediaMessages,
  ...publishingMessages,
  ...scheduleMessages,
  ...metricsMessages,
  ...funnelMessages,
  ...inboxMessages,
  ...leadMessages,
  ...auditMessages,
  ...healthMessages,
} as const satisfies Texts

export type Message = { readonly key: keyof typeof messages; readonly values?: TextValues }

/** A platform travels as its code, because each language has its own name for it. */
function named(language: Language, values: TextValues | undefined): TextValues | undefined {
  const platform = platforms.find((one) => one === values?.platform)
  return platform ? { ...values, platform: platformLabels[platform][language] } : values
}

export const say = (language: Language, { key, values }: Message): string =>
  fill(messages[key], language, named(language, values))
