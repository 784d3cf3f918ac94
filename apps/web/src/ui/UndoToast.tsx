import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTexts } from '../lib/i18n.ts'
import { uiTexts } from './ui.texts.ts'

/** How long a thing just done can be taken back; stack.md asks for 10 s after a drop. */
const undoSeconds = 10

type Undo = {
  /** What was done: 「已移到 11月22日 周日 19:30」. */
  done: string
  /** Takes it back by a call of its own; a refusal shows as a toast. */
  undo: () => Promise<unknown>
}

let count = 0

/**
 * `const offerUndo = useUndoToast()`, then after the change was saved:
 * `offerUndo({ done: t('moved', { when }), undo: () => reschedule.mutateAsync(before) })`.
 */
export function useUndoToast(): (what: Undo) => void {
  const { notification, message } = App.useApp()
  const t = useTexts(uiTexts)
  return ({ done, undo }) => {
    const key = `undo-${++count}`
    const takeBack = () => {
      notification.destroy(key)
      undo().then(
        () => void message.success(t('undone')),
        // Mutations tell their refusal themselves (query-client.ts).
        () => {},
      )
    }
    notification.open({
      key,
      title: done,
      description: <SecondsLeft />,
      duration: undoSeconds,
      showProgress: true,
      pauseOnHover: false,
      placement: 'bottomLeft',
      role: 'status',
      actions: (
        <Button size="small" type="primary" onClick={takeBack}>
          {t('undo')}
        </Button>
      ),
    })
  }
}

function SecondsLeft() {
  const t = useTexts(uiTexts)
  const [left, setLeft] = useState(undoSeconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft((n) => Math.max(0, n - 1)), 1000)
    return () => clearInterval(timer)
  }, [])
  return t('undoLeft', { n: left })
}
