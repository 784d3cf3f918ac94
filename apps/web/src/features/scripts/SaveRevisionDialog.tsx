import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ScriptView } from '@xingbo/shared/scripts/script.schema'
import { settleScript } from '@xingbo/shared/scripts/script-body'
import { changedFields } from '@xingbo/shared/scripts/script-text'
import { Alert, App, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { ApiError } from '../../lib/http.ts'
import { useTexts } from '../../lib/i18n.ts'
import { saveRevisionMutation } from './script.queries.ts'
import { scriptTexts } from './script.texts.ts'
import type { ScriptDraftHandle } from './use-script-draft.ts'

type SaveRevisionDialogProps = {
  open: boolean
  onClose: () => void
  view: ScriptView
  draft: ScriptDraftHandle
}

/** Says what saving does, asks what changed, and freezes the words as the next revision. */
export function SaveRevisionDialog({ open, onClose, view, draft }: SaveRevisionDialogProps) {
  const t = useTexts(scriptTexts)
  const { message } = App.useApp()
  const save = useMutation(saveRevisionMutation(useQueryClient(), view.contentId))
  const [note, setNote] = useState('')
  const noteId = useId()
  const { newest, standing } = view
  const next = (newest?.number ?? 0) + 1
  const body = settleScript(draft.editing.body)
  const count = newest ? changedFields(newest.body, body).length : 0

  const submit = async () => {
    if (!(await draft.flush())) return onClose()
    const { basedOn, revision } = draft.basis()
    try {
      const saved = await save.mutateAsync({ body, note, basedOn, draftRevision: revision })
      draft.adopt(saved)
      setNote('')
      onClose()
      void message.success(t('revisionSaved', { n: next }))
    } catch (error) {
      // Somebody came first: the choice between the two is made on the page.
      if (error instanceof ApiError && error.status === 409) {
        draft.halt(error.message)
        onClose()
      }
    }
  }
  return (
    <Modal
      open={open}
      onCancel={onClose}
      onOk={submit}
      title={t('saveTitle', { n: next })}
      okText={t('saveRevision', { n: next })}
      cancelText={t('cancel')}
      confirmLoading={save.isPending}
      destroyOnHidden
    >
      <p>{newest ? t('saveChanges', { n: newest.number, count }) : t('saveFirst')}</p>
      {standing && (
        <Alert
          type="warning"
          showIcon
          title={t('saveVoids', { doctor: standing.doctorName, n: standing.revisionNumber })}
        />
      )}
      <label htmlFor={noteId} style={{ display: 'block', margin: '12px 0 4px' }}>
        {t('revisionNote')}
      </label>
      <Input
        id={noteId}
        value={note}
        maxLength={200}
        placeholder={t('revisionNoteHint')}
        onChange={(event) => setNote(event.target.value)}
        onPressEnter={submit}
      />
      {save.error && !(save.error instanceof ApiError && save.error.status === 409) && (
        <Alert type="error" showIcon title={save.error.message} style={{ marginTop: 12 }} />
      )}
    </Modal>
  )
}
