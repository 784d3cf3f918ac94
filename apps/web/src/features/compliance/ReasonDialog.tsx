import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { complianceTexts } from './compliance.texts.ts'

type ReasonDialogProps = {
  title: string
  hint: string
  /** The word on the button, so that nobody wonders what OK does. */
  verb: string
  needed: boolean
  danger?: boolean
  /** Throws to stay open with the sentence shown. */
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** Asks for a written reason; what was typed survives a refusal. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, hint, verb, needed, danger, onConfirm, onClose } = props
  const t = useTexts(complianceTexts)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const tooShort = needed && reason.trim().length < 4
  const confirm = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await onConfirm(reason.trim())
      onClose()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={title}
      okText={verb}
      okButtonProps={{ disabled: tooShort, danger: danger ?? false }}
      confirmLoading={busy}
      onOk={() => void confirm()}
      onCancel={onClose}
    >
      <p>{hint}</p>
      <Form layout="vertical">
        <Form.Item
          label={t('reason')}
          required={needed}
          validateStatus={problem ? 'error' : ''}
          help={problem ?? (needed ? t('reasonNeeded') : undefined)}
        >
          <Input.TextArea
            autoFocus
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
