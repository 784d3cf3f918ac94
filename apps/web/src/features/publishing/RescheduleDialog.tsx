import { useMutation, useQueryClient } from '@tanstack/react-query'
import { dueVerdict } from '@xingbo/shared/publishing/publication.rules'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { yes } from '@xingbo/shared/verdict'
import { Alert, Modal } from 'antd'
import { useId, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { InstantField } from '../../ui/DateFields.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { useUndoToast } from '../../ui/UndoToast.tsx'
import { rescheduleMutation } from './publishing.queries.ts'
import { publishingTexts } from './publishing.texts.ts'
import { scheduleTexts } from './schedule.texts.ts'

type RescheduleDialogProps = { publication: Publication | null; onClose: () => void }

/** The menu twin of dragging a post on the calendar; offers the same undo. */
export function RescheduleDialog({ publication, onClose }: RescheduleDialogProps) {
  return publication && <Dialog key={publication.id} publication={publication} onClose={onClose} />
}

function Dialog({ publication, onClose }: { publication: Publication; onClose: () => void }) {
  const t = useTexts(publishingTexts)
  const words = useTexts(scheduleTexts)
  const say = useSay()
  const id = useId()
  const formats = useFormats()
  const move = useMove('in form')
  const [dueAt, setDueAt] = useState(publication.dueAt)
  const verdict = dueAt === publication.dueAt ? yes : dueVerdict(new Date(dueAt), new Date())
  return (
    <Modal
      open
      title={t('rescheduleTitle', { account: publication.accountName })}
      okText={t('save')}
      cancelText={t('back')}
      okButtonProps={{ disabled: !verdict.ok || dueAt === publication.dueAt }}
      confirmLoading={move.isPending}
      onCancel={onClose}
      onOk={() => move.run(publication, dueAt).then(onClose, () => {})}
    >
      <p>
        <PlatformBadge platform={publication.platform} name={publication.contentTitle} />
      </p>
      {move.error && <Alert type="error" showIcon role="alert" title={move.error.message} />}
      <label htmlFor={id}>{t('newTime')}</label>
      <div>
        <InstantField
          id={id}
          value={dueAt}
          status={verdict.ok ? '' : 'error'}
          style={{ width: '100%', marginTop: 4 }}
          onChange={(next) => next && setDueAt(next)}
        />
      </div>
      <p className="soft" style={{ marginTop: 4 }} aria-live="polite">
        {verdict.ok ? words('zone', { zone: formats.zoneName(dueAt) }) : say(verdict.reason)}
      </p>
    </Modal>
  )
}

/** Moves a post and offers ten seconds to take it back. */
export function useMove(shown: 'in form' | 'as toast') {
  const t = useTexts(publishingTexts)
  const formats = useFormats()
  const offerUndo = useUndoToast()
  const client = useQueryClient()
  const reschedule = useMutation(rescheduleMutation(client, { shown }))
  const takeBack = useMutation(rescheduleMutation(client, { shown: 'as toast' }))
  return {
    isPending: reschedule.isPending,
    error: reschedule.error,
    run: async (publication: Publication, dueAt: string) => {
      const moved = await reschedule.mutateAsync({ publication, dueAt })
      offerUndo({
        done: t('moved', { account: moved.accountName, when: formats.dateTime(moved.dueAt) }),
        undo: () => takeBack.mutateAsync({ publication: moved, dueAt: publication.dueAt }),
      })
    },
  }
}
