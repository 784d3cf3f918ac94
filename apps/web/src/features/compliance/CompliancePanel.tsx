import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { complianceCan } from '@xingbo/shared/compliance/compliance.rules'
import type { ComplianceState, Finding } from '@xingbo/shared/compliance/compliance.schema'
import type { LineFacts } from '@xingbo/shared/content/line-facts'
import { natureLabels, type Stage } from '@xingbo/shared/content/stage'
import type { ScriptField } from '@xingbo/shared/scripts/script-text'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay, useMe } from '../../lib/me.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { RelTime } from '../../ui/Time.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import styles from './Compliance.module.css'
import {
  complianceQueries,
  decideMutation,
  runMutation,
  waiveMutation,
} from './compliance.queries.ts'
import { complianceTexts } from './compliance.texts.ts'
import { FindingCard } from './FindingCard.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'

type CompliancePanelProps = {
  contentId: string
  stage: Stage
  facts: LineFacts
  fields: readonly ScriptField[]
}
type Asking =
  | { what: 'waive'; finding: Finding }
  | { what: 'pass' | 'back'; sha256: string; number: number }

/** What the engine found in the newest revision, and the reviewer's decision on those very words. */
export function CompliancePanel({ contentId, stage, facts, fields }: CompliancePanelProps) {
  const t = useTexts(complianceTexts)
  const { data: state } = useSuspenseQuery(complianceQueries.state(contentId))
  const [asking, setAsking] = useState<Asking | null>(null)
  if (!state.run)
    return (
      <EmptyState
        title={t('noRun')}
        hint={t('noRunHint')}
        action={
          <Link to="/contents/$contentId/script" params={{ contentId }}>
            <Button>{t('toScript')}</Button>
          </Link>
        }
      />
    )
  return (
    <div className={styles.state}>
      <RunBar state={state} stage={stage} facts={facts} onAsk={setAsking} />
      {state.guessedNature !== state.nature && <NatureHint state={state} />}
      {state.findings.length === 0 ? (
        <p>
          <StatusTag tone="done">{t('noFindings')}</StatusTag>
        </p>
      ) : (
        <ul className={styles.list}>
          {state.findings.map((finding) => (
            <FindingCard
              key={finding.id}
              finding={finding}
              fields={fields}
              waived={finding.waiver}
              action={
                <WaiveButton
                  finding={finding}
                  facts={facts}
                  stage={stage}
                  onAsk={() => setAsking({ what: 'waive', finding })}
                />
              }
            />
          ))}
        </ul>
      )}
      <Decisions state={state} />
      {asking && (
        <Ask asking={asking} contentId={contentId} state={state} onClose={() => setAsking(null)} />
      )}
    </div>
  )
}

type BarProps = {
  state: ComplianceState
  stage: Stage
  facts: LineFacts
  onAsk: (asking: Asking) => void
}

function RunBar({ state, stage, facts, onAsk }: BarProps) {
  const t = useTexts(complianceTexts)
  const nature = useLabel(natureLabels)
  const me = useMe()
  const mayRun = useMay()('POST /api/contents/:contentId/compliance/check')
  const mayDecide = useMay()('POST /api/contents/:contentId/compliance/decide')
  const run = useMutation(runMutation(useQueryClient(), state.contentId))
  const { run: ran } = state
  if (!ran) return null
  const reviewed = { ...facts, stage }
  // The reason is written in the dialog; here only what no reason can mend counts.
  const pass = complianceCan.pass(reviewed, me, 'written below')
  const back = complianceCan.return(reviewed, me, 'written below')
  return (
    <>
      <div className={styles.bar}>
        <span>
          {t('ranOn', { number: ran.revisionNumber })} · <RelTime at={ran.ranAt} />
        </span>
        <span className={styles.quiet}>
          {t('nature')}：{nature(state.nature)}
        </span>
        <span className={styles.quiet}>
          {t('openCount', { blocks: state.openBlocks, reviews: state.openReviews })}
        </span>
        <span className={styles.actions}>
          {mayRun && (
            <Button loading={run.isPending} onClick={() => run.mutate()}>
              {t('runAgain')}
            </Button>
          )}
          {mayDecide && (
            <>
              <VerdictButton
                verdict={back}
                onClick={() =>
                  onAsk({ what: 'back', sha256: ran.sha256, number: ran.revisionNumber })
                }
              >
                {t('back')}
              </VerdictButton>
              <VerdictButton
                type="primary"
                verdict={pass}
                onClick={() =>
                  onAsk({ what: 'pass', sha256: ran.sha256, number: ran.revisionNumber })
                }
              >
                {t('pass')}
              </VerdictButton>
            </>
          )}
        </span>
      </div>
      {!ran.current && <Alert type="warning" showIcon title={t('outdated')} />}
    </>
  )
}

function NatureHint({ state }: { state: ComplianceState }) {
  const t = useTexts(complianceTexts)
  const nature = useLabel(natureLabels)
  return <Alert type="info" showIcon title={t('guessed', { guess: nature(state.guessedNature) })} />
}

type WaiveProps = { finding: Finding; facts: LineFacts; stage: Stage; onAsk: () => void }

function WaiveButton({ finding, facts, stage, onAsk }: WaiveProps) {
  const t = useTexts(complianceTexts)
  const me = useMe()
  const may = useMay()('POST /api/findings/:findingId/waive')
  if (finding.waiver) return null
  if (!finding.waivable) return <span className={styles.quiet}>{t('notWaivable')}</span>
  if (!may || finding.severity === 'hint') return null
  const verdict = complianceCan.waive({ waivable: true, waived: false }, { ...facts, stage }, me)
  return (
    <VerdictButton size="small" verdict={verdict} onClick={onAsk}>
      {t('waive')}
    </VerdictButton>
  )
}

function Ask(props: {
  asking: Asking
  contentId: string
  state: ComplianceState
  onClose: () => void
}) {
  const { asking, contentId, state, onClose } = props
  const t = useTexts(complianceTexts)
  const { message } = App.useApp()
  const client = useQueryClient()
  const waive = useMutation(waiveMutation(client))
  const decide = useMutation(decideMutation(client, contentId))
  const tell = () => void message.success(t('done'))
  if (asking.what === 'waive')
    return (
      <ReasonDialog
        title={t('waiveTitle', { rule: asking.finding.ruleTitle.zh })}
        hint={t('waiveHint')}
        verb={t('waive')}
        needed
        onConfirm={(reason) =>
          waive.mutateAsync({ findingId: asking.finding.id, reason }).then(tell)
        }
        onClose={onClose}
      />
    )
  const passing = asking.what === 'pass'
  return (
    <ReasonDialog
      title={passing ? t('passTitle', { number: asking.number }) : t('backTitle')}
      hint={passing ? t('passHint') : t('backHint')}
      verb={passing ? t('pass') : t('back')}
      needed={!passing || state.openReviews > 0}
      danger={!passing}
      onConfirm={(reason) =>
        decide
          .mutateAsync({
            decision: passing ? 'passed' : 'returned',
            sha256: asking.sha256,
            reason,
          })
          .then(tell)
      }
      onClose={onClose}
    />
  )
}

function Decisions({ state }: { state: ComplianceState }) {
  const t = useTexts(complianceTexts)
  return (
    <section>
      <h3>{t('decisions')}</h3>
      {state.decisions.length === 0 && <p className={styles.quiet}>{t('none')}</p>}
      <ul className={styles.list}>
        {state.decisions.map((one) => (
          <li key={one.decidedAt} className={styles.bar}>
            <StatusTag
              tone={one.decision === 'passed' ? (one.current ? 'done' : 'ended') : 'failed'}
            >
              {t(one.decision === 'passed' ? 'passed' : 'returned', {
                who: one.reviewerName,
              })}
            </StatusTag>
            <RelTime at={one.decidedAt} />
            <span>{one.reason}</span>
            {!one.current && <span className={styles.quiet}>{t('notCurrent')}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
