import type { FactGrade } from '@xingbo/shared/publishing/platform-sources'
import type { Bilingual, Texts } from '@xingbo/shared/text'

export const platformRulesTexts = {
  rules: { zh: '平台规则与依据', en: 'Platform rules and where they stand' },
  rulesHint: {
    zh: '排期、校验和发布都按这些规则走。每条注明出处、查证日期和可信程度；两处说法不一时取较严的。',
    en: 'Scheduling, checks and publishing follow these. Each names its source, the day it was looked up and how well it is proved; where two disagree, the stricter holds.',
  },
  route: { zh: '发布方式', en: 'Way' },
  title: { zh: '标题', en: 'Title' },
  body: { zh: '正文', en: 'Caption' },
  tags: { zh: '话题标签', en: 'Hashtags' },
  cover: { zh: '封面', en: 'Cover' },
  picture: { zh: '图片', en: 'Picture' },
  media: { zh: '视频', en: 'Video' },
  link: { zh: '链接', en: 'Link' },
  scheduling: { zh: '定时发布', en: 'Timed posting' },
  quota: { zh: '条数与频次', en: 'How often' },
  spacing: { zh: '两条间隔', en: 'Spacing' },
  declaration: { zh: '声明', en: 'Declaration' },

  noTitle: { zh: '没有标题栏，标题写进正文第一行', en: 'No title field: it opens the caption' },
  characters: { zh: '最多 {max} 字', en: 'At most {max} characters' },
  charactersBetween: { zh: '{min} 至 {max} 字', en: '{min} to {max} characters' },
  noLimit: { zh: '未查到上限', en: 'No limit known' },
  required: { zh: '必填', en: 'required' },
  noTags: { zh: '没有标签', en: 'No hashtags' },
  tagsRefused: { zh: '正文里也不能带 #话题#', en: 'no #topics# in the text either' },
  tagsMax: { zh: '最多 {max} 个', en: 'At most {max}' },
  tagsBetween: { zh: '{min} 至 {max} 个', en: '{min} to {max}' },
  tagsChars: { zh: '合计不超过 {max} 字', en: '{max} characters in all' },
  mustHave: { zh: '必须有', en: 'Needed' },
  optional: { zh: '可以没有', en: 'Optional' },
  upTo: { zh: '不超过 {max}', en: 'at most {max}' },
  mustEnd: {
    zh: '每条末尾须带应用安全域名下的链接',
    en: 'Each post ends with a link of the application’s safe domain',
  },
  notByApi: {
    zh: '接口不能定时，到点由本系统发出',
    en: 'Not by the interface: this product sends it at its time',
  },
  timerFrom: {
    zh: 'App 里可定时，至少提前 {hours} 小时',
    en: 'In the app, {hours} h ahead or more',
  },
  timerBetween: {
    zh: 'App 里可定时，提前 {hours} 小时到 {days} 天',
    en: 'In the app, {hours} h to {days} days ahead',
  },
  perDay: { zh: '每天最多 {max} 条', en: 'At most {max} a day' },
  seconds: { zh: '至少 {seconds} 秒', en: 'At least {seconds} s' },
  none: { zh: '未查到要求', en: 'Nothing known' },
} satisfies Texts

export const gradeLabels = {
  A: { zh: '官方文档', en: 'official' },
  B: { zh: '官方文档的转载', en: 'copy of an official page' },
  C: { zh: '第三方产品的代码', en: 'another product’s code' },
  D: { zh: '单一或较早的来源', en: 'single or old source' },
  '?': { zh: '未经证实，从严处理', en: 'unproved, taken strictly' },
} as const satisfies Record<FactGrade, Bilingual>
