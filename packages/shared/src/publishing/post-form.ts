import type { Bilingual } from '../text.ts'

/** What a post is made of: the cut, a picture with words, or an article with a cover picture. */
export const postForms = ['video', 'picture', 'article'] as const
export type PostForm = (typeof postForms)[number]
export const postFormLabels = {
  video: { zh: '视频', en: 'Video' },
  picture: { zh: '图文', en: 'Picture' },
  article: { zh: '文章', en: 'Article' },
} as const satisfies Record<PostForm, Bilingual>
