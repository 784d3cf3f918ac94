import { z } from 'zod'
import type { Bilingual } from '../text.ts'

/** `block` stops the line, `review` waits for a reviewer's decision, `hint` only advises. */
export const severities = ['block', 'review', 'hint'] as const
export type Severity = (typeof severities)[number]
export const severityLabels = {
  block: { zh: '拦截', en: 'Block' },
  review: { zh: '需复核', en: 'Needs review' },
  hint: { zh: '提示', en: 'Hint' },
} as const satisfies Record<Severity, Bilingual>

/** How the engine saw it; `item` is about the content item as a whole and has no span. */
export const findingKinds = [
  'term',
  'disguised',
  'pattern',
  'contact',
  'joined',
  'likeness',
  'item',
] as const
export type FindingKind = (typeof findingKinds)[number]
export const findingKindLabels = {
  term: { zh: '词表命中', en: 'Listed term' },
  disguised: { zh: '变形写法', en: 'Disguised spelling' },
  pattern: { zh: '句式命中', en: 'Phrase pattern' },
  contact: { zh: '联系方式', en: 'Contact detail' },
  joined: { zh: '跨字段拼接', en: 'Split across fields' },
  likeness: { zh: '写法相近', en: 'Similar wording' },
  item: { zh: '整条内容', en: 'Whole item' },
} as const satisfies Record<FindingKind, Bilingual>

/** The letters are those of the term list the engine ships with. */
export const findingCategories = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'L',
  'M',
  'N',
  'O',
  'P',
  'Q',
  'R',
  'S',
  'T',
] as const
export type FindingCategory = (typeof findingCategories)[number]
export const findingCategoryLabels = {
  A: { zh: '绝对化用语', en: 'Absolute wording' },
  B: { zh: '疗效保证', en: 'Promise of effect' },
  C: { zh: '安全性保证', en: 'Promise of safety' },
  D: { zh: '迷信与偏方', en: 'Superstition and folk cures' },
  E: { zh: '证明与代言', en: 'Testimonials and endorsement' },
  F: { zh: '引流与导诊', en: 'Lead and referral routes' },
  G: { zh: '处方药与特殊药品', en: 'Prescription and special drugs' },
  H: { zh: '在线诊疗越界', en: 'Beyond lawful online care' },
  I: { zh: '敏感病种与禁止服务', en: 'Sensitive diseases and forbidden services' },
  J: { zh: '医美与减肥', en: 'Cosmetic medicine and weight loss' },
  K: { zh: '儿童孕产老年', en: 'Children, pregnancy and old age' },
  L: { zh: '恐吓与震惊体', en: 'Scare and shock' },
  M: { zh: '贬低与比较', en: 'Disparagement and comparison' },
  N: { zh: '身份夸大', en: 'Inflated identity' },
  O: { zh: '促销诱导', en: 'Promotion and inducement' },
  P: { zh: '保健食品功效', en: 'Health-food claims' },
  Q: { zh: '患者隐私', en: 'Patient privacy' },
  R: { zh: '血腥与低俗', en: 'Gore and vulgarity' },
  S: { zh: 'AI 标识', en: 'AI labelling' },
  T: { zh: '引证来源', en: 'Citations' },
} as const satisfies Record<FindingCategory, Bilingual>

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** A place in one field's original text: UTF-16 offsets, `start` inclusive, `end` exclusive. */
export const findingSpan = z.object({
  /** Path of the field in the script: `title`, `hook`, `shots.2`, `captions.douyin.body`. */
  field: z.string().min(1),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  /** Exactly `field.slice(start, end)`; empty for a finding about the whole item. */
  text: z.string(),
})
export type FindingSpan = z.infer<typeof findingSpan>

export const engineFinding = findingSpan.extend({
  ruleId: z.string().regex(/^R\d{2}$/),
  ruleTitle: bilingual,
  category: z.enum(findingCategories),
  kind: z.enum(findingKinds),
  severity: z.enum(severities),
  /** False for legal absolutes: no reviewer may let it pass. */
  waivable: z.boolean(),
  /** Article of law or platform rule. */
  law: bilingual,
  why: bilingual,
  rewrite: bilingual,
  /** Why the declared nature makes this severity; null where the nature changes nothing. */
  natureNote: bilingual.nullable(),
  /** The other parts of a wording split across fields. */
  also: z.array(findingSpan),
})
export type EngineFinding = z.infer<typeof engineFinding>
