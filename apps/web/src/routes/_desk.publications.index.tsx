import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { platforms } from '@xingbo/shared/accounts/platform'
import { publicationStates } from '@xingbo/shared/publishing/publication-state'
import { z } from 'zod'
import { PublicationFilters } from '../features/publishing/PublicationFilters.tsx'
import { PublicationList, type PublicationSearch } from '../features/publishing/PublicationList.tsx'
import { publishingTexts } from '../features/publishing/publishing.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { DayField } from '../ui/DateFields.tsx'
import { PageShell } from '../ui/PageShell.tsx'
import { SearchField } from '../ui/SearchField.tsx'

const search = z.object({
  state: z.enum(publicationStates).optional().catch(undefined),
  platform: z.enum(platforms).optional().catch(undefined),
  accountId: z.string().max(60).optional().catch(undefined),
  q: z.string().max(100).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  page: z.int().min(1).optional().catch(undefined),
  pageSize: z.int().min(1).max(200).optional().catch(undefined),
})

export const Route = createFileRoute('/_desk/publications/')({
  validateSearch: search,
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/publications'),
  component: PublicationsPage,
})

function PublicationsPage() {
  const t = useTexts(publishingTexts)
  const navigate = useNavigate({ from: Route.fullPath })
  const given = Route.useSearch()
  const change = (patch: PublicationSearch) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  const narrow = (patch: PublicationSearch) => change({ ...patch, page: undefined })
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      filters={
        <>
          <SearchField value={given.q} placeholder={t('search')} onChange={(q) => narrow({ q })} />
          <PublicationFilters value={given} onChange={narrow} />
          <DayField
            value={given.from ?? null}
            placeholder={t('from')}
            onChange={(from) => narrow({ from: from ?? undefined })}
          />
          <DayField
            value={given.to ?? null}
            placeholder={t('to')}
            onChange={(to) => narrow({ to: to ?? undefined })}
          />
        </>
      }
    >
      <PublicationList search={given} onSearch={change} />
    </PageShell>
  )
}
