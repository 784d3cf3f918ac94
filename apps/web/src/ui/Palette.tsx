import SearchOutlined from '@ant-design/icons/SearchOutlined'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from 'react'
import { useTexts } from '../lib/i18n.ts'
import styles from './Palette.module.css'
import { uiTexts } from './ui.texts.ts'

export type PaletteEntry = {
  readonly key: string
  readonly title: string
  /** What kind of thing it is, or where it stands. */
  readonly note?: string
  readonly icon?: ReactNode
  readonly run: () => void
}

/** Finds things by words; given by the desk once the search of the API is there. */
export type PaletteSearch = (q: string, signal: AbortSignal) => Promise<PaletteEntry[]>

type PaletteProps = {
  open: boolean
  onClose: () => void
  /** Always offered, narrowed by what is typed. */
  pages: PaletteEntry[]
  search?: PaletteSearch | undefined
}

/** Ctrl+K: go to a page or find a thing without the mouse. */
export function Palette({ open, onClose, pages, search }: PaletteProps) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      style={{ top: 80 }}
      styles={{ container: { padding: 0 } }}
      destroyOnHidden
    >
      <PaletteBody pages={pages} search={search} onClose={onClose} />
    </Modal>
  )
}

function PaletteBody({ pages, search, onClose }: Omit<PaletteProps, 'open'>) {
  const t = useTexts(uiTexts)
  const listId = useId()
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const q = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['palette', q],
    queryFn: ({ signal }) => (search ? search(q, signal) : []),
    enabled: search !== undefined && q !== '',
  })
  const lower = q.toLowerCase()
  const groups = [
    {
      title: t('palettePages'),
      entries: pages.filter((p) => p.title.toLowerCase().includes(lower)),
    },
    { title: t('paletteFound'), entries: (q && found.data) || [] },
  ].filter((group) => group.entries.length > 0)
  const all = groups.flatMap((group) => group.entries)
  const at = Math.min(marked, Math.max(0, all.length - 1))

  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const mark = (index: number) => {
    const next = (index + all.length) % Math.max(1, all.length)
    setMarked(next)
    document.getElementById(`${listId}-${all[next]?.key}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') choose(all[at])
    else if (event.key === 'ArrowDown') mark(at + 1)
    else if (event.key === 'ArrowUp') mark(at - 1)
    else return
    event.preventDefault()
  }
  const markedEntry = all[at]
  return (
    <div className={styles.palette}>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('paletteHint')}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={markedEntry && `${listId}-${markedEntry.key}`}
        aria-label={t('search')}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setMarked(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.list} id={listId} role="listbox" aria-label={t('search')}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: options stand in named groups of a listbox
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={styles.group}>{group.title}</div>
            {group.entries.map((entry) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the box handles the keys
              // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the box
              <div
                key={entry.key}
                id={`${listId}-${entry.key}`}
                className={styles.entry}
                role="option"
                aria-selected={entry === markedEntry}
                onMouseEnter={() => setMarked(all.indexOf(entry))}
                onClick={() => choose(entry)}
              >
                {entry.icon}
                <span className={styles.title}>{entry.title}</span>
                {entry.note && <span className={styles.note}>{entry.note}</span>}
              </div>
            ))}
          </div>
        ))}
        {all.length === 0 && (
          <p className={styles.none}>
            {found.isFetching ? t('paletteSearching') : t('paletteNone', { q })}
          </p>
        )}
      </div>
    </div>
  )
}
