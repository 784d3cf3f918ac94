import { createFileRoute } from '@tanstack/react-router'
import type { User } from '@xingbo/shared/identity/user.schema'
import { useState } from 'react'
import { identityTexts } from '../features/identity/identity.texts.ts'
import { PeopleTable } from '../features/identity/PeopleTable.tsx'
import { PersonDrawer } from '../features/identity/PersonDrawer.tsx'
import { ResetPasswordDrawer } from '../features/identity/ResetPasswordDrawer.tsx'
import { useTexts } from '../lib/i18n.ts'
import { allow } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/settings/people')({
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/users'),
  component: PeoplePage,
})

function PeoplePage() {
  const t = useTexts(identityTexts)
  const [person, setPerson] = useState<User | 'new' | null>(null)
  const [resetting, setResetting] = useState<User | null>(null)
  return (
    <PageShell
      title={t('peopleTitle')}
      purpose={t('peoplePurpose')}
      primary={{ label: t('addPerson'), onClick: () => setPerson('new'), key: 'c' }}
    >
      <PeopleTable onEdit={setPerson} onResetPassword={setResetting} />
      <PersonDrawer person={person} onClose={() => setPerson(null)} />
      <ResetPasswordDrawer person={resetting} onClose={() => setResetting(null)} />
    </PageShell>
  )
}
