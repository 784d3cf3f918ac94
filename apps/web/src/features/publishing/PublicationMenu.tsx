import MoreOutlined from '@ant-design/icons/MoreOutlined'
import { useNavigate } from '@tanstack/react-router'
import { publicationCan } from '@xingbo/shared/publishing/publication.rules'
import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import type { Verdict } from '@xingbo/shared/verdict'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import styles from './Publications.module.css'
import { publishingTexts } from './publishing.texts.ts'
import { useCancel } from './use-cancel.tsx'

type PublicationMenuProps = {
  publication: Publication
  onReschedule: (publication: Publication) => void
}

/** What can be done to one post; what a rule forbids stays readable with the rule's sentence. */
export function PublicationMenu({ publication, onReschedule }: PublicationMenuProps) {
  const t = useTexts(publishingTexts)
  const items = usePublicationActions(onReschedule)
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{ items: items(publication), onClick: ({ domEvent }) => domEvent.stopPropagation() }}
    >
      <Button
        type="text"
        icon={<MoreOutlined aria-hidden />}
        aria-label={t('moreActions', { title: publication.contentTitle })}
        onClick={(event) => event.stopPropagation()}
      />
    </Dropdown>
  )
}

type Items = NonNullable<MenuProps['items']>

/** The entries of a post's menu, the same on the list, on the calendar and on the item's page. */
export function usePublicationActions(
  onReschedule: (publication: Publication) => void,
): (publication: Publication) => Items {
  const t = useTexts(publishingTexts)
  const say = useSay()
  const may = useMay()
  const navigate = useNavigate()
  const cancel = useCancel()
  const entry = (key: string, label: string, verdict: Verdict, run: () => void) => ({
    key,
    disabled: !verdict.ok,
    label: verdict.ok ? (
      label
    ) : (
      <span className={styles.refused}>
        {label}
        <small>{say(verdict.reason)}</small>
      </span>
    ),
    onClick: run,
  })
  return (publication) => {
    const { id, remoteUrl } = publication
    return [
      {
        key: 'open',
        label: t('open'),
        onClick: () =>
          void navigate({
            to: '/publications/$publicationId',
            params: { publicationId: id },
          }),
      },
      ...(remoteUrl
        ? [
            {
              key: 'remote',
              label: (
                <a href={remoteUrl} target="_blank" rel="noreferrer">
                  {t('seeOnPlatform')}
                </a>
              ),
            },
          ]
        : []),
      ...(may('POST /api/publications/:publicationId/reschedule')
        ? [
            entry('reschedule', t('reschedule'), publicationCan.reschedule(publication), () =>
              onReschedule(publication),
            ),
            {
              ...entry('cancel', t('cancel'), publicationCan.cancel(publication), () =>
                cancel(publication),
              ),
              danger: publicationCan.cancel(publication).ok,
            },
          ]
        : []),
    ]
  }
}
