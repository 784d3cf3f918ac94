import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { contentFilters } from '@xingbo/shared/content/content.schema'
import { stages } from '@xingbo/shared/content/stage'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { z } from 'zod'
import { type SideStage, sideStages } from '../features/content/Board.tsx'
import { BoardFilters, type Filters } from '../features/content/BoardFilters.tsx'
import { BoardView } from '../features/content/BoardView.tsx'
import { ContentDrawer } from '../features/content/ContentDrawer.tsx'
import { contentTexts } from '../features/content/content.texts.ts'
import { useTexts } from '../lib/i18n.ts'
import { allow, useMay } from '../lib/me.ts'
import { PageShell } from '../ui/PageShell.tsx'

export const Route = createFileRoute('/_desk/board')({
  validateSearch: z.object({
    ...contentFilters,
    /** The column a phone shows. */
    stage: z.enum(stages).optional().catch(undefined),
    /** Side columns shown whole. */
    open: z.array(z.enum(sideStages)).optional().catch(undefined),
  }),
  beforeLoad: ({ context }) => allow(context.me, 'GET /api/contents'),
  component: BoardPage,
})

function BoardPage() {
  const t = useTexts(contentTexts)
  const may = useMay()
  const { stage = 'scripting', open, ...filters } = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const toItem = useNavigate()
  const [creating, setCreating] = useState(false)
  const onFilters = (patch: Filters) =>
    void navigate({ search: (old) => ({ ...old, ...patch }), replace: true })
  const onOpen = useCallback(
    (next: SideStage[]) =>
      void navigate({
        search: (old) => ({ ...old, open: next.length > 0 ? next : undefined }),
        replace: true,
      }),
    [navigate],
  )
  const mayCreate = may('POST /api/contents')
  return (
    <PageShell
      title={t('boardTitle')}
      purpose={t('boardPurpose')}
      primary={
        mayCreate ? { label: t('create'), onClick: () => setCreating(true), key: 'c' } : undefined
      }
      filters={<BoardFilters filters={filters} onChange={onFilters} />}
    >
      <BoardView
        filters={filters}
        onFilters={onFilters}
        stage={stage}
        onStage={(next) =>
          void navigate({ search: (old) => ({ ...old, stage: next }), replace: true })
        }
        open={open ?? []}
        onOpen={onOpen}
        firstStep={
          mayCreate && (
            <Link to="/topics">
              <Button>{t('toTopics')}</Button>
            </Link>
          )
        }
      />
      <ContentDrawer
        content={creating ? 'new' : null}
        onClose={() => setCreating(false)}
        onCreated={({ id }) =>
          void toItem({ to: '/contents/$contentId', params: { contentId: id } })
        }
      />
    </PageShell>
  )
}
