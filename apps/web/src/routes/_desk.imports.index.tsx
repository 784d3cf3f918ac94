import { createFileRoute } from '@tanstack/react-router'
import { importKindLabels, importKinds } from '@xingbo/shared/metrics/import-kind'
import { Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { ImportDrawer } from '../features/metrics/ImportDrawer.tsx'
import { type ImportSearch, ImportTable } from '../features/metrics/ImportTable.tsx'
import { importTexts } from '../features/metrics/import.texts.ts'
import { useLabel, useTexts } from '../lib/i18n.ts'
import { listSearch } from '../lib/list-search.ts'
import { allow, useMay } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/imports/')({
  validateSearch: z.object({
    kind: z.enum(importKinds).optional().catch(undefined),
    page: listSearch.page,
    pageSize: listSearch.pageSize,
  }),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/imports'),
  component: ImportsPage,
})

function ImportsPage() {
  const t = useTexts(importTexts)
  const kind = useLabel(importKindLabels)
  const mayImport = useMay()('POST /api/imports')
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const [importing, setImporting] = useState(false)
  const onSearch = (patch: Partial<ImportSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  const open = (importId: string, waiting = false) =>
    void navigate({
      to: '/imports/$importId',
      params: { importId },
      search: waiting ? { fate: 'needs_person' as const } : {},
    })
  const start = mayImport ? () => setImporting(true) : undefined
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      primary={start && { label: t('importFile'), onClick: start, key: 'c' }}
      filters={
        <Select
          allowClear
          aria-label={t('kind')}
          placeholder={t('allKinds')}
          style={{ width: 180 }}
          options={importKinds.map((one) => ({ value: one, label: kind(one) }))}
          value={search.kind ?? null}
          onChange={(next) => onSearch({ kind: next ?? undefined, page: undefined })}
        />
      }
    >
      <ImportTable search={search} onSearch={onSearch} onOpen={open} onImport={start} />
      <ImportDrawer
        open={importing}
        onClose={() => setImporting(false)}
        onImported={({ id, counts }) => open(id, !!counts.needs_person)}
      />
    </PageShell>
  )
}
