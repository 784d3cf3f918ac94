import type { Publication } from '@xingbo/shared/publishing/publication.schema'
import { Dropdown } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { PublicationTag } from '../../ui/StatusTag.tsx'
import { DateTime } from '../../ui/Time.tsx'
import styles from './Calendar.module.css'
import { calendarTexts } from './calendar.texts.ts'
import { usePublicationActions } from './PublicationMenu.tsx'
import { useReason } from './use-reason.ts'

/** The post pressed and its block on the screen, which gets the focus back. */
export type Chosen = { readonly id: string; readonly el: HTMLElement }

type EventMenuProps = {
  chosen: Chosen | null
  publication: Publication | null
  onReschedule: (publication: Publication) => void
  onClose: () => void
}

/** The menu of a post in the calendar, for pointer and keyboard: everything a drag does, in words. */
export function EventMenu({ chosen, publication, onReschedule, onClose }: EventMenuProps) {
  const actions = usePublicationActions(onReschedule)
  if (!chosen || !publication) return null
  const { top, left, width, height } = chosen.el.getBoundingClientRect()
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      placement="bottomLeft"
      menu={{
        items: [
          { key: 'facts', type: 'group', label: <Facts publication={publication} /> },
          { type: 'divider' },
          ...actions(publication),
        ],
        onClick: onClose,
      }}
      onOpenChange={(open) => !open && onClose()}
    >
      <span className={styles.anchor} style={{ top, left, width, height }} />
    </Dropdown>
  )
}

function Facts({ publication }: { publication: Publication }) {
  const t = useTexts(calendarTexts)
  const reason = useReason()
  const why = reason(publication.reason)
  const may = useMay()
  return (
    <div className={styles.facts}>
      <strong>{publication.contentTitle}</strong>
      <PlatformBadge platform={publication.platform} name={publication.accountName} size="small" />
      <span>
        <DateTime at={publication.dueAt} />
      </span>
      <PublicationTag state={publication.state} />
      {why && <span className="soft">{why}</span>}
      {!may('POST /api/publications/:publicationId/reschedule') && (
        <span className="soft">{t('lookOnly')}</span>
      )}
    </div>
  )
}
