import { platformLabels, publishRouteLabels } from '@xingbo/shared/accounts/platform'
import type { PlannedRow } from '@xingbo/shared/publishing/batch.schema'
import { postFormLabels } from '@xingbo/shared/publishing/post-form'
import { postShapeOf, publishRouteOf } from '@xingbo/shared/publishing/schedule.rules'
import type { Verdict } from '@xingbo/shared/verdict'
import { Button, Checkbox, Input } from 'antd'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSay, useSayReason } from '../../lib/say.ts'
import { InstantField } from '../../ui/DateFields.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import styles from './ScheduleDialog.module.css'
import { scheduleTexts } from './schedule.texts.ts'
import type { Candidate } from './schedule-candidates.ts'

type CandidateRowProps = {
  candidate: Candidate
  /** The item itself cannot be scheduled: the reason stands above the list and is not said on every row. */
  quiet: boolean
  /** When it would go out; null while the account is not chosen. */
  slot: string | null
  ownTime: boolean
  timeVerdict: Verdict
  /** What the server said of this account. */
  refusal: string | null
  /** What speaks against this time on this account; undefined until the server has looked. */
  said: Pick<PlannedRow, 'warnings' | 'repeat'> | undefined
  /** Why it goes out although it repeats another post. */
  reason: string
  onReason: (reason: string) => void
  shown: boolean
  onToggle: (on: boolean) => void
  /** A time of its own; null follows the plan again. */
  onTime: (time: string | null) => void
  onShow: () => void
}

/** One account: may it take this post, by which way, at what time. */
export function CandidateRow(props: CandidateRowProps) {
  const { candidate, quiet, slot, ownTime, timeVerdict, refusal, shown, said } = props
  const { account, verdict, warnings, meant, foreign } = candidate
  const t = useTexts(scheduleTexts)
  const say = useSay()
  const sayReason = useSayReason()
  const route = useLabel(publishRouteLabels)
  const form = useLabel(postFormLabels)
  const name = account.displayName
  // Accounts on several platforms often bear one name; what is heard must tell them apart as the badge does.
  const spoken = `${useLabel(platformLabels)(account.platform)} ${name}`
  const wrong = refusal ?? (timeVerdict.ok ? null : say(timeVerdict.reason))
  return (
    <li className={styles.row} data-shown={shown || undefined} data-wrong={wrong ? '' : undefined}>
      <Checkbox
        checked={slot !== null}
        disabled={!verdict.ok}
        aria-label={t('choose', { account: spoken })}
        onChange={(event) => props.onToggle(event.target.checked)}
      />
      <div className={styles.who}>
        <span className={styles.account}>
          <PlatformBadge platform={account.platform} name={null} /> {name}
        </span>
        <span className={styles.facts}>
          <span>
            {form(postShapeOf(account).form)} · {route(publishRouteOf(account))}
          </span>
          {verdict.ok && warnings.length === 0 && !foreign && (
            <StatusTag tone="done">{t('ready')}</StatusTag>
          )}
          {verdict.ok && !meant && !foreign && <span>{t('notMeant')}</span>}
        </span>
        {!verdict.ok && !quiet && (
          <span className={styles.sentence} data-kind="blocked">
            {say(verdict.reason)}
          </span>
        )}
        {verdict.ok && foreign && (
          <span className={styles.sentence} data-kind="warning">
            {t('foreign', { who: account.doctorName ?? account.departmentName ?? '' })}
          </span>
        )}
        {verdict.ok &&
          warnings.map((warning) => (
            <span key={warning.key} className={styles.sentence} data-kind="warning">
              {say(warning)}
            </span>
          ))}
        {slot &&
          said?.warnings.map((warning) => (
            <span key={warning.key} className={styles.sentence} data-kind="warning">
              {sayReason(warning)}
            </span>
          ))}
        {slot && said?.repeat && (
          <>
            <span className={styles.sentence} data-kind="warning">
              {sayReason(said.repeat)}
            </span>
            <Input
              size="small"
              maxLength={200}
              value={props.reason}
              placeholder={t('why')}
              aria-label={t('whyOn', { account: spoken })}
              onChange={({ target }) => props.onReason(target.value)}
            />
          </>
        )}
        {wrong && (
          <span className={styles.sentence} data-kind="wrong" role="alert">
            {wrong}
          </span>
        )}
      </div>
      <div className={styles.slot}>
        {slot && (
          <>
            <InstantField
              value={slot}
              status={timeVerdict.ok ? '' : 'error'}
              aria-label={t('ownTime', { account: spoken })}
              onChange={(time) => props.onTime(time)}
              style={{ width: '100%' }}
            />
            {ownTime && (
              <Button type="link" size="small" onClick={() => props.onTime(null)}>
                {t('followPlan')}
              </Button>
            )}
          </>
        )}
      </div>
      <Button
        type="text"
        size="small"
        aria-pressed={shown}
        aria-label={t('previewOf', { account: spoken })}
        onClick={props.onShow}
      >
        {t('preview')}
      </Button>
    </li>
  )
}
