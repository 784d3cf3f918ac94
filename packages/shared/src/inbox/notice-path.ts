import type { NoticeKind, NoticeSubject } from './notice.ts'

/** The page a notice opens; a hand-off opens its card, which is made for the phone. */
export function noticePath(
  kind: NoticeKind,
  subject: { readonly type: NoticeSubject; readonly id: string },
): string {
  if (subject.type === 'publication')
    return kind === 'hand_off' ? `/m/hand-off/${subject.id}` : `/publications/${subject.id}`
  if (subject.type === 'account') return `/accounts/${subject.id}`
  if (subject.type === 'content') return `/contents/${subject.id}`
  return subject.type === 'robot' ? '/settings/notices' : '/health'
}
