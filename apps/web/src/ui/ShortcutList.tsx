import { Modal } from 'antd'
import { useLanguage, useTexts } from '../lib/i18n.ts'
import { useShortcutList } from '../lib/shortcuts.ts'
import styles from './ShortcutList.module.css'
import { uiTexts } from './ui.texts.ts'

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
const shown = (keys: string) =>
  keys
    .split('+')
    .map((key) => (key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key.toUpperCase()))
    .join(' + ')

/** What `?` opens: the keys that work on the present screen. */
export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts(uiTexts)
  const language = useLanguage()
  const list = useShortcutList()
  const one = list.filter((a, i) => list.findLastIndex((b) => b.keys === a.keys) === i)
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shortcuts')} width={420}>
      <dl className={styles.list}>
        {one.map(({ keys, label }) => (
          <div key={keys} className={styles.row}>
            <dt>
              <kbd className={styles.key}>{shown(keys)}</kbd>
            </dt>
            <dd className={styles.what}>{label[language]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
