import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Batch } from '@xingbo/shared/publishing/batch.schema'
import { App, Button, Popover, Skeleton } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import styles from './BatchDialog.module.css'
import { batchTexts } from './batch.texts.ts'
import { batchesQuery, undoBatchMutation } from './schedule.queries.ts'

/** The newest sets saved together, each to be taken back as long as any of it has not gone out. */
export function RecentBatches() {
  const t = useTexts(batchTexts)
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<List onChosen={() => setOpen(false)} />}
    >
      <Button>{t('recent')}</Button>
    </Popover>
  )
}

function List({ onChosen }: { onChosen: () => void }) {
  const t = useTexts(batchTexts)
  const formats = useFormats()
  const { modal, message } = App.useApp()
  const query = useQuery(batchesQuery)
  const undo = useMutation(undoBatchMutation(useQueryClient()))
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton active title={false} />
  if (query.data.items.length === 0) return <p className="soft">{t('recentNone')}</p>
  const takeBack = (batch: Batch) => {
    onChosen()
    modal.confirm({
      title: t('undoTitle'),
      content: t('undoLoss', { n: batch.open }),
      okText: t('undo'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () =>
        undo.mutateAsync(batch.id).then(
          ({ canceled, movedBack, left }) =>
            void message.success(t('undoDone', { n: canceled + movedBack, left })),
          () => {},
        ),
    })
  }
  return (
    <ul className={styles.batches}>
      {query.data.items.map((batch) => (
        <li key={batch.id} className={styles.batch}>
          <span>
            {t('recentRow', { who: batch.createdByName ?? t('somebody'), n: batch.total })}
            <br />
            <span className="soft">
              {formats.dateTime(batch.createdAt)} ·{' '}
              {batch.undoneAt ? t('undone') : t('openCount', { n: batch.open })}
            </span>
          </span>
          {batch.open > 0 && (
            <Button size="small" onClick={() => takeBack(batch)}>
              {t('undo')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
