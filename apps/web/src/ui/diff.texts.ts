import type { Texts } from '@xingbo/shared/text'

/** Apart from ui.texts.ts, because the phone pages show changes too and count every kilobyte. */
export const diffTexts = {
  added: { zh: '新增', en: 'added' },
  removed: { zh: '删除', en: 'removed' },
  same: { zh: '两版文字相同', en: 'Both versions read the same' },
} as const satisfies Texts
