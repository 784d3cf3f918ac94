import type { Texts } from '../text.ts'

export const publishingMessages = {
  'publishing.caption.titleMissing': {
    zh: '这个平台必须有标题',
    en: 'This platform needs a title',
  },
  'publishing.caption.titleTooShort': {
    zh: '标题至少 {min} 个字，现在 {count} 个',
    en: 'The title needs at least {min} characters; it has {count}',
  },
  'publishing.caption.titleTooLong': {
    zh: '标题最多 {max} 个字，超出 {over} 个',
    en: 'The title may have {max} characters; it is {over} over',
  },
  'publishing.caption.bodyTooLong': {
    zh: '文案连同话题最多 {max} 个字，超出 {over} 个',
    en: 'The caption with its hashtags may have {max} characters; it is {over} over',
  },
  'publishing.caption.tooManyTags': {
    zh: '话题最多 {max} 个，多了 {over} 个',
    en: 'At most {max} hashtags; there are {over} too many',
  },
  'publishing.caption.tooFewTags': {
    zh: '至少要有 {min} 个标签',
    en: 'At least {min} tag(s) needed',
  },
  'publishing.caption.tagsTooLong': {
    zh: '标签合计最多 {max} 个字，超出 {over} 个',
    en: 'All tags together may have {max} characters; they are {over} over',
  },
  'publishing.media.format': {
    zh: '这个平台只收 {formats} 格式的视频',
    en: 'This platform takes {formats} video only',
  },
  'publishing.media.tooLarge': {
    zh: '视频 {size}，超过平台上限 {max}',
    en: 'The video is {size}; the platform takes up to {max}',
  },
  'publishing.media.tooLong': {
    zh: '视频超过平台上限 {max} 分钟',
    en: 'The video is longer than the {max} minutes the platform takes',
  },
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
} as const satisfies Texts
