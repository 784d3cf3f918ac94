import { useMutation } from '@tanstack/react-query'
import type { Lead } from '@xingbo/shared/leads/lead.schema'
import { Alert, Button, Input, Modal, Radio, Space, Typography } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { revealMutation } from './lead.queries.ts'
import { leadTexts } from './lead.texts.ts'

/** Long enough to dial, short enough not to stay on a screen somebody walked away from. */
const shownForSeconds = 60
const reasons = ['reasonCall', 'reasonFollow', 'reasonMatch', 'reasonOther'] as const

type RevealDialogProps = { lead: Lead | null; onClose: () => void }

/** Asks why, then shows a name and a phone for a minute. */
export function RevealDialog({ lead, onClose }: RevealDialogProps) {
  return lead && <Dialog key={lead.id} lead={lead} onClose={onClose} />
}

function Dialog({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const t = useTexts(leadTexts)
  const id = useId()
  const reveal = useMutation(revealMutation())
  const [reason, setReason] = useState<(typeof reasons)[number]>('reasonCall')
  const [own, setOwn] = useState('')
  const given = reason === 'reasonOther' ? own.trim() : t(reason)
  const shown = reveal.data
  return (
    <Modal
      open
      title={t('revealTitle', { name: lead.maskedName ?? '' })}
      onCancel={onClose}
      okText={t('reveal')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: given.length < 2 }}
      confirmLoading={reveal.isPending}
      onOk={() => reveal.mutate({ leadId: lead.id, reason: given })}
      {...(shown && { footer: <Button onClick={onClose}>{t('close')}</Button> })}
    >
      {reveal.error && <Alert type="error" showIcon role="alert" title={reveal.error.message} />}
      {shown ? (
        <Shown {...shown} onClose={onClose} />
      ) : (
        <Space orientation="vertical" size={10} style={{ width: '100%' }}>
          <span>{t('revealText')}</span>
          <Radio.Group
            aria-label={t('revealReason')}
            optionType="button"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            options={reasons.map((one) => ({ value: one, label: t(one) }))}
          />
          {reason === 'reasonOther' && (
            <>
              <label htmlFor={id}>{t('revealReason')}</label>
              <Input
                id={id}
                maxLength={100}
                value={own}
                onChange={(event) => setOwn(event.target.value)}
              />
            </>
          )}
        </Space>
      )}
    </Modal>
  )
}

function Shown({ name, phone, onClose }: { name: string; phone: string; onClose: () => void }) {
  const t = useTexts(leadTexts)
  const [left, setLeft] = useState(shownForSeconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft((n) => n - 1), 1000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (left <= 0) onClose()
  }, [left, onClose])
  return (
    <Space orientation="vertical" size={8}>
      <strong style={{ fontSize: 20 }}>{name}</strong>
      <Typography.Text
        style={{ fontSize: 20 }}
        copyable={{ text: phone, tooltips: [t('copy'), t('copied')] }}
      >
        <a href={`tel:${phone}`}>{phone}</a>
      </Typography.Text>
      <span className="soft">{t('revealedFor', { seconds: left })}</span>
    </Space>
  )
}
