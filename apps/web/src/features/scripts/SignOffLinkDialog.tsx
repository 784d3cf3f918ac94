import { useMutation } from '@tanstack/react-query'
import type { ScriptView } from '@xingbo/shared/scripts/script.schema'
import { Alert, App, Button, Input, Modal, QRCode, Spin } from 'antd'
import { useEffect } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import styles from './Script.module.css'
import { signOffLinkMutation } from './script.queries.ts'
import { scriptTexts } from './script.texts.ts'

type SignOffLinkDialogProps = { open: boolean; onClose: () => void; view: ScriptView }

/** A single-use link to the doctor's phone, to scan or to send; it is shown once and not kept. */
export function SignOffLinkDialog({ open, onClose, view }: SignOffLinkDialogProps) {
  const t = useTexts(scriptTexts)
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      title={t('linkTitle', { doctor: view.doctorName ?? '' })}
      destroyOnHidden
    >
      <SignOffLink contentId={view.contentId} />
    </Modal>
  )
}

function SignOffLink({ contentId }: { contentId: string }) {
  const t = useTexts(scriptTexts)
  const formats = useFormats()
  const { message } = App.useApp()
  const { mutate, data, error } = useMutation(signOffLinkMutation(contentId))
  useEffect(() => {
    // React draws twice in development; a link made and thrown away would still be a key to the item.
    const timer = setTimeout(() => mutate())
    return () => clearTimeout(timer)
  }, [mutate])
  if (error) return <Alert type="error" showIcon title={error.message} />
  if (!data) return <Spin />
  const copy = () =>
    navigator.clipboard.writeText(data.url).then(
      () => message.success(t('copied')),
      () => message.warning(t('copyFailed')),
    )
  return (
    <div className={styles.link}>
      <p>{t('linkText', { doctor: data.doctorName, when: formats.dateTime(data.expiresAt) })}</p>
      <div role="img" aria-label={t('qrLabel')}>
        <QRCode value={data.url} size={208} type="svg" color="#000000" bgColor="#ffffff" />
      </div>
      <div className={styles.row} style={{ alignSelf: 'stretch' }}>
        <Input
          readOnly
          value={data.url}
          aria-label={t('makeLink')}
          onFocus={(event) => event.target.select()}
        />
        <Button type="primary" onClick={copy}>
          {t('copyLink')}
        </Button>
      </div>
      <p className={styles.soft}>{t('linkSecret')}</p>
    </div>
  )
}
