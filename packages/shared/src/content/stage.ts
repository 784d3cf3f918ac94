import type { Bilingual } from '../text.ts'

/** The line: where a content item stands. The last three lie beside it. */
export const stages = [
  'topic',
  'scripting',
  'doctor_review',
  'compliance_review',
  'production',
  'final_review',
  'ready',
  'live',
  'archived',
  'on_hold',
  'rejected',
  'recalled',
] as const
export type Stage = (typeof stages)[number]

export const stageLabels = {
  topic: { zh: '选题', en: 'Topic' },
  scripting: { zh: '脚本', en: 'Script' },
  doctor_review: { zh: '医生审核', en: 'Doctor review' },
  compliance_review: { zh: '合规审核', en: 'Compliance review' },
  production: { zh: '拍摄剪辑', en: 'Production' },
  final_review: { zh: '终审', en: 'Final review' },
  ready: { zh: '待排期', en: 'Ready' },
  live: { zh: '已发布', en: 'Live' },
  archived: { zh: '归档', en: 'Archived' },
  on_hold: { zh: '暂停', en: 'On hold' },
  rejected: { zh: '否决', en: 'Rejected' },
  recalled: { zh: '召回', en: 'Recalled' },
} as const satisfies Record<Stage, Bilingual>

/** What a post is in law, which decides which rules bind it (医疗广告认定指南 §7, §8). */
export const natures = ['science', 'institution_info', 'medical_ad', 'commerce'] as const
export type Nature = (typeof natures)[number]
export const natureLabels = {
  science: { zh: '科普', en: 'Health education' },
  institution_info: { zh: '机构信息', en: 'Institution information' },
  medical_ad: { zh: '医疗广告', en: 'Medical advertisement' },
  commerce: { zh: '商品', en: 'Commerce' },
} as const satisfies Record<Nature, Bilingual>
