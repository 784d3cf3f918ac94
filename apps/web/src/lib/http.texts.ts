import type { Texts } from '@xingbo/shared/text'

export const httpTexts = {
  offline: {
    zh: '连不上服务器，已保存的内容不受影响；请检查网络后再试',
    en: 'The server cannot be reached; what was saved is safe. Check the network and try again',
  },
  noAnswer: {
    zh: '服务暂时没有应答（{status}），已保存的内容不受影响，请稍后再试',
    en: 'The service is not answering ({status}); what was saved is safe. Try again shortly',
  },
  oldPage: {
    zh: '页面版本旧了，请刷新后再试',
    en: 'This page is out of date; reload it and try again',
  },
} as const satisfies Texts
