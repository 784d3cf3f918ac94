import { scriptCan } from '@xingbo/shared/scripts/script.rules'
import type { ScriptView, SignOff } from '@xingbo/shared/scripts/script.schema'
import { returnReasonLabels, signOffWayLabels } from '@xingbo/shared/scripts/sign-off'
import { Button } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { useMay, useMe } from '../../lib/me.ts'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import styles from './Script.module.css'
import { SignOffLinkDialog } from './SignOffLinkDialog.tsx'
import { scriptTexts } from './script.texts.ts'

type SignOffBannerProps = {
  view: ScriptView
  /** Words on this page are ahead of the newest revision. */
  ahead: boolean
}

/** Whether these words are signed, by whom and over what; and the next step towards it. */
export function SignOffBanner({ view, ahead }: SignOffBannerProps) {
  const t = useTexts(scriptTexts)
  const may = useMay()
  const me = useMe()
  const [inviting, setInviting] = useState(false)
  const { tone, word, lines } = useStanding(view, ahead)
  const own = me.doctorId !== null && me.doctorId === view.doctorId
  return (
    <div className={styles.banner}>
      <StatusTag tone={tone}>{word}</StatusTag>
      <div className={styles.bannerWords}>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {own && view.stage === 'doctor_review' && (
        <Button type="primary" href={`/m/sign-off/${view.contentId}`}>
          {t('openSignOff')}
        </Button>
      )}
      {view.stage === 'doctor_review' && may('POST /api/contents/:contentId/sign-off-links') && (
        <VerdictButton verdict={scriptCan.invite(view)} onClick={() => setInviting(true)}>
          {t('makeLink')}
        </VerdictButton>
      )}
      <SignOffLinkDialog open={inviting} onClose={() => setInviting(false)} view={view} />
    </div>
  )
}

/** The tag and the sentences of the banner: what stands, what fell and why, what is missing. */
function useStanding(view: ScriptView, ahead: boolean) {
  const t = useTexts(scriptTexts)
  const language = useLanguage()
  const formats = useFormats()
  const { newest, standing, signOffs, stage } = view
  const doctor = view.doctorName ?? '—'
  const about = (one: SignOff) => ({
    doctor: one.doctorName,
    when: formats.dateTime(one.decidedAt),
    n: one.revisionNumber,
    hash: one.sha256.slice(0, 8),
  })
  const fell = (one: SignOff): string => {
    if (!one.voided) return t('voidedDoctor', about(one))
    if (one.voided.reason === 'decided_anew') return t('voidedAnew', about(one))
    return t('voided', {
      ...about(one),
      who: one.voided.by.displayName,
      voided: formats.dateTime(one.voided.at),
    })
  }
  if (standing) {
    const lines = [
      t('standing', { ...about(standing), way: signOffWayLabels[standing.via][language] }),
    ]
    if (standing.comment) lines.push(standing.comment)
    return { tone: 'signed' as Tone, word: t('signedMark'), lines }
  }
  const lines: string[] = []
  const [last] = signOffs
  if (last?.decision === 'approved') lines.push(fell(last))
  if (last?.decision === 'returned') {
    const reasons = last.reasons.map((reason) => returnReasonLabels[reason][language])
    const why = [...reasons, last.comment].filter((part) => part !== '').join('；')
    lines.push(t('returned', { ...about(last), why }))
  }
  const waits = stage === 'doctor_review'
  if (!newest) lines.push(t('noRevision'))
  else if (waits) lines.push(t('withDoctor', { n: newest.number, doctor }))
  else if (stage === 'scripting') lines.push(t('notSent', { n: newest.number }))
  if (waits && ahead) lines.push(t('withDoctorDraft'))
  const warn = last !== undefined && !waits
  return { tone: (warn ? 'warning' : 'waiting') as Tone, word: t('unsigned'), lines }
}
