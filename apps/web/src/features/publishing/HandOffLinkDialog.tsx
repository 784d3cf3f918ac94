import { useMutation, useQuery } from '@tanstack/react-query'
import { roleLabels } from '@xingbo/shared/identity/actor'
import { mayCall } from '@xingbo/shared/identity/permissions'
import { Alert, Button, Modal, QRCode, Select, Typography } from 'antd'
import { useId, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import styles from './HandOffs.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { colleaguesQuery, handOffLinkMutation } from './publishing.queries.ts'

type Handed = { publicationId: string; accountName: string }
type HandOffLinkDialogProps = { post: Handed | null; onClose: () => void }

/** A single-use link and its QR code for one person's phone. */
export function HandOffLinkDialog({ post, onClose }: HandOffLinkDialogProps) {
  return post && <Dialog key={post.publicationId} post={post} onClose={onClose} />
}

function Dialog({ post, onClose }: { post: Handed; onClose: () => void }) {
  const t = useTexts(handOffTexts)
  const role = useLabel(roleLabels)
  const formats = useFormats()
  const fieldId = useId()
  const me = useMe()
  const colleagues = useQuery(colleaguesQuery)
  const make = useMutation(handOffLinkMutation())
  const [userId, setUserId] = useState(me.userId)
  const able = (colleagues.data?.items ?? []).filter((one) =>
    mayCall('GET /api/hand-offs/:publicationId', one.role),
  )
  const who = able.find(({ id }) => id === userId)?.displayName ?? me.displayName
  const link = make.data
  return (
    <Modal
      open
      title={t('linkTitle', { account: post.accountName })}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
      onCancel={onClose}
    >
      <div className={styles.dialog}>
        <label htmlFor={fieldId}>{t('whom')}</label>
        <Select
          id={fieldId}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          loading={colleagues.isPending}
          value={userId}
          onChange={(id) => {
            setUserId(id)
            make.reset()
          }}
          options={able.map((one) => ({
            value: one.id,
            label: `${one.displayName} · ${role(one.role)}`,
          }))}
        />
        {!link && (
          <Button
            type="primary"
            loading={make.isPending}
            onClick={() => make.mutate({ publicationId: post.publicationId, userId })}
          >
            {t('make')}
          </Button>
        )}
        {link && (
          <>
            <QRCode
              value={link.url}
              size={208}
              bgColor="#fff"
              color="#000"
              aria-label={t('qr')}
              role="img"
            />
            <p className={styles.words}>{t('scan', { who })}</p>
            <p className={styles.words}>
              {t('singleUse', { when: formats.dateTime(link.expiresAt) })}
            </p>
            <Typography.Text
              className={styles.link}
              copyable={{ text: link.url, tooltips: [t('copy'), t('copied')] }}
            >
              {link.url}
            </Typography.Text>
            {isLocal(link.url) && <Alert type="warning" showIcon title={t('localOnly')} />}
            <Button
              size="small"
              loading={make.isPending}
              onClick={() => make.mutate({ publicationId: post.publicationId, userId })}
            >
              {t('another')}
            </Button>
          </>
        )}
      </div>
    </Modal>
  )
}

const isLocal = (url: string): boolean => /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname)
