import type { Bilingual } from '../text.ts'

/** What a file is for. A proof is the screenshot of a post made by hand; it comes with its publication. */
export const assetKinds = ['cut', 'cover', 'proof'] as const
export type AssetKind = (typeof assetKinds)[number]
export const assetKindLabels = {
  cut: { zh: '视频', en: 'Video' },
  cover: { zh: '封面图', en: 'Cover' },
  proof: { zh: '发布凭证', en: 'Proof' },
} as const satisfies Record<AssetKind, Bilingual>

export const assetStates = ['uploading', 'checking', 'ready', 'refused'] as const
export type AssetState = (typeof assetStates)[number]
export const assetStateLabels = {
  uploading: { zh: '未传完', en: 'Unfinished' },
  checking: { zh: '检查中', en: 'Checking' },
  ready: { zh: '可用', en: 'Ready' },
  refused: { zh: '未收下', en: 'Refused' },
} as const satisfies Record<AssetState, Bilingual>

export const orientations = ['portrait', 'landscape', 'square'] as const
export type Orientation = (typeof orientations)[number]
export const orientationLabels = {
  portrait: { zh: '竖屏', en: 'Portrait' },
  landscape: { zh: '横屏', en: 'Landscape' },
  square: { zh: '方形', en: 'Square' },
} as const satisfies Record<Orientation, Bilingual>
