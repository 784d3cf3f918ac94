import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import PlusOutlined from '@ant-design/icons/PlusOutlined'
import type { Platform } from '@xingbo/shared/accounts/platform'
import { type ScriptBody, scriptLimits } from '@xingbo/shared/scripts/script-body'
import { spokenCharacters } from '@xingbo/shared/scripts/script-text'
import { Button, Input, Switch } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { CaptionTabs } from './CaptionTabs.tsx'
import styles from './Script.module.css'
import { ShotList } from './ShotList.tsx'
import { scriptTexts } from './script.texts.ts'
import type { Edit, Editing } from './script-editing.ts'

type ScriptFieldsProps = {
  editing: Editing
  planned: readonly Platform[]
  activePlatform: Platform | null
  onActivePlatform: (platform: Platform) => void
  change: (edit: Edit) => void
}

/** The script in its parts, top to bottom as it will be heard and read. */
export function ScriptFields(props: ScriptFieldsProps) {
  const { editing, planned, activePlatform, onActivePlatform, change } = props
  const t = useTexts(scriptTexts)
  const { body } = editing
  const set = (part: Partial<Omit<ScriptBody, 'shots' | 'captions'>>) =>
    change({ kind: 'set', part })
  return (
    <>
      <Part title={t('title')} hint={t('titleHint')}>
        <Input
          value={body.title}
          maxLength={scriptLimits.title}
          showCount
          aria-label={t('title')}
          data-field="title"
          onChange={(event) => set({ title: event.target.value })}
        />
      </Part>
      <Part title={t('hook')} hint={t('hookHint')}>
        <Input.TextArea
          value={body.hook}
          maxLength={scriptLimits.hook}
          autoSize={{ minRows: 2 }}
          aria-label={t('hook')}
          data-field="hook"
          onChange={(event) => set({ hook: event.target.value })}
        />
      </Part>
      <Part title={t('shots')} hint={t('shotKeys')}>
        <ShotList editing={editing} change={change} />
      </Part>
      <Part title={t('callToAction')} hint={t('callToActionHint')}>
        <Input.TextArea
          value={body.callToAction}
          maxLength={scriptLimits.callToAction}
          autoSize={{ minRows: 2 }}
          aria-label={t('callToAction')}
          data-field="callToAction"
          onChange={(event) => set({ callToAction: event.target.value })}
        />
        <p className={styles.soft} style={{ marginTop: 8 }}>
          {t('spoken', { n: spokenCharacters(body) })}
        </p>
      </Part>
      <Part title={t('captions')}>
        <CaptionTabs
          body={body}
          planned={planned}
          active={activePlatform}
          onActive={onActivePlatform}
          change={change}
        />
      </Part>
      <Part title={t('sources')} hint={t('sourcesHint')}>
        <Sources sources={body.sources} onChange={(sources) => set({ sources })} />
        <AiMark on={body.aiGenerated} onChange={(aiGenerated) => set({ aiGenerated })} />
      </Part>
    </>
  )
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <div className={styles.partHead}>
        <h2 className={styles.partTitle}>{title}</h2>
        {hint && <p className={styles.soft}>{hint}</p>}
      </div>
      {children}
    </section>
  )
}

type SourcesProps = { sources: readonly string[]; onChange: (sources: string[]) => void }

function Sources({ sources, onChange }: SourcesProps) {
  const t = useTexts(scriptTexts)
  return (
    <div className={styles.rows}>
      {sources.map((source, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are never reordered
        <div key={i} className={styles.row}>
          <Input
            value={source}
            maxLength={scriptLimits.source}
            aria-label={t('source', { n: i + 1 })}
            onChange={(event) => onChange(sources.with(i, event.target.value))}
          />
          <Button
            type="text"
            danger
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('removeSource', { n: i + 1 })}
            title={t('removeSource', { n: i + 1 })}
            onClick={() => onChange(sources.toSpliced(i, 1))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        disabled={sources.length >= scriptLimits.sources}
        onClick={() => onChange([...sources, ''])}
      >
        {t('addSource')}
      </Button>
    </div>
  )
}

function AiMark({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const t = useTexts(scriptTexts)
  const id = useId()
  return (
    <div className={styles.row} style={{ marginTop: 16, alignItems: 'center' }}>
      <Switch id={id} checked={on} onChange={onChange} />
      <label htmlFor={id}>
        {t('ai')} <span className={styles.soft}>{t('aiHint')}</span>
      </label>
    </div>
  )
}
