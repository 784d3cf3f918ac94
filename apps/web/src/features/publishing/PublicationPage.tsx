import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { publishRouteLabels } from '@xingbo/shared/accounts/platform'
import { publicationCan } from '@xingbo/shared/publishing/publication.rules'
import { type ReactNode, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { PageShell } from '../../ui/PageShell.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { PublicationTag } from '../../ui/StatusTag.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import styles from './PublicationView.module.css'
import { PublicationView } from './PublicationView.tsx'
import { publicationQueries } from './publishing.queries.ts'
import { publishingTexts } from './publishing.texts.ts'
import { RescheduleDialog } from './RescheduleDialog.tsx'
import { useCancel } from './use-cancel.tsx'

type PublicationPageProps = { publicationId: string; aside?: ReactNode }

/** The page of one post; `aside` is for panels of other features. */
export function PublicationPage({ publicationId, aside }: PublicationPageProps) {
  const t = useTexts(publishingTexts)
  const route = useLabel(publishRouteLabels)
  const formats = useFormats()
  const may = useMay()
  const cancel = useCancel()
  const { data: publication } = useSuspenseQuery(publicationQueries.detail(publicationId))
  const [moving, setMoving] = useState(false)
  return (
    <PageShell
      title={publication.contentTitle}
      back={{ to: '/publications', label: t('backToList') }}
      tags={
        <>
          <PlatformBadge platform={publication.platform} />
          <PublicationTag state={publication.state} />
        </>
      }
      purpose={t('detailPurpose', {
        account: publication.accountName,
        route: route(publication.route),
        when: formats.dateTime(publication.dueAt),
      })}
      extra={
        <>
          <Link
            className={styles.beside}
            to="/contents/$contentId/publish"
            params={{ contentId: publication.contentId }}
          >
            {t('openItem')}
          </Link>
          {may('POST /api/publications/:publicationId/reschedule') && (
            <>
              <VerdictButton
                verdict={publicationCan.reschedule(publication)}
                onClick={() => setMoving(true)}
              >
                {t('reschedule')}
              </VerdictButton>
              <VerdictButton
                danger
                verdict={publicationCan.cancel(publication)}
                onClick={() => cancel(publication)}
              >
                {t('cancel')}
              </VerdictButton>
            </>
          )}
        </>
      }
    >
      <PublicationView publication={publication} aside={aside} />
      <RescheduleDialog
        publication={moving ? publication : null}
        onClose={() => setMoving(false)}
      />
    </PageShell>
  )
}
