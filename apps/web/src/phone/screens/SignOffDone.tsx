import { type Stage, stageLabels } from '@xingbo/shared/content/stage'
import type { SignOff } from '@xingbo/shared/scripts/script.schema'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { PhoneButton } from '../kit.tsx'
import { go } from '../navigate.ts'
import { usePhoneMe } from '../session.ts'
import { useLoad } from '../use-load.ts'
import styles from './SignOff.module.css'
import { loadWaiting } from './SignOffList.tsx'
import { signOffTexts } from './sign-off.texts.ts'

/** What was decided, over which words, and what waits next. */
export function SignOffDone({ decision, stage }: { decision: SignOff; stage: Stage }) {
  const t = useTexts(signOffTexts)
  const formats = useFormats()
  const { scope } = usePhoneMe()
  const name = useLabel(stageLabels)
  const approved = decision.decision === 'approved'
  return (
    <div className="stack">
      <div className={styles.done} role="status">
        <div className={styles.mark} data-decision={decision.decision} aria-hidden>
          {approved ? '✓' : '↩'}
        </div>
        <h2>{t(approved ? 'doneApproved' : 'doneReturned')}</h2>
        <p>
          {t(approved ? 'doneApprovedText' : 'doneReturnedText', {
            name: decision.confirmedName || decision.doctorName,
            when: formats.dateTime(decision.decidedAt),
            n: decision.revisionNumber,
            hash: decision.sha256.slice(0, 8),
            stage: name(stage),
          })}
        </p>
      </div>
      {scope ? <p className="soft">{t('closePage')}</p> : <NextUp />}
    </div>
  )
}

function NextUp() {
  const t = useTexts(signOffTexts)
  const waiting = useLoad('next', loadWaiting)
  if (waiting.state !== 'ready') return null
  const [next] = waiting.data.items
  return (
    <>
      {next ? (
        <PhoneButton look="primary" onClick={() => go(`/m/sign-off/${next.contentId}`)}>
          {t('next', { title: next.title })}
        </PhoneButton>
      ) : (
        <p className="soft">{t('allDone')}</p>
      )}
      <PhoneButton onClick={() => go('/m/sign-off')}>{t('toList')}</PhoneButton>
    </>
  )
}
