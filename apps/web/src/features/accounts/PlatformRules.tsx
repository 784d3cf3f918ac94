import type { Account } from '@xingbo/shared/accounts/account.schema'
import { publishRouteLabels } from '@xingbo/shared/accounts/platform'
import {
  formCapability,
  type Limit,
  platformCapabilities,
} from '@xingbo/shared/publishing/platform-capabilities'
import type { Fact } from '@xingbo/shared/publishing/platform-sources'
import { postFormLabels } from '@xingbo/shared/publishing/post-form'
import { platformTimers, quotaOf } from '@xingbo/shared/publishing/posting-limits'
import { postShapeOf, publishRouteOf } from '@xingbo/shared/publishing/schedule.rules'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { gradeLabels, platformRulesTexts } from './platform-rules.texts.ts'

type Row = readonly [label: string, rule: ReactNode, fact: Fact]

/** What this account's platform allows a post by the account's way, each rule with its source and day. */
export function PlatformRules({ account }: { account: Account }) {
  const t = useTexts(platformRulesTexts)
  const rows = useRows(account)
  return (
    <Panel title={t('rules')}>
      <p className="soft" style={{ margin: '0 0 12px' }}>
        {t('rulesHint')}
      </p>
      <Facts
        columns={1}
        facts={rows.map(([label, rule, fact], n) => [
          // Several declarations bear one label; a label is also the row's key.
          label === t('declaration') ? `${label} ${declarationNumber(rows, n)}` : label,
          <Ruled key={label} rule={rule} fact={fact} />,
        ])}
      />
    </Panel>
  )
}

const declarationNumber = (rows: readonly Row[], at: number): number =>
  rows.slice(0, at + 1).filter(([label]) => label === rows[at]?.[0]).length

function Ruled({ rule, fact }: { rule: ReactNode; fact: Fact }) {
  const language = useLanguage()
  const grade = useLabel(gradeLabels)
  const source = language === 'en' ? (fact.sourceEn ?? fact.source) : fact.source
  return (
    <div>
      <div>{rule}</div>
      <div className="soft" style={{ fontSize: 12 }}>
        {source} · {fact.factDate} · {grade(fact.grade)}
      </div>
    </div>
  )
}

function useRows(account: Account): Row[] {
  const t = useTexts(platformRulesTexts)
  const formats = useFormats()
  const language = useLanguage()
  const route = useLabel(publishRouteLabels)
  const formName = useLabel(postFormLabels)
  const { platform } = account
  const whole = platformCapabilities[platform]
  const { form } = postShapeOf(account)
  const own = formCapability(platform, form)
  const perDay = quotaOf(platform)
  const joined = (...parts: (string | false | null | undefined)[]) =>
    parts.filter(Boolean).join(language === 'zh' ? '，' : ', ')
  const characters = ({ min, max }: Limit) => {
    if (max === null) return t('noLimit')
    return min ? t('charactersBetween', { min, max }) : t('characters', { max })
  }
  const { media, quota } = whole
  const kinds = media.formats.map((one) => one.replace(/^video\//, '')).join(' / ')
  const tagRule = () => {
    if (own.tags.style === 'none')
      return joined(t('noTags'), own.tags.refusedInText && t('tagsRefused'))
    const { min, max, maxChars } = own.tags
    return joined(
      max === null ? t('noLimit') : min ? t('tagsBetween', { min, max }) : t('tagsMax', { max }),
      maxChars !== undefined && t('tagsChars', { max: maxChars }),
    )
  }
  const timer = platformTimers[platform]
  const timerRule = ({ minHours, maxDays }: { minHours: number; maxDays: number | null }) =>
    maxDays === null
      ? t('timerFrom', { hours: minHours })
      : t('timerBetween', { hours: minHours, days: maxDays })
  return [
    [t('route'), `${formName(form)} · ${route(publishRouteOf(account))}`, own.route],
    own.title
      ? [t('title'), joined(characters(own.title), own.title.required && t('required')), own.title]
      : [t('title'), t('noTitle'), own.body],
    [t('body'), characters(own.body), own.body],
    [t('tags'), tagRule(), own.tags],
    ...(own.link ? [[t('link'), t('mustEnd'), own.link] as const] : []),
    [
      t(form === 'picture' ? 'picture' : 'cover'),
      joined(
        t(own.cover.required ? 'mustHave' : 'optional'),
        own.cover.maxBytes !== null && t('upTo', { max: formats.bytes(own.cover.maxBytes) }),
      ),
      own.cover,
    ],
    ...(form === 'video'
      ? [
          [
            t('media'),
            joined(
              kinds,
              media.maxBytes !== null && t('upTo', { max: formats.bytes(media.maxBytes) }),
              media.maxSeconds !== null && t('upTo', { max: formats.duration(media.maxSeconds) }),
            ) || t('noLimit'),
            media,
          ] as const,
        ]
      : []),
    ...(publishRouteOf(account) === 'api'
      ? [[t('scheduling'), t('notByApi'), whole.scheduling] as const]
      : timer
        ? [[t('scheduling'), timerRule(timer), timer] as const]
        : []),
    [
      t('quota'),
      joined(perDay !== null && t('perDay', { max: perDay }), quota.note?.[language]) || t('none'),
      quota,
    ],
    [
      t('spacing'),
      whole.spacingSeconds.value > 0
        ? t('seconds', { seconds: whole.spacingSeconds.value })
        : t('none'),
      whole.spacingSeconds,
    ],
    ...whole.declarations.map((one) => [t('declaration'), one.label[language], one] as const),
  ]
}
