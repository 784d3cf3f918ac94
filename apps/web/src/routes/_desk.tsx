import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createFileRoute, Outlet, redirect } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ChangePasswordDrawer } from '../features/identity/ChangePasswordDrawer.tsx'
import { loadMe, settleIn, setupQuery } from '../features/identity/session.queries.ts'
import { useAccountActions } from '../features/identity/use-account-actions.ts'
import { inboxQueries } from '../features/inbox/inbox.queries.ts'
import { useSearch } from '../features/work/use-search.tsx'
import { workQuery } from '../features/work/work.queries.ts'
import { startLive } from '../lib/live.ts'
import { useMe } from '../lib/me.ts'
import { AppShell } from '../ui/AppShell.tsx'

/** Everything behind the login. `context.me` is there for every page below. */
export const Route = createFileRoute('/_desk')({
  beforeLoad: async ({ context, location }) => {
    const me = await loadMe(context.queryClient)
    if (!me) {
      const { needed } = await context.queryClient.ensureQueryData(setupQuery)
      if (needed) throw redirect({ to: '/setup' })
      throw redirect({ to: '/login', search: { from: location.href } })
    }
    // A session from a link may touch one thing only, and that lives in the phone entry.
    if (me.scope)
      throw redirect({
        href: me.scope.kind === 'sign_off' ? '/m/sign-off' : '/m/hand-off',
        reloadDocument: true,
      })
    settleIn(me)
    return { me }
  },
  component: Desk,
})

function Desk() {
  const client = useQueryClient()
  const { institutionId } = useMe()
  const actions = useAccountActions()
  const search = useSearch()
  const work = useQuery(workQuery)
  const inbox = useQuery(inboxQueries.count())
  const [changing, setChanging] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another institution is another channel
  useEffect(() => startLive(client), [client, institutionId])
  return (
    <AppShell
      counts={work.data?.badges}
      search={search}
      inbox={inbox.data}
      onSwitchInstitution={actions.switchInstitution}
      onChangePassword={() => setChanging(true)}
      onSignOut={actions.signOut}
      onSignOutEverywhere={actions.signOutEverywhere}
    >
      <Outlet />
      <ChangePasswordDrawer open={changing} onClose={() => setChanging(false)} />
    </AppShell>
  )
}
