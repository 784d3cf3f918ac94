import ArrowDownOutlined from '@ant-design/icons/ArrowDownOutlined'
import ArrowUpOutlined from '@ant-design/icons/ArrowUpOutlined'
import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import PlusOutlined from '@ant-design/icons/PlusOutlined'
import { type ScriptShot, scriptLimits } from '@xingbo/shared/scripts/script-body'
import { App, Button, Input } from 'antd'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import { useUndoToast } from '../../ui/UndoToast.tsx'
import styles from './Script.module.css'
import { scriptTexts } from './script.texts.ts'
import type { Edit, Editing } from './script-editing.ts'

type ShotListProps = { editing: Editing; change: (edit: Edit) => void }

/** What to focus once the list has been drawn again: the shot that was added, moved or comes after a removed one. */
type Focus = { key: string; part: 'text' | 'up' | 'down' }

/** The body by shots: added, ordered and removed by mouse and by keyboard. */
export function ShotList({ editing, change }: ShotListProps) {
  const t = useTexts(scriptTexts)
  const { message } = App.useApp()
  const offerUndo = useUndoToast()
  const { body, keys } = editing
  const list = useRef<HTMLOListElement>(null)
  const focus = useRef<Focus | null>(null)
  const awaited = useRef<number | null>(null)

  useEffect(() => {
    if (awaited.current !== null) {
      const key = keys[awaited.current]
      awaited.current = null
      if (key) focus.current = { key, part: 'text' }
    }
    const wanted = focus.current
    focus.current = null
    if (!wanted) return
    const shot = list.current?.querySelector(`[data-shot="${wanted.key}"]`)
    const place =
      shot?.querySelector<HTMLElement>(`[data-part="${wanted.part}"]:not(:disabled)`) ??
      shot?.querySelector<HTMLElement>('textarea')
    place?.focus()
  }, [keys])

  const add = (index: number) => {
    awaited.current = index
    change({ kind: 'add_shot', index })
  }
  const move = (from: number, by: -1 | 1, part: Focus['part']) => {
    const to = from + by
    const key = keys[from]
    if (to < 0 || to >= keys.length || !key) return
    focus.current = { key, part }
    change({ kind: 'move_shot', from, to })
    void message.info({ content: t('shotMoved', { n: to + 1 }), key: 'shot', duration: 2 })
  }
  const remove = (index: number) => {
    const shot = body.shots[index]
    if (keys.length > 1) awaited.current = Math.min(index, keys.length - 2)
    change({ kind: 'remove_shot', index })
    offerUndo({
      done: t('shotRemoved', { n: index + 1 }),
      undo: async () => actions.current.change({ kind: 'add_shot', index, shot }),
    })
  }
  const actions = useRef({ change, add, move, remove })
  actions.current = { change, add, move, remove }

  return (
    <>
      {body.shots.length === 0 && <p className={styles.soft}>{t('noShots')}</p>}
      <ol className={styles.shots} ref={list}>
        {body.shots.map((shot, index) => (
          <Shot
            key={keys[index]}
            shotKey={keys[index] ?? ''}
            shot={shot}
            index={index}
            last={index === body.shots.length - 1}
            full={body.shots.length >= scriptLimits.shots}
            actions={actions}
          />
        ))}
      </ol>
      <Button
        icon={<PlusOutlined aria-hidden />}
        style={{ marginTop: 12 }}
        disabled={body.shots.length >= scriptLimits.shots}
        onClick={() => add(body.shots.length)}
      >
        {t('addShot')}
      </Button>
    </>
  )
}

type ShotProps = {
  shotKey: string
  shot: ScriptShot
  index: number
  last: boolean
  full: boolean
  actions: React.RefObject<{
    change: (edit: Edit) => void
    add: (index: number) => void
    move: (from: number, by: -1 | 1, part: Focus['part']) => void
    remove: (index: number) => void
  }>
}

/** Drawn again only when its own words or place change: a long script stays quick to type in. */
const Shot = memo(function Shot({ shotKey, shot, index, last, full, actions }: ShotProps) {
  const t = useTexts(scriptTexts)
  const n = index + 1
  const set = (part: Partial<ScriptShot>) => actions.current.change({ kind: 'shot', index, part })
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.nativeEvent.isComposing) return
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    actions.current.move(index, event.key === 'ArrowUp' ? -1 : 1, 'text')
  }
  return (
    <li className={styles.shot} data-shot={shotKey} onKeyDown={onKeyDown}>
      <div className={styles.shotHead}>
        <span className={styles.shotName}>{t('shot', { n })}</span>
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={t('moveUp', { n })}
          title={t('moveUp', { n })}
          data-part="up"
          disabled={index === 0}
          onClick={() => actions.current.move(index, -1, 'up')}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined aria-hidden />}
          aria-label={t('moveDown', { n })}
          title={t('moveDown', { n })}
          data-part="down"
          disabled={last}
          onClick={() => actions.current.move(index, 1, 'down')}
        />
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          aria-label={t('addShotAfter', { n })}
          title={t('addShotAfter', { n })}
          disabled={full}
          onClick={() => actions.current.add(index + 1)}
        />
        <Button
          type="text"
          size="small"
          danger
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('removeShot', { n })}
          title={t('removeShot', { n })}
          onClick={() => actions.current.remove(index)}
        />
      </div>
      <div className={styles.rows}>
        <Input
          value={shot.heading}
          maxLength={scriptLimits.heading}
          aria-label={`${t('shot', { n })} ${t('heading')}`}
          placeholder={`${t('heading')} · ${t('headingHint')}`}
          data-field={`shots.${index}.heading`}
          onChange={(event) => set({ heading: event.target.value })}
        />
        <Input.TextArea
          value={shot.text}
          maxLength={scriptLimits.shotText}
          autoSize={{ minRows: 2 }}
          aria-label={`${t('shot', { n })} ${t('words')}`}
          placeholder={t('words')}
          data-field={`shots.${index}`}
          data-part="text"
          onChange={(event) => set({ text: event.target.value })}
        />
        <Input
          value={shot.note}
          maxLength={scriptLimits.shotNote}
          variant="filled"
          aria-label={`${t('shot', { n })} ${t('note')}`}
          placeholder={`${t('note')} · ${t('noteHint')}`}
          onChange={(event) => set({ note: event.target.value })}
        />
      </div>
    </li>
  )
})
