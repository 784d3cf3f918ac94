import type { Texts } from '@xingbo/shared/text'

export const holdTexts = {
  title: { zh: '暂停', en: 'Holds' },
  none: { zh: '没有暂停。', en: 'No hold.' },
  place: { zh: '暂停发布', en: 'Stop publishing' },
  placeTitle: { zh: '暂停「{name}」的全部发布', en: 'Stop everything of {name}' },
  placeText: {
    zh: '已排期的也会停在发布前，直到有人解除；不会删除任何内容。',
    en: 'What is scheduled stops before it goes out, until somebody lifts this; nothing is deleted.',
  },
} as const satisfies Texts
