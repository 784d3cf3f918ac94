import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { importCan, isWorks, outStates } from '@xingbo/shared/metrics/import.rules'
import type {
  ImportCandidate,
  ImportRow,
  ImportSummary,
} from '@xingbo/shared/metrics/import.schema'
import { no } from '@xingbo/shared/verdict'
import { App, Radio, Select, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useMe } from '../../lib/me.ts'
import { useSayReason } from '../../lib/say.ts'
import { PublicationTag } from '../../ui/StatusTag.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import styles from './Imports.module.css'
import { answerRowMutation, importQueries } from './import.queries.ts'
import { importTexts } from './import.texts.ts'

type RowAnswerProps = { file: ImportSummary; row: ImportRow }

/** Settles one row in place: binds a work to its publication, or accepts what was read. */
export function RowAnswer({ file, row }: RowAnswerProps) {
  const t = useTexts(importTexts)
  const { role } = useMe()
  const { message } = App.useApp()
  const answer = useMutation(answerRowMutation(useQueryClient()))
  const works = isWorks(file.kind)
  const verdict = importCan.bring(role, file.kind)
  const send = (body: Parameters<typeof answer.mutate>[0]['body']) =>
    answer.mutate(
      { importId: file.id, rowId: row.id, body },
      { onSuccess: () => void message.success(t('answered', { row: row.rowNumber })) },
    )
  const leaveOut = (
    <VerdictButton
      verdict={verdict}
      loading={answer.isPending}
      onClick={() => send({ answer: 'leave_out' })}
    >
      {t(works ? 'notOurs' : 'leaveOut')}
    </VerdictButton>
  )
  if (works)
    return (
      <Binding
        file={file}
        row={row}
        actions={(publicationId) => (
          <>
            <VerdictButton
              type="primary"
              verdict={verdict.ok && !publicationId ? no('metrics.answer.choose') : verdict}
              loading={answer.isPending}
              onClick={() => publicationId && send({ answer: 'bind', publicationId })}
            >
              {t('bind')}
            </VerdictButton>
            {leaveOut}
          </>
        )}
      />
    )
  return (
    <fieldset className={styles.answer}>
      <legend>{t('readingTitle')}</legend>
      <Space wrap>
        {row.replaces && (
          <VerdictButton
            type="primary"
            verdict={verdict}
            loading={answer.isPending}
            onClick={() => send({ answer: 'replace' })}
          >
            {t('replace')}
          </VerdictButton>
        )}
        <VerdictButton
          type={row.replaces ? 'default' : 'primary'}
          verdict={verdict}
          loading={answer.isPending}
          onClick={() => send({ answer: 'accept' })}
        >
          {t(row.replaces ? 'acceptToo' : 'accept')}
        </VerdictButton>
        {leaveOut}
      </Space>
    </fieldset>
  )
}

const other = 'other'

type BindingProps = RowAnswerProps & {
  actions: (publicationId: string | null) => ReactNode
}

function Binding({ file, row, actions }: BindingProps) {
  const t = useTexts(importTexts)
  const [chosen, setChosen] = useState<string | null>(row.candidates.length === 0 ? other : null)
  const [picked, setPicked] = useState<string | null>(null)
  return (
    <fieldset className={styles.answer}>
      <legend>{t('chooseTitle')}</legend>
      {row.candidates.length > 0 && (
        <Radio.Group
          className={styles.candidates}
          value={chosen}
          onChange={(event) => setChosen(String(event.target.value))}
        >
          {row.candidates.map((candidate) => (
            <Radio key={candidate.publicationId} value={candidate.publicationId}>
              <Candidate of={candidate} />
            </Radio>
          ))}
          <Radio value={other}>{t('otherPublication')}</Radio>
        </Radio.Group>
      )}
      {chosen === other && (
        <PublicationPicker accountId={file.accountId ?? ''} value={picked} onChange={setPicked} />
      )}
      <Space wrap>{actions(chosen === other ? picked : chosen)}</Space>
    </fieldset>
  )
}

function Candidate({ of: candidate }: { of: ImportCandidate }) {
  const formats = useFormats()
  const say = useSayReason()
  return (
    <span className={styles.candidate}>
      <strong>{candidate.title}</strong>
      <PublicationTag state={candidate.state} />
      <span className="soft">
        {formats.dateTime(candidate.at)} · {say(candidate.reason)}
      </span>
    </span>
  )
}

type PickerProps = {
  accountId: string
  value: string | null
  onChange: (publicationId: string | null) => void
}

/** Any publication of the account, found by its title. */
function PublicationPicker({ accountId, value, onChange }: PickerProps) {
  const t = useTexts(importTexts)
  const formats = useFormats()
  const [q, setQ] = useState('')
  const found = useQuery(importQueries.publications(accountId, q))
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setQ }}
      aria-label={t('pickPublication')}
      placeholder={t('pickPublication')}
      className={styles.picker}
      loading={found.isFetching}
      value={value}
      onChange={onChange}
      options={found.data?.items
        .filter(({ state }) => outStates.some((one) => one === state))
        .map(({ id, title, contentTitle, publishedAt, dueAt }) => ({
          value: id,
          label: `${title || contentTitle} · ${formats.dateTime(publishedAt ?? dueAt)}`,
        }))}
    />
  )
}
