import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { stages } from '../content/stage.ts'
import { defineEndpoint } from '../contract.ts'
import { publicationStates } from '../publishing/publication-state.ts'
import type { Bilingual } from '../text.ts'

export const searchKinds = ['content', 'topic', 'doctor', 'account', 'publication'] as const
export type SearchKind = (typeof searchKinds)[number]
export const searchKindLabels = {
  content: { zh: '内容', en: 'Content' },
  topic: { zh: '选题', en: 'Topic' },
  doctor: { zh: '医生', en: 'Doctor' },
  account: { zh: '平台账号', en: 'Account' },
  publication: { zh: '发布单', en: 'Publication' },
} as const satisfies Record<SearchKind, Bilingual>

export const searchHit = z.object({
  kind: z.enum(searchKinds),
  id: z.string(),
  title: z.string(),
  /** The doctor, department or account beside it. */
  note: z.string(),
  platform: z.enum(platforms).nullable(),
  stage: z.enum(stages).nullable(),
  state: z.enum(publicationStates).nullable(),
})
export type SearchHit = z.infer<typeof searchHit>

export const search = defineEndpoint({
  route: 'GET /api/search',
  summary: 'Find content, topics, doctors, accounts and publications by name',
  query: z.object({ q: z.string().trim().min(1).max(100) }),
  response: z.object({ items: z.array(searchHit) }),
})
