import { dueVerdict } from '@xingbo/shared/publishing/publication.rules'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { calendarTexts } from './calendar.texts.ts'
import { warningsAt } from './lanes.ts'

export type Clash = { readonly text: string; readonly kind: 'fits' | 'warning' | 'refused' }

/** What is said while a post is carried over the calendar: where it would stand, and what speaks against it. */
export function useClashWords(shown: readonly Publication[]) {
  const t = useTexts(calendarTexts)
  const say = useSay()
  const formats = useFormats()
  return (post: Publication, dueAt: Date): Clash => {
    const when = formats.dateTime(dueAt.toISOString())
    const verdict = dueVerdict(dueAt, new Date())
    if (!verdict.ok)
      return { kind: 'refused', text: t('clashes', { when, why: say(verdict.reason) }) }
    const why = warningsAt(post, dueAt, formats.zone, shown).map(say).join(t('joined'))
    return why
      ? { kind: 'warning', text: t('clashes', { when, why }) }
      : { kind: 'fits', text: t('fits', { when }) }
  }
}
