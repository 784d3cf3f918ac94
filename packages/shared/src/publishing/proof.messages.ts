import type { Texts } from '../text.ts'

/** Sentences about a proof, apart from the rest: the phone page says them and has little room. */
export const proofMessages = {
  'publishing.proof.noLink': {
    zh: '没有看到链接，请在 App 里点「分享」→「复制链接」再粘贴',
    en: 'There is no link in it; use Share → Copy link in the app and paste again',
  },
  'publishing.proof.profileLink': {
    zh: '这是账号主页，请粘贴这条作品的链接',
    en: 'This is the account page; paste the link of the post itself',
  },
  'publishing.proof.otherPlatform': {
    zh: '这是别的平台的链接，请核对发布单的平台',
    en: 'This link belongs to another platform; check which post you are closing',
  },
  'publishing.proof.notAWork': {
    zh: '{host} 不是这个平台的作品链接',
    en: '{host} is not a post on this platform',
  },
  'publishing.declareFirst': {
    zh: '还有 {count} 项平台声明没有勾选',
    en: '{count} declaration(s) of the platform are not ticked yet',
  },
} as const satisfies Texts
