import { createFileRoute, redirect, useNavigate } from '@tanstack/react-router'
import { SetupForm } from '../features/identity/SetupForm.tsx'
import { setupQuery } from '../features/identity/session.queries.ts'

export const Route = createFileRoute('/setup')({
  beforeLoad: async ({ context }) => {
    const { needed } = await context.queryClient.fetchQuery(setupQuery)
    if (!needed) throw redirect({ to: '/login' })
  },
  component: SetupPage,
})

function SetupPage() {
  const navigate = useNavigate()
  return <SetupForm onDone={() => void navigate({ to: '/' })} />
}
