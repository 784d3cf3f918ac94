import {
  type ButtonHTMLAttributes,
  type InputHTMLAttributes,
  type ReactNode,
  useEffect,
  useId,
  useRef,
} from 'react'
import { ApiError } from '../lib/http.ts'
import { useTexts } from '../lib/i18n.ts'
import { phoneTexts } from './phone.texts.ts'
import type { Loaded } from './use-load.ts'

type PhoneButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'primary' | 'plain' | 'danger'
  busy?: boolean
}

/** A button of at least 48 px; busy ones cannot be pressed twice. */
export function PhoneButton({ look = 'plain', busy, className, ...button }: PhoneButtonProps) {
  return (
    <button
      type="button"
      {...button}
      className={`button ${className ?? ''}`}
      data-look={look}
      disabled={busy || button.disabled}
      aria-busy={busy}
    />
  )
}

/** The fixed row at the bottom of a screen: `<BottomActions><PhoneButton …/></BottomActions>`. */
export function BottomActions({ children }: { children: ReactNode }) {
  return <div className="bottom">{children}</div>
}

type PhoneFieldProps = InputHTMLAttributes<HTMLInputElement> & { label: string; error?: string }

export function PhoneField({ label, error, ...input }: PhoneFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input {...input} id={id} aria-invalid={!!error} aria-describedby={`${id}-error`} />
      <p id={`${id}-error`} className="field-error">
        {error}
      </p>
    </div>
  )
}

/** Choices to press on and off, such as reasons: `value` holds the keys pressed. */
export function Chips<K extends string>(props: {
  label: string
  options: readonly { key: K; text: string }[]
  value: readonly K[]
  onChange: (value: K[]) => void
}) {
  const { label, options, value, onChange } = props
  return (
    <fieldset className="chips">
      <legend>{label}</legend>
      {options.map(({ key, text }) => (
        <button
          key={key}
          type="button"
          className="chip"
          aria-pressed={value.includes(key)}
          onClick={() =>
            onChange(value.includes(key) ? value.filter((one) => one !== key) : [...value, key])
          }
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}

/** A note the person must see: what was voided, what went wrong, what is done. */
export function Notice(props: {
  kind: 'info' | 'success' | 'warning' | 'danger'
  title?: string
  children?: ReactNode
}) {
  return (
    <div
      className="notice"
      data-kind={props.kind}
      role={props.kind === 'danger' ? 'alert' : 'status'}
    >
      {props.title && <strong>{props.title}</strong>}
      {props.children && <div>{props.children}</div>}
    </div>
  )
}

/** What a refusal or a lost connection says, with the request id of server faults. */
export function RefusalNotice({ error }: { error: unknown }) {
  const t = useTexts(phoneTexts)
  const text = error instanceof Error ? error.message : String(error)
  return (
    <Notice kind="danger" title={text}>
      {error instanceof ApiError && error.status >= 500 && (
        <small>{t('requestId', { id: error.body.requestId })}</small>
      )}
    </Notice>
  )
}

export function Waiting() {
  const t = useTexts(phoneTexts)
  return (
    <p className="waiting" role="status">
      {t('loading')}
    </p>
  )
}

/** Draws what `useLoad` brought, or that it is coming, or why not: `<Load of={script}>{(data) => …}</Load>`. */
export function Load<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ReactNode }) {
  const t = useTexts(phoneTexts)
  if (of.state === 'loading') return <Waiting />
  if (of.state === 'ready') return children(of.data)
  return (
    <div className="stack">
      <RefusalNotice error={of.error} />
      <PhoneButton onClick={of.reload}>{t('retry')}</PhoneButton>
    </div>
  )
}

type SheetProps = { open: boolean; onClose: () => void; title: string; children: ReactNode }

/** A dialog that rises from the bottom; the browser keeps focus inside it and closes it on Escape. */
export function Sheet({ open, onClose, title, children }: SheetProps) {
  const t = useTexts(phoneTexts)
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={titleId} onClose={onClose}>
      {open && (
        <>
          <header className="sheet-head">
            <h2 id={titleId}>{title}</h2>
            <button type="button" className="icon" onClick={onClose} aria-label={t('close')}>
              ✕
            </button>
          </header>
          {children}
        </>
      )}
    </dialog>
  )
}
