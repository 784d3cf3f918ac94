import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { z } from 'zod'
import { tabInstitution } from './http.ts'
import { createValue } from './value.ts'

const liveMessage = z.object({ kind: z.string(), ids: z.array(z.string()) })

const watched = new Map<string, QueryKey[]>()

/**
 * Says which queries grow old when another person changes something of `kind`. Called once at the top of a
 * feature's queries file: `liveQueries('content', contentQueries.all(), ['work'])`. A key is a prefix: all
 * queries below it are loaded again if they are on screen.
 */
export function liveQueries(kind: string, ...prefixes: QueryKey[]): void {
  watched.set(kind, [...(watched.get(kind) ?? []), ...prefixes])
}

/** `lost` while the channel is down; pages then show what they last knew. */
export const liveState = createValue<'opening' | 'open' | 'lost'>('opening')

/**
 * Opens the channel for the present institution and keeps it open; returns how to close it.
 * After a break everything watched is loaded again, because messages sent meanwhile are gone.
 */
export function startLive(client: QueryClient): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let broken = false
  let closed = false
  let wait = 1_000

  const reload = (prefixes: Iterable<QueryKey>) => {
    for (const queryKey of prefixes) void client.invalidateQueries({ queryKey })
  }

  const open = () => {
    const institution = tabInstitution.get()
    // EventSource cannot send headers; the tab's institution travels in the address.
    source = new EventSource(
      institution ? `/api/live?institution=${encodeURIComponent(institution)}` : '/api/live',
    )
    source.onopen = () => {
      wait = 1_000
      liveState.set('open')
      if (broken) reload([...watched.values()].flat())
      broken = false
    }
    source.onmessage = (event: MessageEvent<string>) => {
      const parsed = liveMessage.safeParse(readJson(event.data))
      if (parsed.success) reload(watched.get(parsed.data.kind) ?? [])
    }
    source.onerror = () => {
      broken = true
      liveState.set('lost')
      // The browser reconnects by itself except after a refusal; then we ask again, ever less often.
      if (source?.readyState !== EventSource.CLOSED || closed) return
      retry = setTimeout(open, wait)
      wait = Math.min(wait * 2, 60_000)
    }
  }

  open()
  return () => {
    closed = true
    clearTimeout(retry)
    source?.close()
    liveState.set('opening')
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
