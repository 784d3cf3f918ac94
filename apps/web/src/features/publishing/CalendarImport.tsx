import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fileFateLabels } from '@xingbo/shared/publishing/calendar-file.labels'
import {
  type FileFate,
  type FileRow,
  fileFates,
} from '@xingbo/shared/publishing/calendar-file.schema'
import { no, yes } from '@xingbo/shared/verdict'
import { Alert, App, Button, Drawer, Spin, Upload } from 'antd'
import { useMemo, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSayReason } from '../../lib/say.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import { useUndoToast } from '../../ui/UndoToast.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import styles from './BatchDialog.module.css'
import { fileTexts } from './calendar-file.texts.ts'
import {
  downloadMutation,
  errorsOf,
  readFileMutation,
  saveBatchMutation,
  undoBatchMutation,
} from './schedule.queries.ts'
import { newKey } from './use-batch-plan.ts'

const tones = {
  new: 'scheduled',
  move: 'signed',
  same: 'ended',
  refused: 'failed',
} as const satisfies Record<FileFate, Tone>

/** Reads a calendar file, shows what would become of each row, and saves on a second press. */
export function CalendarImport({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts(fileTexts)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('import')}
      size="min(960px, 100vw)"
      destroyOnHidden
      styles={{ body: { padding: 0 } }}
    >
      {open && <Import onClose={onClose} />}
    </Drawer>
  )
}

function Import({ onClose }: { onClose: () => void }) {
  const t = useTexts(fileTexts)
  const formats = useFormats()
  const { message } = App.useApp()
  const offerUndo = useUndoToast()
  const client = useQueryClient()
  const read = useMutation(readFileMutation())
  const errors = useMutation(downloadMutation())
  const save = useMutation(saveBatchMutation(client))
  const undo = useMutation(undoBatchMutation(client))
  const [file, setFile] = useState<File | null>(null)
  // One reading is one saving, however often it is pressed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new reading gets a new key
  const key = useMemo(newKey, [read.data])
  const rows = read.data?.rows ?? []
  const lines = rows.flatMap(({ line, repeatReason }) =>
    line?.dueAt
      ? [
          {
            contentId: line.contentId,
            accountId: line.accountId,
            dueAt: line.dueAt,
            publicationId: line.publicationId,
            repeatReason,
          },
        ]
      : [],
  )
  const refused = rows.filter(({ fate }) => fate === 'refused').length

  const take = (next: File) => {
    setFile(next)
    save.reset()
    read.mutate(next)
  }
  const submit = () =>
    save.mutate(
      { key, timeZone: formats.zone, rows: lines },
      {
        onSuccess: ({ id, total }) => {
          offerUndo({
            done: t('done', { n: total }),
            undo: async () => {
              const { canceled, movedBack, left } = await undo.mutateAsync(id)
              void message.info(t('undoDone', { n: canceled + movedBack, left }))
            },
          })
          onClose()
        },
      },
    )

  return (
    <div className={styles.dialog}>
      <section className={styles.preview} style={{ flex: 1 }} aria-label={t('import')}>
        <p className={styles.note}>{t('hint')}</p>
        <Upload.Dragger
          accept=".xlsx,.csv"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(chosen) => {
            take(chosen)
            return false
          }}
        >
          {file ? `${file.name} · ${t('another')}` : t('choose')}
        </Upload.Dragger>
        {[read, save].map(
          ({ error }, index) =>
            error && (
              <Alert
                key={index === 0 ? 'read' : 'save'}
                type="error"
                showIcon
                role="alert"
                title={error.message}
              />
            ),
        )}
        {read.isPending && (
          <p className={styles.hint}>
            <Spin size="small" /> {t('reading')}
          </p>
        )}
        {read.data && rows.length === 0 && <EmptyState title={t('empty')} />}
        {rows.length > 0 && (
          <>
            <Counts rows={rows} />
            {refused > 0 && file && (
              <p className={styles.note}>
                {t('skipped')}{' '}
                <Button
                  type="link"
                  size="small"
                  loading={errors.isPending}
                  onClick={() => errors.mutate(errorsOf(file))}
                >
                  {t('errors')}
                </Button>
              </p>
            )}
            <ul className={styles.rows}>
              {rows.map((row) => (
                <ImportRow key={row.rowNumber} row={row} />
              ))}
            </ul>
          </>
        )}
      </section>
      <footer className={styles.foot}>
        <span />
        <Button onClick={onClose}>{t('close')}</Button>
        <VerdictButton
          type="primary"
          verdict={lines.length > 0 ? yes : no('publishing.nothingPlanned')}
          loading={save.isPending || read.isPending}
          onClick={submit}
        >
          {lines.length > 0 ? t('save', { n: lines.length }) : t('saveNone')}
        </VerdictButton>
      </footer>
    </div>
  )
}

function Counts({ rows }: { rows: readonly FileRow[] }) {
  const t = useTexts(fileTexts)
  const label = useLabel(fileFateLabels)
  return (
    <p className={styles.heading} role="status">
      {fileFates.map((fate) => {
        const n = rows.filter((row) => row.fate === fate).length
        return (
          n > 0 && (
            <StatusTag key={fate} tone={tones[fate]}>
              {t('count', { fate: label(fate), n })}
            </StatusTag>
          )
        )
      })}
    </p>
  )
}

function ImportRow({ row }: { row: FileRow }) {
  const t = useTexts(fileTexts)
  const formats = useFormats()
  const sayReason = useSayReason()
  const label = useLabel(fileFateLabels)
  const { rowNumber, item, account, when, fate, reasons, line } = row
  return (
    <li className={styles.fileRow} data-fate={fate}>
      <span className={styles.fact}>{t('row', { n: rowNumber })}</span>
      <span className={styles.rowTitle}>
        {line?.contentTitle ?? item}
        <br />
        <span className={styles.fact}>{account}</span>
      </span>
      <span className={styles.rowTime}>{line?.dueAt ? formats.dateTime(line.dueAt) : when}</span>
      <span className={styles.rowWords}>
        <StatusTag tone={tones[fate]}>{label(fate)}</StatusTag>
        {reasons.map((reason) => (
          <span key={reason.key} className={styles.sentence} data-kind="wrong">
            {sayReason(reason)}
          </span>
        ))}
        {line?.warnings.map((warning) => (
          <span key={warning.key} className={styles.sentence} data-kind="warning">
            {sayReason(warning)}
          </span>
        ))}
      </span>
    </li>
  )
}
