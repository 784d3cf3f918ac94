import type { Texts } from '../text.ts'

export const complianceMessages = {
  'compliance.reviewerOnly': {
    zh: '只有医务合规可以做这个决定',
    en: 'Only a reviewer may decide this',
  },
  'compliance.ownWork': {
    zh: '这一版是您自己写的，请另一位合规同事来审',
    en: 'You wrote this revision; another reviewer has to decide',
  },
  'compliance.notWaivable': {
    zh: '这一条是法律底线，不能豁免，只能改写',
    en: 'This is a legal absolute; it cannot be waived, only rewritten',
  },
  'compliance.alreadyWaived': { zh: '这一条已经豁免过', en: 'This finding is already waived' },
  'compliance.notInReview': {
    zh: '内容不在「合规审核」',
    en: 'The item is not in compliance review',
  },
  'compliance.runFirst': {
    zh: '引擎还没有检查过这一版，请先检查',
    en: 'The engine has not run on this very revision; run it first',
  },
  'compliance.notSigned': {
    zh: '医生还没有签发这一版',
    en: 'The doctor has not signed this very revision',
  },
  'compliance.openBlocks': {
    zh: '还有 {count} 条阻断问题，改写或写明理由豁免后才能通过',
    en: '{count} blocking findings are open; rewrite them or waive each with a reason',
  },
  'compliance.reasonForReviews': {
    zh: '有 {count} 条需复核的问题，请写明通过的理由（至少 4 个字）',
    en: '{count} findings need a review; write why they may pass (at least 4 characters)',
  },
  'compliance.reasonToReturn': {
    zh: '请写明退回的理由（至少 4 个字）',
    en: 'Write why it goes back (at least 4 characters)',
  },
  'compliance.changedMeanwhile': {
    zh: '脚本在您审核时有了新版本，请看过新版再决定',
    en: 'A newer revision appeared while you were reviewing; read it before deciding',
  },
  'compliance.noScript': {
    zh: '还没有脚本版本，先保存一版',
    en: 'There is no script revision yet; save one first',
  },
} as const satisfies Texts
