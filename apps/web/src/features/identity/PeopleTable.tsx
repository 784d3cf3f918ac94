import MoreOutlined from '@ant-design/icons/MoreOutlined'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { roleLabels } from '@xingbo/shared/identity/actor'
import { userCan } from '@xingbo/shared/identity/user.rules'
import type { User } from '@xingbo/shared/identity/user.schema'
import { App, Button, Dropdown, Space } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import { identityTexts } from './identity.texts.ts'
import { updateUserMutation, userQueries } from './user.queries.ts'

type PeopleTableProps = { onEdit: (user: User) => void; onResetPassword: (user: User) => void }

export function PeopleTable({ onEdit, onResetPassword }: PeopleTableProps) {
  const t = useTexts(identityTexts)
  const role = useLabel(roleLabels)
  const me = useMe()
  const { modal, message } = App.useApp()
  const query = useQuery(userQueries.list())
  const update = useMutation(updateUserMutation(useQueryClient(), 'as toast'))

  const setDisabled = async (user: User, disabled: boolean) => {
    await update.mutateAsync({ userId: user.id, body: { revision: user.revision, disabled } })
    const name = user.displayName
    void message.success(t(disabled ? 'disabledDone' : 'enabledDone', { name }))
  }
  const askDisable = (user: User) =>
    modal.confirm({
      title: t('disableTitle', { name: user.displayName }),
      content: t('disableText'),
      okText: t('disable'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      // The refusal shows as a toast.
      onOk: () => setDisabled(user, true).catch(() => {}),
    })

  const roleText = (user: User) => (
    <>
      {role(user.role)}
      {user.doctorName && ` · ${user.doctorName}`}
    </>
  )
  const status = (user: User) => (
    <StatusTag tone={user.disabled ? 'ended' : 'done'}>
      {user.disabled ? t('disabled') : t('active')}
    </StatusTag>
  )
  const lastSeen = (user: User) => (user.lastSeenAt ? <RelTime at={user.lastSeenAt} /> : t('never'))
  const name = (user: User) => (
    <Space size={8}>
      {user.displayName}
      {user.id === me.userId && <span className="soft">{t('itsYou')}</span>}
    </Space>
  )
  const menu = (user: User) => (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          { key: 'edit', label: t('edit'), onClick: () => onEdit(user) },
          { key: 'reset', label: t('resetPassword'), onClick: () => onResetPassword(user) },
          ...(userCan.changeAccess(user, me).ok
            ? [
                user.disabled
                  ? {
                      key: 'enable',
                      label: t('enable'),
                      onClick: () => void setDisabled(user, false).catch(() => {}),
                    }
                  : {
                      key: 'disable',
                      danger: true,
                      label: t('disable'),
                      onClick: () => askDisable(user),
                    },
              ]
            : []),
        ],
      }}
    >
      <Button
        type="text"
        icon={<MoreOutlined aria-hidden />}
        aria-label={t('moreActions', { name: user.displayName })}
      />
    </Dropdown>
  )

  const columns: Columns<User> = [
    { key: 'name', title: t('displayName'), render: (_, user) => name(user) },
    { key: 'username', title: t('username'), dataIndex: 'username' },
    { key: 'role', title: t('role'), render: (_, user) => roleText(user) },
    { key: 'status', title: t('status'), render: (_, user) => status(user) },
    { key: 'seen', title: t('lastSeen'), render: (_, user) => lastSeen(user) },
    { key: 'actions', title: t('actions'), width: 80, render: (_, user) => menu(user) },
  ]
  return (
    <QueryTable
      query={query}
      columns={columns}
      rowKey={(user) => user.id}
      onOpen={onEdit}
      card={(user) => (
        <Space orientation="vertical" size={4}>
          <Space wrap>
            {name(user)}
            {status(user)}
          </Space>
          <span>
            {user.username} · {roleText(user)}
          </span>
          <span className="soft">
            {t('lastSeenLabel')}
            {lastSeen(user)}
          </span>
        </Space>
      )}
      cardActions={menu}
    />
  )
}
