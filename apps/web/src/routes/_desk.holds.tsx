import { createFileRoute, useNavigate } from '@tanstack/react-router'
import {
  type Hold,
  type HoldKind,
  holdKindLabels,
  holdKinds,
  listHolds,
} from '@xingbo/shared/content/hold.schema'
import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import { HoldTable } from '../features/content/HoldTable.tsx'
import { holdListTexts } from '../features/content/hold-list.texts.ts'
import { LiftDrawer } from '../features/content/LiftDrawer.tsx'
import { useLabel, useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/holds')({
  validateSearch: listHolds.query.partial(),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/holds'),
  component: HoldsPage,
})

function HoldsPage() {
  const t = useTexts(holdListTexts)
  const kind = useLabel(holdKindLabels)
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const [lifting, setLifting] = useState<Hold | null>(null)
  return (
    <PageShell
      title={t('pageTitle')}
      purpose={t('pagePurpose')}
      filters={
        <>
          <Select
            aria-label={t('kind')}
            style={{ width: 140 }}
            options={[
              { value: '', label: t('anyKind') },
              ...holdKinds.map((value) => ({ value, label: kind(value) })),
            ]}
            value={search.kind ?? ''}
            onChange={(value: HoldKind | '') =>
              void navigate({
                search: (old) => ({ ...old, kind: value || undefined }),
                replace: true,
              })
            }
          />
          <Checkbox
            checked={search.show === 'all'}
            onChange={({ target }) =>
              void navigate({
                search: (old) => ({ ...old, show: target.checked ? 'all' : undefined }),
                replace: true,
              })
            }
          >
            {t('showAll')}
          </Checkbox>
        </>
      }
    >
      <HoldTable search={search} onLift={setLifting} />
      <LiftDrawer hold={lifting} onClose={() => setLifting(null)} />
    </PageShell>
  )
}
