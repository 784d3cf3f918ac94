import { createFileRoute } from '@tanstack/react-router'
import { Select, Tabs, Tag } from 'antd'
import { z } from 'zod'
import { leadTexts } from '../features/leads/lead.texts.ts'
import { OrderTable, type RecordSearch, VisitTable } from '../features/leads/RecordTables.tsx'
import { useTexts } from '../lib/i18n.ts'
import { listSearch } from '../lib/list-search.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

const matches = ['yes', 'no'] as const

export const Route = createFileRoute('/_desk/visits')({
  validateSearch: z.object({
    tab: z.literal('orders').optional().catch(undefined),
    matched: z.enum(matches).optional().catch(undefined),
    leadId: z.string().max(60).optional().catch(undefined),
    page: listSearch.page,
    pageSize: listSearch.pageSize,
  }),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/visits'),
  component: RecordsPage,
})

function RecordsPage() {
  const t = useTexts(leadTexts)
  const { tab, ...search } = Route.useSearch()
  const navigate = Route.useNavigate()
  const onSearch = (patch: Partial<RecordSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  const table = { search, onSearch }
  return (
    <PageShell
      title={t('recordsTitle')}
      purpose={t('recordsPurpose')}
      filters={
        <>
          <Select
            allowClear
            aria-label={t('match')}
            placeholder={t('anyMatch')}
            style={{ width: 150 }}
            options={matches.map((one) => ({
              value: one,
              label: t(one === 'yes' ? 'matched' : 'unmatched'),
            }))}
            value={search.matched ?? null}
            onChange={(next) => onSearch({ matched: next ?? undefined, page: undefined })}
          />
          {search.leadId && (
            <Tag closable onClose={() => onSearch({ leadId: undefined, page: undefined })}>
              {t('ofLead')}
            </Tag>
          )}
        </>
      }
    >
      <Tabs
        activeKey={tab ?? 'visits'}
        onChange={(key) =>
          void navigate({
            search: (old) => ({
              ...old,
              tab: key === 'orders' ? ('orders' as const) : undefined,
              page: undefined,
            }),
            replace: true,
          })
        }
        items={[
          { key: 'visits', label: t('visits'), children: <VisitTable {...table} /> },
          { key: 'orders', label: t('orders'), children: <OrderTable {...table} /> },
        ]}
      />
    </PageShell>
  )
}
