import { QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import 'antd/dist/reset.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { whenSignedOut } from './lib/http.ts'
import { meQuery } from './lib/me.ts'
import { queryClient } from './lib/query-client.ts'
import { routeTree } from './routeTree.gen.ts'
import './tokens.css'
import './ui/desk.css'
import { ErrorState } from './ui/ErrorState.tsx'
import { NotFound } from './ui/NotFound.tsx'
import { UiRoot } from './ui/UiRoot.tsx'

const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  // Freshness is the query client's business.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => (
    <ErrorState
      error={error}
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  ),
  defaultNotFoundComponent: NotFound,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

// The guard of the desk asks again who is signed in, and leads to the login with the address to return to.
whenSignedOut(() => {
  void queryClient.invalidateQueries({ queryKey: meQuery.queryKey, refetchType: 'none' })
  void router.invalidate()
})

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <UiRoot>
        <RouterProvider router={router} />
      </UiRoot>
    </QueryClientProvider>
  </StrictMode>,
)
