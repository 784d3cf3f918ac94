import { createFileRoute, redirect, useRouter } from '@tanstack/react-router'
import { z } from 'zod'
import { LoginForm } from '../features/identity/LoginForm.tsx'
import { setupQuery } from '../features/identity/session.queries.ts'

/** Only an address of our own may be returned to: `//other.example` and `https:` would lead away. */
const ownAddress = z.string().regex(/^\/(?![/\\])/)

export const Route = createFileRoute('/login')({
  validateSearch: z.object({ from: ownAddress.optional().catch(undefined) }),
  beforeLoad: async ({ context }) => {
    const { needed } = await context.queryClient.ensureQueryData(setupQuery)
    if (needed) throw redirect({ to: '/setup' })
  },
  component: LoginPage,
})

function LoginPage() {
  const router = useRouter()
  const { from } = Route.useSearch()
  return <LoginForm onDone={() => router.history.push(from ?? '/')} />
}
