import { useNavigate } from '@tanstack/react-router'
import { mayCall } from '@xingbo/shared/identity/permissions'
import { searchKindLabels } from '@xingbo/shared/work/search.schema'
import { useLabel } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import type { PaletteSearch } from '../../ui/Palette.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { findByName } from './work.queries.ts'
import { pageOfHit } from './work-links.ts'

/** What Ctrl+K finds beyond the pages; nothing for roles outside the line. */
export function useSearch(): PaletteSearch | undefined {
  const navigate = useNavigate()
  const kind = useLabel(searchKindLabels)
  const { role } = useMe()
  if (!mayCall('GET /api/search', role)) return undefined
  return async (q, signal) =>
    (await findByName(q, signal)).map((hit) => ({
      key: `${hit.kind}-${hit.id}`,
      title: hit.title,
      note: hit.note ? `${kind(hit.kind)} · ${hit.note}` : kind(hit.kind),
      icon: hit.platform && <PlatformBadge size="small" platform={hit.platform} name={null} />,
      run: () => void navigate({ to: pageOfHit(hit) }),
    }))
}
