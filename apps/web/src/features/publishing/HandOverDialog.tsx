import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { roleLabels } from '@xingbo/shared/identity/actor'
import { mayCall } from '@xingbo/shared/identity/permissions'
import type { HandOffItem } from '@xingbo/shared/publishing/hand-off.schema'
import { App, Checkbox, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import styles from './HandOffs.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { accountOwnerMutation, colleaguesQuery, takeOverMutation } from './publishing.queries.ts'

type HandOverDialogProps = { item: HandOffItem | null; onClose: () => void }

/** Gives one post to a colleague, and with it, if wished, the account from now on. */
export function HandOverDialog({ item, onClose }: HandOverDialogProps) {
  return item && <Dialog key={item.publicationId} item={item} onClose={onClose} />
}

function Dialog({ item, onClose }: { item: HandOffItem; onClose: () => void }) {
  const t = useTexts(handOffTexts)
  const role = useLabel(roleLabels)
  const may = useMay()
  const fieldId = useId()
  const { message } = App.useApp()
  const client = useQueryClient()
  const colleagues = useQuery(colleaguesQuery)
  const take = useMutation(takeOverMutation(client))
  const own = useMutation(accountOwnerMutation(client))
  const [userId, setUserId] = useState<string | undefined>(item.who?.userId)
  const [always, setAlways] = useState(false)
  const able = (colleagues.data?.items ?? []).filter((one) =>
    mayCall('POST /api/hand-offs/:publicationId/proof', one.role),
  )
  const save = async () => {
    if (!userId) return
    const { publicationId, accountId } = item
    if (always) {
      await own.mutateAsync({ accountId, userId })
      await take.mutateAsync({ publicationId, userId: null })
    } else await take.mutateAsync({ publicationId, userId })
    void message.success(t('handed'))
    onClose()
  }
  return (
    <Modal
      open
      title={t('handOverTitle', { item: item.contentTitle })}
      okText={t('handOver')}
      cancelText={t('close')}
      okButtonProps={{ disabled: !userId }}
      confirmLoading={take.isPending || own.isPending}
      onOk={() => void save().catch(() => {})}
      onCancel={onClose}
    >
      <div className={styles.fields}>
        <label htmlFor={fieldId}>{t('whom')}</label>
        <Select
          id={fieldId}
          showSearch={{ optionFilterProp: 'label' }}
          loading={colleagues.isPending}
          value={userId}
          onChange={setUserId}
          options={able.map((one) => ({
            value: one.id,
            label: `${one.displayName} · ${role(one.role)}`,
          }))}
        />
        {may('POST /api/accounts/:accountId/owner') && (
          <Checkbox checked={always} onChange={(event) => setAlways(event.target.checked)}>
            {t('always', { account: item.accountName })}
          </Checkbox>
        )}
      </div>
    </Modal>
  )
}
