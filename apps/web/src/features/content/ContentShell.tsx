import DownOutlined from '@ant-design/icons/DownOutlined'
import { Link, useLocation } from '@tanstack/react-router'
import { contentCan, nextStage, stageCan } from '@xingbo/shared/content/content.rules'
import type { ContentItem } from '@xingbo/shared/content/content.schema'
import { stageLabels } from '@xingbo/shared/content/stage'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { useMay, useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { PageShell } from '../../ui/PageShell.tsx'
import { StageTag, StatusTag } from '../../ui/StatusTag.tsx'
import { CardMarks } from './CardFacts.tsx'
import { ContentBanners } from './ContentBanners.tsx'
import { ContentDrawer } from './ContentDrawer.tsx'
import { ContentFacts } from './ContentFacts.tsx'
import { ContentTabs } from './ContentTabs.tsx'
import { contentTexts, resumeVerb, stepVerbs } from './content.texts.ts'
import { HoldDrawer } from './HoldDrawer.tsx'
import { MoveMenu } from './MoveMenu.tsx'
import { movableOf, useMove } from './use-move.tsx'

/** The frame of one item's pages: where it stands, what is missing for the next step, who and when, its parts. */
export function ContentShell({ item, children }: { item: ContentItem; children: ReactNode }) {
  const t = useTexts(contentTexts)
  const say = useSay()
  const language = useLanguage()
  const stage = useLabel(stageLabels)
  const me = useMe()
  const may = useMay()
  // The publishing tab has the same button, and there it opens the dialog.
  const scheduling = useLocation({ select: ({ pathname }) => pathname.endsWith('/publish') })
  const { start, dialog } = useMove()
  // The item as it was when the drawer opened: a live change below it must not lend its revision to old words.
  const [editing, setEditing] = useState<ContentItem | null>(null)
  const [holding, setHolding] = useState(false)

  const movable = movableOf(item)
  const next = nextStage(movable)
  const verdict = next && stageCan(movable, item.facts, me, next)
  const verb = next && (item.stage === 'on_hold' ? resumeVerb : stepVerbs[next])[language]
  const mayEdit = may('PATCH /api/contents/:contentId') && contentCan.edit(movable).ok
  const mayHold = may('POST /api/holds')
  const more = mayHold
    ? [{ key: 'hold', label: t('placeHold'), onClick: () => setHolding(true) }]
    : []
  return (
    <PageShell
      title={item.title}
      back={{ to: '/board', label: t('toBoard') }}
      tags={
        <>
          <StageTag stage={item.stage} />
          <CardMarks card={item} />
          {item.overdue && <StatusTag tone="warning">{t('overdue')}</StatusTag>}
        </>
      }
      purpose={
        verdict && !verdict.ok && verb
          ? t('missing', { step: verb, reason: say(verdict.reason) })
          : undefined
      }
      extra={
        <>
          {mayEdit && <Button onClick={() => setEditing(item)}>{t('edit')}</Button>}
          <MoveMenu card={item} onMove={start} more={more}>
            <Button>
              {t('moveDots')} <DownOutlined aria-hidden />
            </Button>
          </MoveMenu>
          {item.stage === 'ready' &&
            !scheduling &&
            may('POST /api/contents/:contentId/publications') && (
              <Link to="/contents/$contentId/publish" params={{ contentId: item.id }}>
                <Button type="primary">{t('schedule')}</Button>
              </Link>
            )}
        </>
      }
      primary={
        next && verdict && verb
          ? { label: verb, verdict, onClick: () => start({ card: item, to: next, tell: true }) }
          : undefined
      }
    >
      <ContentBanners item={item} resumesAt={item.resumeStage && stage(item.resumeStage)} />
      <ContentFacts item={item} />
      <ContentTabs contentId={item.id} />
      {children}
      {dialog}
      <ContentDrawer content={editing} onClose={() => setEditing(null)} />
      <HoldDrawer item={holding ? item : null} onClose={() => setHolding(false)} />
    </PageShell>
  )
}
