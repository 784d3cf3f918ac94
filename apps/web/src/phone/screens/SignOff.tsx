import { stageLabels } from '@xingbo/shared/content/stage'
import { signOffCan } from '@xingbo/shared/scripts/script.rules'
import type * as api from '@xingbo/shared/scripts/script.schema'
import type { ScriptRevision, SignOffCase } from '@xingbo/shared/scripts/script.schema'
import { useEffect, useRef, useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { ask } from '../ask.ts'
import { BottomActions, Load, Notice, PhoneButton } from '../kit.tsx'
import type { ScreenProps } from '../registry.ts'
import { usePhoneMe } from '../session.ts'
import { useLoad } from '../use-load.ts'
import { useRuleSentence } from './rule-sentence.ts'
import { SignOffDone } from './SignOffDone.tsx'
import { ApproveSheet, type Decided, SendBackSheet } from './SignOffSheets.tsx'
import { SignOffChanges, SignOffHistory, SignOffText } from './SignOffText.tsx'
import { signOffTexts } from './sign-off.texts.ts'

/** One script to sign: what changed first, then the whole text, and the two answers at the thumb. */
export function SignOff({ params }: ScreenProps) {
  const contentId = params.contentId ?? ''
  const loaded = useLoad(contentId, (signal) =>
    ask<typeof api.getSignOffCase>(
      'GET /api/sign-offs/:contentId',
      { params: { contentId } },
      signal,
    ),
  )
  const [done, setDone] = useState<Decided | null>(null)
  if (done) return <SignOffDone decision={done.signOff} stage={done.stage} />
  return (
    <Load of={loaded}>
      {(script) => (
        // A new revision is another thing to sign: nothing typed over the old one may carry over.
        <Case key={script.newest.sha256} script={script} onDone={setDone} reload={loaded.reload} />
      )}
    </Load>
  )
}

type CaseProps = { script: SignOffCase; onDone: (decided: Decided) => void; reload: () => void }

function Case({ script, onDone, reload }: CaseProps) {
  const t = useTexts(signOffTexts)
  const me = usePhoneMe()
  const sentence = useRuleSentence()
  const stage = useLabel(stageLabels)
  const [sheet, setSheet] = useState<'approve' | 'sendBack' | null>(null)
  const compareWith = useFirstSeen(script)
  const endOfText = useReadToTheEnd(script, me.doctorId)
  useEffect(() => {
    window.scrollTo(0, 0)
  }, [])

  const { newest } = script
  const signable = { ...script, authorId: newest.author.id, draftAhead: script.draftAhead !== null }
  const approve = signOffCan.approve(signable, me)
  const sendBack = signOffCan.sendBack(signable, me)
  const settled = script.signOffs[0]
  const decided =
    script.stage !== 'doctor_review' && settled?.sha256 === newest.sha256 && !settled.voided
  if (decided && settled)
    return (
      <div className="stack">
        <SignOffDone decision={settled} stage={script.stage} />
        <SignOffText revision={newest} />
      </div>
    )

  const afterRefusal = () => {
    setSheet(null)
    reload()
  }
  return (
    <div className="stack">
      <SignOffHistory script={script} />
      {script.stage !== 'doctor_review' ? (
        <Notice kind="info">{t('elsewhere', { stage: stage(script.stage) })}</Notice>
      ) : (
        !approve.ok &&
        !script.draftAhead && (
          <Notice kind="warning" title={t('cannotSign')}>
            {sentence(approve.reason)}
          </Notice>
        )
      )}
      <SignOffChanges script={script} seen={compareWith} />
      <SignOffText revision={newest} />
      <div ref={endOfText} />
      {sendBack.ok && (
        <BottomActions>
          <PhoneButton look="danger" onClick={() => setSheet('sendBack')}>
            {t('sendBack')}
          </PhoneButton>
          <PhoneButton look="primary" disabled={!approve.ok} onClick={() => setSheet('approve')}>
            {t('approve')}
          </PhoneButton>
        </BottomActions>
      )}
      <ApproveSheet
        open={sheet === 'approve'}
        script={script}
        onClose={() => setSheet(null)}
        onDone={onDone}
        onRefused={afterRefusal}
      />
      <SendBackSheet
        open={sheet === 'sendBack'}
        script={script}
        onClose={() => setSheet(null)}
        onDone={onDone}
        onRefused={afterRefusal}
      />
    </div>
  )
}

/**
 * The revision to compare with, as it was when this one was first shown: having read to the end, and looking
 * up something in another app, must not take the changes off the screen.
 */
function useFirstSeen({ newest, seen }: SignOffCase): ScriptRevision | null {
  const [first, setFirst] = useState({ number: newest.number, seen })
  if (first.number === newest.number) return first.seen
  setFirst({ number: newest.number, seen })
  return seen
}

/** Tells the server, once, that the person has scrolled past the last word of this revision. */
function useReadToTheEnd(script: SignOffCase, myDoctorId: string | null) {
  const end = useRef<HTMLDivElement>(null)
  const { contentId, seenNumber, doctorId } = script
  const { number } = script.newest
  const unread = doctorId !== null && doctorId === myDoctorId && (seenNumber ?? 0) < number
  useEffect(() => {
    const place = end.current
    if (!place || !unread) return
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      watch.disconnect()
      // A comfort, not a duty: unread is told again next time.
      ask<typeof api.markScriptSeen>('POST /api/sign-offs/:contentId/seen', {
        params: { contentId },
        body: { revisionNumber: number },
      }).catch(() => {})
    })
    watch.observe(place)
    return () => watch.disconnect()
  }, [contentId, number, unread])
  return end
}
