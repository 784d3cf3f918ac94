import UploadOutlined from '@ant-design/icons/UploadOutlined'
import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { parseScriptMarkdown } from '@xingbo/shared/scripts/script-markdown'
import { Alert, Button, Input, Modal } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { scriptTexts } from './script.texts.ts'

type ImportDialogProps = {
  open: boolean
  onClose: () => void
  /** What stands on the page now; its captions are kept. */
  present: ScriptBody
  onImport: (body: ScriptBody) => void
}

/** A finished script pasted or read from a file, shown as what was understood before it replaces anything. */
export function ImportDialog({ open, onClose, present, onImport }: ImportDialogProps) {
  const t = useTexts(scriptTexts)
  const [text, setText] = useState('')
  const file = useRef<HTMLInputElement>(null)
  const parsed = useMemo(() => parseScriptMarkdown(text), [text])
  const tried = text.trim() !== ''
  const occupied = present.hook !== '' || present.shots.length > 0 || present.callToAction !== ''
  const close = () => {
    setText('')
    onClose()
  }
  return (
    <Modal
      open={open}
      onCancel={close}
      width={680}
      title={t('importTitle')}
      okText={t('importDo')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !parsed }}
      onOk={() => {
        if (!parsed) return
        const { body } = parsed
        onImport({ ...body, title: body.title || present.title, captions: present.captions })
        close()
      }}
      destroyOnHidden
    >
      <p>{t('importText')}</p>
      <input
        ref={file}
        type="file"
        accept=".md,.markdown,.txt,text/plain,text/markdown"
        hidden
        aria-label={t('importFile')}
        onChange={async (event) => {
          const [chosen] = event.target.files ?? []
          event.target.value = ''
          if (chosen) setText(await chosen.text())
        }}
      />
      <Button icon={<UploadOutlined aria-hidden />} onClick={() => file.current?.click()}>
        {t('importFile')}
      </Button>
      <Input.TextArea
        value={text}
        autoSize={{ minRows: 10, maxRows: 18 }}
        style={{ margin: '12px 0' }}
        aria-label={t('importTitle')}
        onChange={(event) => setText(event.target.value)}
      />
      {tried && !parsed && <Alert type="error" showIcon title={t('importUnreadable')} />}
      {parsed && (
        <Alert
          type={occupied ? 'warning' : 'info'}
          showIcon
          title={t('importFound', {
            title: parsed.body.title || present.title,
            shots: parsed.body.shots.length,
            sources: parsed.body.sources.length,
          })}
          description={occupied ? t('importReplace') : undefined}
        />
      )}
    </Modal>
  )
}
