import type { EndpointOutput } from '@xingbo/shared/contract'
import { signOffCan } from '@xingbo/shared/scripts/script.rules'
import type * as api from '@xingbo/shared/scripts/script.schema'
import type { SignOffCase } from '@xingbo/shared/scripts/script.schema'
import {
  type ReturnReason,
  returnReasonLabels,
  returnReasons,
} from '@xingbo/shared/scripts/sign-off'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { ApiError } from '../../lib/http.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { ask } from '../ask.ts'
import { Chips, Notice, PhoneButton, PhoneField, RefusalNotice, Sheet } from '../kit.tsx'
import { useRuleSentence } from './rule-sentence.ts'
import styles from './SignOff.module.css'
import { signOffTexts } from './sign-off.texts.ts'

export type Decided = EndpointOutput<typeof api.decideSignOff>

type SheetProps = {
  open: boolean
  script: SignOffCase
  onClose: () => void
  onDone: (decided: Decided) => void
  /** The server knows something newer than this screen does. */
  onRefused: () => void
}

type Words = Parameters<typeof ask<typeof api.decideSignOff>>[1]['body']

/** Sends the decision over exactly the revision on screen. */
function useDecide({ script, onDone }: SheetProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { contentId, newest } = script
  const send = async (words: Omit<Words, 'revisionNumber' | 'sha256'>) => {
    setBusy(true)
    setError(null)
    try {
      onDone(
        await ask<typeof api.decideSignOff>('POST /api/sign-offs/:contentId/decide', {
          params: { contentId },
          body: { ...words, revisionNumber: newest.number, sha256: newest.sha256 },
        }),
      )
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }
  return { busy, error, send }
}

/** Somebody came first: what is typed here can no longer be sent. */
const isTooLate = (error: unknown) => error instanceof ApiError && error.status === 409

function Refusal({ error, onRefused }: { error: unknown; onRefused: () => void }) {
  const t = useTexts(signOffTexts)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) place.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  if (!error) return null
  const moved = error instanceof ApiError && (error.status === 409 || error.status === 422)
  return (
    <div className="stack" ref={place}>
      <RefusalNotice error={error} />
      {moved && <PhoneButton onClick={onRefused}>{t('seeNow')}</PhoneButton>}
    </div>
  )
}

/** 通过: the doctor's own name, typed, is the signature. */
export function ApproveSheet(props: SheetProps) {
  const t = useTexts(signOffTexts)
  const { script } = props
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('approveTitle', { n: script.newest.number })}
    >
      <ApproveForm {...props} />
    </Sheet>
  )
}

function ApproveForm(props: SheetProps) {
  const t = useTexts(signOffTexts)
  const sentence = useRuleSentence()
  const { script } = props
  const { busy, error, send } = useDecide(props)
  const [name, setName] = useState('')
  const [told, setTold] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const verdict = signOffCan.confirm(
      { ...script, authorId: script.newest.author.id, draftAhead: script.draftAhead !== null },
      name,
    )
    if (!verdict.ok) return setTold(sentence(verdict.reason))
    setTold('')
    void send({ decision: 'approved', confirmedName: name })
  }
  if (isTooLate(error)) return <Refusal error={error} onRefused={props.onRefused} />
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p>{t('approveText', { title: script.newest.body.title })}</p>
      <PhoneField
        label={t('yourName', { name: script.doctorName ?? '' })}
        value={name}
        error={told}
        autoComplete="off"
        enterKeyHint="done"
        maxLength={30}
        onChange={(event) => {
          setName(event.target.value)
          setTold('')
        }}
      />
      <p className={styles.label}>
        {t('binds', { n: script.newest.number, hash: script.newest.sha256.slice(0, 8) })}
      </p>
      <Refusal error={error} onRefused={props.onRefused} />
      <PhoneButton type="submit" look="primary" busy={busy}>
        {t('sign')}
      </PhoneButton>
    </form>
  )
}

/** 退回修改: why, by chips and in the doctor's own words. */
export function SendBackSheet(props: SheetProps) {
  const t = useTexts(signOffTexts)
  const { script } = props
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={t('sendBackTitle', { n: script.newest.number })}
    >
      <SendBackForm {...props} />
    </Sheet>
  )
}

function SendBackForm(props: SheetProps) {
  const t = useTexts(signOffTexts)
  const language = useLanguage()
  const sentence = useRuleSentence()
  const { busy, error, send } = useDecide(props)
  const [reasons, setReasons] = useState<ReturnReason[]>([])
  const [comment, setComment] = useState('')
  const [told, setTold] = useState('')
  const commentId = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const verdict = signOffCan.explain({ reasons, comment })
    if (!verdict.ok) return setTold(sentence(verdict.reason))
    setTold('')
    void send({ decision: 'returned', reasons, comment })
  }
  if (isTooLate(error)) return <Refusal error={error} onRefused={props.onRefused} />
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <Chips
        label={t('reasons')}
        options={returnReasons.map((key) => ({ key, text: returnReasonLabels[key][language] }))}
        value={reasons}
        onChange={setReasons}
      />
      <div>
        <label htmlFor={commentId}>{t('comment')}</label>
        <textarea
          id={commentId}
          className={`area ${styles.area}`}
          value={comment}
          maxLength={500}
          placeholder={t('commentHint')}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      {told && <Notice kind="danger">{told}</Notice>}
      <Refusal error={error} onRefused={props.onRefused} />
      <PhoneButton type="submit" look="danger" busy={busy}>
        {t('sendBack')}
      </PhoneButton>
    </form>
  )
}
