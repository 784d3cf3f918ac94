import type { Verdict } from '@xingbo/shared/verdict'
import { yes } from '@xingbo/shared/verdict'
import { useState } from 'react'
import { useTexts } from '../lib/i18n.ts'
import { useUndoToast } from './UndoToast.tsx'
import { uiTexts } from './ui.texts.ts'
import { VerdictButton } from './VerdictButton.tsx'

type Archivable = { readonly archived: boolean; readonly revision: number }

type ArchiveButtonProps<Row extends Archivable> = {
  row: Row
  /** What the thing is called in 「「鼻科」已归档」. */
  name: string
  /** Whether it may be archived now; restoring is judged by the server. */
  verdict?: Verdict
  /** Saves `archived` for the row at this revision and resolves to the row as it then is. */
  onArchive: (body: { revision: number; archived: boolean }) => Promise<Row>
  type?: 'text' | 'default'
}

/** 归档 with ten seconds to take it back, or 恢复. A refusal shows as a toast. */
export function ArchiveButton<Row extends Archivable>(props: ArchiveButtonProps<Row>) {
  const { row, name, verdict = yes, onArchive, type = 'default' } = props
  const t = useTexts(uiTexts)
  const offerUndo = useUndoToast()
  const [busy, setBusy] = useState(false)

  const act = async () => {
    setBusy(true)
    try {
      const archived = !row.archived
      const after = await onArchive({ revision: row.revision, archived })
      offerUndo({
        done: t(archived ? 'archivedDone' : 'restoredDone', { name }),
        undo: () => onArchive({ revision: after.revision, archived: !archived }),
      })
    } catch {
      // The mutation has told it.
    } finally {
      setBusy(false)
    }
  }
  return (
    <VerdictButton
      type={type}
      verdict={row.archived ? yes : verdict}
      loading={busy}
      onClick={() => void act()}
    >
      {t(row.archived ? 'restore' : 'archive')}
    </VerdictButton>
  )
}
