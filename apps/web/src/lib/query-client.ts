import { MutationCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './http.ts'

type MutationMeta = {
  /** `'shown'`: the place that started the mutation shows its refusal itself (FormDrawer does). */
  errors?: 'shown'
}
declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: MutationMeta
  }
}

let tell: (error: Error) => void = () => {}
/** The shell says how a refusal nobody else shows is shown (a toast). */
export const whenRefused = (teller: (error: Error) => void): void => {
  tell = teller
}

/**
 * Queries: fresh for 15 s, one retry when nothing or a 5xx came back, never for a refusal.
 * Mutations: never repeated; a refusal becomes a toast unless `meta: { errors: 'shown' }`.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status < 500),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (mutation.meta?.errors !== 'shown') tell(error)
    },
  }),
})
