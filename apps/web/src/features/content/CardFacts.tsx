import {
  type ComplianceState,
  complianceStateLabels,
  type SignState,
  signStateLabels,
} from '@xingbo/shared/content/card-state'
import type { ContentCard } from '@xingbo/shared/content/content.schema'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { StatusTag, type Tone } from '../../ui/StatusTag.tsx'
import { contentTexts } from './content.texts.ts'

const signTones = {
  none: 'draft',
  waiting: 'waiting',
  signed: 'signed',
  returned: 'warning',
  voided: 'warning',
} as const satisfies Record<SignState, Tone>

const complianceTones = {
  none: 'draft',
  blocked: 'blocked',
  waiting: 'waiting',
  returned: 'warning',
  passed: 'done',
} as const satisfies Record<ComplianceState, Tone>

/** What is signed, checked, stopped: the marks of a card. What has not begun is left out. */
export function CardMarks({ card }: { card: ContentCard }) {
  const t = useTexts(contentTexts)
  const sign = useLabel(signStateLabels)
  const compliance = useLabel(complianceStateLabels)
  return (
    <>
      {card.held && (
        <StatusTag tone="paused" hint={t('heldHint')}>
          {t('held')}
        </StatusTag>
      )}
      {card.signState !== 'none' && (
        <StatusTag tone={signTones[card.signState]}>{sign(card.signState)}</StatusTag>
      )}
      {card.complianceState !== 'none' && (
        <StatusTag tone={complianceTones[card.complianceState]}>
          {compliance(card.complianceState)}
        </StatusTag>
      )}
    </>
  )
}
