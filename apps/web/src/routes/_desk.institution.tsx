import { createFileRoute } from '@tanstack/react-router'
import { connectOutcomes } from '@xingbo/shared/accounts/account.labels'
import { accountHealths, platforms } from '@xingbo/shared/accounts/platform'
import type { RouteKey } from '@xingbo/shared/identity/permissions'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { ConnectOutcomeAlert } from '../features/accounts/AccountFacts.tsx'
import { AccountsTab } from '../features/accounts/AccountsTab.tsx'
import { accountTexts } from '../features/accounts/account.texts.ts'
import { DoctorsTab } from '../features/doctors/DoctorsTab.tsx'
import { doctorTexts } from '../features/doctors/doctor.texts.ts'
import { DepartmentsTab } from '../features/institutions/DepartmentsTab.tsx'
import { NewInstitution } from '../features/institutions/InstitutionDrawers.tsx'
import { InstitutionPanel } from '../features/institutions/InstitutionPanel.tsx'
import { institutionTexts } from '../features/institutions/institution.texts.ts'
import { LinesTab } from '../features/institutions/LinesTab.tsx'
import { useTexts } from '../lib/i18n.ts'
import { listSearch } from '../lib/list-search.ts'
import { allow, useMay } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

const tabs = ['info', 'departments', 'lines', 'doctors', 'accounts'] as const
type Tab = (typeof tabs)[number]

const search = z.object({
  tab: z.enum(tabs).optional().catch(undefined),
  ...listSearch,
  departmentId: z.string().max(60).optional().catch(undefined),
  platform: z.enum(platforms).optional().catch(undefined),
  health: z.enum(accountHealths).optional().catch(undefined),
  connect: z.enum(connectOutcomes).optional().catch(undefined),
})

export const Route = createFileRoute('/_desk/institution')({
  validateSearch: search,
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/institution'),
  component: InstitutionPage,
})

/** What the one button of each tab does, and who may press it. */
const acts = {
  info: 'PATCH /api/institution',
  departments: 'POST /api/departments',
  lines: 'POST /api/specialty-lines',
  doctors: 'POST /api/doctors',
  accounts: 'POST /api/accounts',
} as const satisfies Record<Tab, RouteKey>

function InstitutionPage() {
  const t = useTexts(institutionTexts)
  const doctorText = useTexts(doctorTexts)
  const accountText = useTexts(accountTexts)
  const may = useMay()
  const navigate = Route.useNavigate()
  const { tab = 'info', connect, ...list } = Route.useSearch()
  const [acting, setActing] = useState(false)
  const [founding, setFounding] = useState(false)

  const labels: Record<Tab, string> = {
    info: t('tabInfo'),
    departments: t('tabDepartments'),
    lines: t('tabLines'),
    doctors: t('tabDoctors'),
    accounts: t('tabAccounts'),
  }
  const verbs: Record<Tab, string> = {
    info: t('edit'),
    departments: t('addDepartment'),
    lines: t('addLine'),
    doctors: doctorText('addDoctor'),
    accounts: accountText('addAccount'),
  }
  const common = {
    search: list,
    onSearch: (patch: Partial<typeof list>) =>
      void navigate({ search: (old) => ({ ...old, ...patch }), replace: true }),
    creating: acting,
    onCreate: () => setActing(true),
    onClose: () => setActing(false),
  }
  const openDoctor = (doctorId: string) =>
    void navigate({ to: '/doctors/$doctorId', params: { doctorId } })
  const openAccount = (accountId: string) =>
    void navigate({ to: '/accounts/$accountId', params: { accountId } })
  return (
    <PageShell
      title={t('title')}
      purpose={t('purpose')}
      primary={
        may(acts[tab])
          ? {
              label: verbs[tab],
              onClick: () => setActing(true),
              ...(tab !== 'info' && { key: 'c' as const }),
            }
          : undefined
      }
      extra={
        tab === 'info' &&
        may('POST /api/institutions') && (
          <Button onClick={() => setFounding(true)}>{t('newInstitution')}</Button>
        )
      }
    >
      {connect && (
        <ConnectOutcomeAlert
          outcome={connect}
          onClose={() => void navigate({ search: ({ connect: _, ...old }) => old, replace: true })}
        />
      )}
      <Tabs
        activeKey={tab}
        items={tabs.map((key) => ({ key, label: labels[key] }))}
        onChange={(key) => {
          setActing(false)
          // Another list has other filters.
          void navigate({ search: { tab: key as Tab } })
        }}
      />
      {tab === 'info' && <InstitutionPanel editing={acting} onClose={common.onClose} />}
      {tab === 'departments' && <DepartmentsTab {...common} />}
      {tab === 'lines' && <LinesTab {...common} />}
      {tab === 'doctors' && <DoctorsTab {...common} onOpen={openDoctor} />}
      {tab === 'accounts' && <AccountsTab {...common} onOpen={openAccount} />}
      <NewInstitution open={founding} onClose={() => setFounding(false)} />
    </PageShell>
  )
}
