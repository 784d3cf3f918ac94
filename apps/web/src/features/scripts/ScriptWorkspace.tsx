import { useSuspenseQuery } from '@tanstack/react-query'
import type { Platform } from '@xingbo/shared/accounts/platform'
import type { Nature } from '@xingbo/shared/content/stage'
import { scriptCan } from '@xingbo/shared/scripts/script.rules'
import type { ScriptView } from '@xingbo/shared/scripts/script.schema'
import { type ScriptBody, settleScript } from '@xingbo/shared/scripts/script-body'
import { changedFields } from '@xingbo/shared/scripts/script-text'
import { no } from '@xingbo/shared/verdict'
import { Alert, App, Button } from 'antd'
import { type ReactNode, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useMay, useMe } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { RevisionsDrawer } from './RevisionsDrawer.tsx'
import { SaveRevisionDialog } from './SaveRevisionDialog.tsx'
import styles from './Script.module.css'
import { ScriptFields } from './ScriptFields.tsx'
import { ScriptReading } from './ScriptReading.tsx'
import { SignOffBanner } from './SignOffBanner.tsx'
import { scriptQueries } from './script.queries.ts'
import { scriptTexts } from './script.texts.ts'
import { type ScriptDraftHandle, useScriptDraft } from './use-script-draft.ts'

/** What stands beside the text is told of the words as they are typed. */
type BesideScript = {
  readonly contentId: string
  readonly nature: Nature
  readonly platforms: readonly Platform[]
  readonly body: ScriptBody
  /** The words are those of the newest revision, which the stored findings are about. */
  readonly saved: boolean
  /** Puts the cursor on a field (`shots.2`, `captions.douyin.body`) and selects a part of its text. */
  readonly jumpTo: (place: { field: string; start: number; end: number }) => void
}

type ScriptWorkspaceProps = {
  contentId: string
  /** Findings beside the text; the route brings them, features do not know each other. */
  renderFindings?: (beside: BesideScript) => ReactNode
}

/** The script of one content item: to write for those who write, to read for everybody else on the line. */
export function ScriptWorkspace({ contentId, renderFindings }: ScriptWorkspaceProps) {
  const may = useMay()
  const say = useSay()
  const { data: view } = useSuspenseQuery(scriptQueries.detail(contentId))
  const mayWrite = may('PUT /api/contents/:contentId/script/draft')
  const verdict = scriptCan.write(view.stage)
  if (mayWrite && verdict.ok)
    return <Writing key={contentId} view={view} renderFindings={renderFindings} />
  return (
    <Reading
      view={view}
      renderFindings={renderFindings}
      why={mayWrite && !verdict.ok ? say(verdict.reason) : null}
    />
  )
}

type Beside = ScriptWorkspaceProps['renderFindings']

/** Selects a span in the field that bears it; waits a frame, for a tab that has just been opened. */
function focusField({ field, start, end }: { field: string; start: number; end: number }): void {
  requestAnimationFrame(() => {
    const marked = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)
    const place = marked?.matches('input, textarea, [tabindex]')
      ? marked
      : (marked?.querySelector<HTMLElement>('input, textarea') ?? marked)
    place?.scrollIntoView({ block: 'center' })
    place?.focus({ preventScroll: true })
    if (place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement)
      place.setSelectionRange(start, end)
  })
}

function Reading(props: { view: ScriptView; renderFindings: Beside; why: string | null }) {
  const t = useTexts(scriptTexts)
  const { view, renderFindings, why } = props
  const [comparing, setComparing] = useState(false)
  const { newest } = view
  return (
    <div className={styles.workspace} data-aside={renderFindings && newest ? 'yes' : 'no'}>
      <div className={styles.main}>
        {why && <Alert type="info" showIcon title={why} />}
        <SignOffBanner view={view} ahead={view.draftAhead} />
        {newest ? (
          <>
            <div className={styles.bar}>
              <span className={styles.state}>
                v{newest.number} · {t('readOnly')}
              </span>
              <Button onClick={() => setComparing(true)}>
                {t('revisions', { n: view.revisions.length })}
              </Button>
            </div>
            <ScriptReading body={newest.body} />
          </>
        ) : (
          <EmptyState title={t('noScript')} hint={t('noScriptHint')} />
        )}
      </div>
      {renderFindings && newest && (
        <aside className={styles.aside}>
          {renderFindings({ ...view, body: newest.body, saved: true, jumpTo: focusField })}
        </aside>
      )}
      <RevisionsDrawer
        open={comparing}
        onClose={() => setComparing(false)}
        view={view}
        draft={null}
      />
    </div>
  )
}

function Writing({ view, renderFindings }: { view: ScriptView; renderFindings: Beside }) {
  const t = useTexts(scriptTexts)
  const otherWrote = useOtherWrote()
  const draft = useScriptDraft(view, otherWrote)
  const { editing, change } = draft
  const [platform, setPlatform] = useState<Platform | null>(null)
  const [dialog, setDialog] = useState<'save' | 'import' | 'revisions' | null>(null)
  const main = useRef<HTMLDivElement>(null)

  const { newest } = view
  const body = useDeferredValue(editing.body)
  const ahead = useMemo(
    () => !newest || changedFields(newest.body, settleScript(body)).length > 0,
    [newest, body],
  )
  const frozen = ahead
    ? scriptCan.freeze(body)
    : no('script.unchanged', { number: newest?.number ?? 0 })
  const jumpTo = useCallback<BesideScript['jumpTo']>((place) => {
    const [root, name] = place.field.split('.')
    if (root === 'captions' && name) setPlatform(name as Platform)
    focusField(place)
  }, [])
  const nextNumber = (newest?.number ?? 0) + 1
  return (
    <div className={styles.workspace} data-aside={renderFindings ? 'yes' : 'no'}>
      <div className={styles.main} ref={main}>
        <SignOffBanner view={view} ahead={ahead && newest !== null} />
        <div className={styles.bar}>
          <SaveStateLine draft={draft} />
          {ahead && newest && (
            <DiscardDraft
              number={newest.number}
              onDiscard={() => change({ kind: 'replace', body: newest.body })}
            />
          )}
          <Button onClick={() => setDialog('import')}>{t('import')}</Button>
          <Button disabled={view.revisions.length === 0} onClick={() => setDialog('revisions')}>
            {t('revisions', { n: view.revisions.length })}
          </Button>
          <VerdictButton type="primary" verdict={frozen} onClick={() => setDialog('save')}>
            {t('saveRevision', { n: nextNumber })}
          </VerdictButton>
        </div>
        <ConflictChoice draft={draft} />
        <ScriptFields
          editing={editing}
          planned={view.platforms}
          activePlatform={platform}
          onActivePlatform={setPlatform}
          change={change}
        />
      </div>
      {renderFindings && (
        <aside className={styles.aside}>
          {renderFindings({ ...view, body, saved: !ahead, jumpTo })}
        </aside>
      )}
      <SaveRevisionDialog
        open={dialog === 'save'}
        onClose={() => setDialog(null)}
        view={view}
        draft={draft}
      />
      <ImportDialog
        open={dialog === 'import'}
        onClose={() => setDialog(null)}
        present={editing.body}
        onImport={(imported) => change({ kind: 'replace', body: imported })}
      />
      <RevisionsDrawer
        open={dialog === 'revisions'}
        onClose={() => setDialog(null)}
        view={view}
        draft={ahead ? settleScript(editing.body) : null}
      />
    </div>
  )
}

/** Who saved something newer than this page rests on, in a sentence. */
function useOtherWrote() {
  const t = useTexts(scriptTexts)
  const formats = useFormats()
  const me = useMe()
  return ({ draft, newest }: ScriptView): string => {
    const mine = draft?.updatedBy.id === me.userId
    if (draft && !(mine && newest && newest.number !== draft.basedOn))
      return t('otherDraft', {
        who: draft.updatedBy.displayName,
        when: formats.time(draft.updatedAt),
      })
    return t('otherRevision', {
      who: newest?.author.displayName ?? '—',
      when: formats.time(newest?.createdAt),
      n: newest?.number ?? 0,
    })
  }
}

function SaveStateLine({ draft: { state } }: { draft: ScriptDraftHandle }) {
  const t = useTexts(scriptTexts)
  const formats = useFormats()
  const words = {
    untouched: () => t('untouched'),
    waiting: () => t('waiting'),
    saving: () => t('saving'),
    saved: () => t('saved', { time: state.kind === 'saved' ? formats.time(state.at) : '' }),
    failed: () => t('failed', { why: state.kind === 'failed' ? state.message : '' }),
    conflict: () => t('conflict'),
  } as const
  return (
    <span className={styles.state} data-kind={state.kind} role="status">
      {words[state.kind]()}
    </span>
  )
}

/** Two people wrote at once: nothing is saved until one of the two texts is chosen. */
function ConflictChoice({ draft }: { draft: ScriptDraftHandle }) {
  const t = useTexts(scriptTexts)
  const { modal } = App.useApp()
  if (draft.state.kind !== 'conflict') return null
  const ask = (title: string, content: string, okText: string, onOk: () => Promise<void>) =>
    modal.confirm({
      title,
      content,
      okText,
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk,
    })
  return (
    <Alert
      type="warning"
      showIcon
      title={t('conflict')}
      description={draft.state.message}
      action={
        <div className={styles.rows}>
          <Button
            size="small"
            onClick={() =>
              ask(t('takeTheirsTitle'), t('takeTheirsText'), t('takeTheirs'), draft.takeTheirs)
            }
          >
            {t('takeTheirs')}
          </Button>
          <Button
            size="small"
            onClick={() =>
              ask(t('keepMineTitle'), t('keepMineText'), t('keepMine'), draft.keepMine)
            }
          >
            {t('keepMine')}
          </Button>
        </div>
      }
    />
  )
}

function DiscardDraft({ number, onDiscard }: { number: number; onDiscard: () => void }) {
  const t = useTexts(scriptTexts)
  const { modal } = App.useApp()
  return (
    <Button
      type="text"
      onClick={() =>
        modal.confirm({
          title: t('discardTitle', { n: number }),
          content: t('discardText', { n: number }),
          okText: t('discard'),
          cancelText: t('cancel'),
          okButtonProps: { danger: true },
          onOk: onDiscard,
        })
      }
    >
      {t('discard')}
    </Button>
  )
}
