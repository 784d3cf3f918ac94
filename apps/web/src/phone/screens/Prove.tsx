import { platformLabels } from '@xingbo/shared/accounts/platform'
import type * as api from '@xingbo/shared/publishing/hand-off.schema'
import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { proofLinkVerdict } from '@xingbo/shared/publishing/proof.rules'
import { declaredVerdict } from '@xingbo/shared/publishing/publication.rules'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { ApiError, send as sendForm } from '../../lib/http.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { ask } from '../ask.ts'
import { PhoneButton, RefusalNotice } from '../kit.tsx'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { useProofSentence } from './proof-sentence.ts'
import { Step } from './Step.tsx'

/** As the server (hand-off.routes.ts): a phone's screenshot is a tenth of it. */
const SCREENSHOT_BYTES = 10 * 1024 * 1024

type ProveProps = {
  card: HandOffCard
  declared: readonly string[]
  onClosed: (card: HandOffCard) => void
  reload: () => void
}
const ways = ['byLink', 'byScreenshot'] as const

/** The proof that it is out: its link, checked while it is pasted, or a screenshot. */
export function Prove(props: ProveProps) {
  const t = useTexts(handOffTexts)
  const [way, setWay] = useState<(typeof ways)[number]>('byLink')
  return (
    <Step n={5} title={t('prove')}>
      <fieldset className={styles.ways}>
        <legend className={styles.unseen}>{t('proofWay')}</legend>
        {ways.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={way === one}
            onClick={() => setWay(one)}
          >
            {t(one)}
          </button>
        ))}
      </fieldset>
      {way === 'byLink' ? <ByLink {...props} /> : <ByScreenshot {...props} />}
    </Step>
  )
}

function useSending({ onClosed, reload }: ProveProps) {
  const t = useTexts(handOffTexts)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const moved = error instanceof ApiError && (error.status === 409 || error.status === 422)
  const refusal: ReactNode = error !== null && (
    <>
      <RefusalNotice error={error} />
      {moved && <PhoneButton onClick={reload}>{t('seeNow')}</PhoneButton>}
    </>
  )
  const run = (work: () => Promise<HandOffCard>) => {
    setBusy(true)
    setError(null)
    work().then(onClosed, (reason: unknown) => {
      setError(reason)
      setBusy(false)
    })
  }
  return { busy, refusal, run }
}

/** What still keeps the proof from being taken, in one sentence. */
function useMissing({ card, declared }: ProveProps): string | null {
  const sentence = useProofSentence()
  const verdict = declaredVerdict({ declarations: card.declarations.map(({ id }) => id) }, declared)
  return verdict.ok ? null : sentence(verdict.reason)
}

function ByLink(props: ProveProps) {
  const { card, declared } = props
  const t = useTexts(handOffTexts)
  const sentence = useProofSentence()
  const platform = useLabel(platformLabels)(card.platform)
  const id = useId()
  const { busy, refusal, run } = useSending(props)
  const missing = useMissing(props)
  const [link, setLink] = useState('')
  const verdict = proofLinkVerdict(card.platform, link)
  const given = link.trim() !== ''
  const told = !given ? '' : verdict.ok ? t('linkGood', { platform }) : sentence(verdict.reason)
  return (
    <>
      <p className={styles.hint}>{t('proveHint')}</p>
      <div className="field">
        <label htmlFor={id}>{t('link')}</label>
        <textarea
          id={id}
          className="area"
          rows={3}
          maxLength={2000}
          autoCapitalize="none"
          value={link}
          aria-invalid={given && !verdict.ok}
          aria-describedby={`${id}-told`}
          onChange={(event) => setLink(event.target.value)}
        />
        <p
          id={`${id}-told`}
          className={given && verdict.ok ? styles.good : styles.failed}
          aria-live="polite"
        >
          {told}
        </p>
      </div>
      {refusal}
      <Submit
        missing={missing}
        ready={verdict.ok}
        busy={busy}
        onSubmit={() =>
          run(() =>
            ask<typeof api.giveProof>('POST /api/hand-offs/:publicationId/proof', {
              params: { publicationId: card.publicationId },
              body: { link, declared: [...declared] },
            }),
          )
        }
      />
    </>
  )
}

function ByScreenshot(props: ProveProps) {
  const { card, declared } = props
  const t = useTexts(handOffTexts)
  const { busy, refusal, run } = useSending(props)
  const missing = useMissing(props)
  const [file, setFile] = useState<File | null>(null)
  const preview = usePreview(file)
  const tooLarge = file !== null && file.size > SCREENSHOT_BYTES
  const submit = () => {
    if (!file) return
    const form = new FormData()
    // The words come before the file: the server reads the form as it arrives.
    form.append('declared', declared.join(','))
    form.append('file', file)
    run(
      async () =>
        (await sendForm('POST /api/hand-offs/:publicationId/screenshot', {
          params: { publicationId: card.publicationId },
          body: form,
        })) as Awaited<ReturnType<typeof ask<typeof api.giveScreenshot>>>,
    )
  }
  return (
    <>
      <p className={styles.hint}>{t('shotHint')}</p>
      {preview && <img className={styles.shot} src={preview} alt={t('shotAlt')} />}
      <label className={`button ${styles.file}`}>
        {t(file ? 'changeShot' : 'chooseShot')}
        <input
          type="file"
          accept="image/jpeg,image/png"
          className={styles.unseen}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </label>
      {tooLarge && (
        <p className={styles.failed} role="alert">
          {t('shotTooLarge')}
        </p>
      )}
      {refusal}
      <Submit missing={missing} ready={file !== null && !tooLarge} busy={busy} onSubmit={submit} />
    </>
  )
}

type SubmitProps = { missing: string | null; ready: boolean; busy: boolean; onSubmit: () => void }

function Submit({ missing, ready, busy, onSubmit }: SubmitProps) {
  const t = useTexts(handOffTexts)
  return (
    <>
      {missing && <p className={styles.failed}>{missing}</p>}
      <PhoneButton
        look="primary"
        busy={busy}
        disabled={!ready || missing !== null}
        onClick={onSubmit}
      >
        {t('submit')}
      </PhoneButton>
    </>
  )
}

/** A picture of a chosen file, given back to the browser when it is no longer shown. */
function usePreview(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file) return setAddress(null)
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address
}
