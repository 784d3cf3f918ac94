import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { doctorArchiveVerdict } from '@xingbo/shared/doctors/doctor.rules'
import { Button } from 'antd'
import { useState } from 'react'
import { DoctorAccounts } from '../features/accounts/DoctorAccounts.tsx'
import { SubjectHolds } from '../features/content/SubjectHolds.tsx'
import { CredentialsPanel } from '../features/doctors/CredentialsPanel.tsx'
import { DoctorDrawer } from '../features/doctors/DoctorDrawer.tsx'
import { DoctorFacts, DoctorReadiness } from '../features/doctors/DoctorFacts.tsx'
import { archiveDoctorMutation, doctorQueries } from '../features/doctors/doctor.queries.ts'
import { doctorTexts } from '../features/doctors/doctor.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { useMay } from '../lib/me.ts'
import { ArchiveButton } from '../ui/ArchiveButton.tsx'
import { PageShell } from '../ui/PageShell.tsx'
import { StatusTag } from '../ui/StatusTag.tsx'

export const Route = createFileRoute('/_desk/doctors/$doctorId')({
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(doctorQueries.detail(params.doctorId)),
  component: DoctorPage,
})

function DoctorPage() {
  const t = useTexts(doctorTexts)
  const { doctorId } = Route.useParams()
  const may = useMay()
  const { data: doctor } = useSuspenseQuery(doctorQueries.detail(doctorId))
  const archive = useMutation(archiveDoctorMutation(useQueryClient()))
  const [editing, setEditing] = useState(false)
  return (
    <PageShell
      title={doctor.name}
      purpose={t('pagePurpose')}
      back={{ to: '/institution', search: { tab: 'doctors' }, label: t('back') }}
      tags={doctor.archived && <StatusTag tone="ended">{t('archived')}</StatusTag>}
      extra={
        may('PATCH /api/doctors/:doctorId') && (
          <>
            <ArchiveButton
              row={doctor}
              name={doctor.name}
              verdict={doctorArchiveVerdict(doctor)}
              onArchive={(body) => archive.mutateAsync({ params: { doctorId }, body })}
            />
            {!doctor.archived && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
          </>
        )
      }
    >
      <DoctorReadiness doctor={doctor} />
      {may('GET /api/holds') && (
        <SubjectHolds kind="doctor" subjectId={doctorId} name={doctor.name} />
      )}
      <DoctorFacts doctor={doctor} />
      <CredentialsPanel doctor={doctor} />
      <DoctorAccounts doctorId={doctorId} />
      <DoctorDrawer doctor={editing ? doctor : null} onClose={() => setEditing(false)} />
    </PageShell>
  )
}
