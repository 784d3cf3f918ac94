import { accountHealthLabels, platformLabels } from '@xingbo/shared/accounts/platform'
import type { AuditEntry } from '@xingbo/shared/audit/audit.schema'
import { auditActionLabels } from '@xingbo/shared/audit/audit-actions'
import { auditSubjectLabels } from '@xingbo/shared/audit/audit-subjects'
import { natureLabels, stageLabels } from '@xingbo/shared/content/stage'
import { roleLabels } from '@xingbo/shared/identity/actor'
import { assetKindLabels } from '@xingbo/shared/media/asset-kind'
import { type Message, messages } from '@xingbo/shared/messages'
import { publicationStateLabels } from '@xingbo/shared/publishing/publication-state'
import type { Bilingual, TextValues } from '@xingbo/shared/text'
import { useFormats } from '../../lib/formats.ts'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { auditTexts } from './audit.texts.ts'
import { detailLabels } from './detail-labels.ts'

type Labels = Readonly<Record<string, Bilingual>>

/** Words for the values of a field; `from` and `to` are stages of an item or states of a publication. */
const states: Labels = { ...publicationStateLabels, ...stageLabels }
const valueLabels: Readonly<Record<string, Labels>> = {
  from: states,
  to: states,
  stage: stageLabels,
  resumeStage: stageLabels,
  nature: natureLabels,
  role: roleLabels,
  health: accountHealthLabels,
  platform: platformLabels,
  platforms: platformLabels,
  kind: assetKindLabels,
  via: {
    password: { zh: '密码', en: 'Password' },
    link: { zh: '一次性链接', en: 'Single-use link' },
  },
}
/** References and measures for machines: a person reads them in the drawer, not in the list. */
const isAside = (key: string) => /(Id|[sS]ha256|Version|width|height|Codec|Rate)$/.test(key)
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isMessageKey = (key: unknown): key is Message['key'] =>
  typeof key === 'string' && key in messages

/** An entry of the log, said in words. */
export function useAuditWords() {
  const language = useLanguage()
  const t = useTexts(auditTexts)
  const say = useSay()
  const formats = useFormats()

  function one(key: string, value: unknown): string {
    if (value === null || value === undefined || value === '') return t('nothing')
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'number') {
      if (key === 'sizeBytes') return formats.bytes(value)
      return key === 'durationMs' ? formats.duration(value / 1000) : String(value)
    }
    if (Array.isArray(value)) return value.map((each) => one(key, each)).join(t('listSeparator'))
    if (isRecord(value)) {
      if (isMessageKey(value.key))
        return say({ key: value.key, values: (value.values ?? {}) as TextValues })
      return Object.entries(value)
        .map(([name, each]) => t('pair', { name, value: one(name, each) }))
        .join(t('listSeparator'))
    }
    const text = String(value)
    const label = valueLabels[key]?.[text]
    if (label) return label[language]
    if (isMessageKey(text)) return say({ key: text })
    if (instant.test(text)) return formats.dateTime(text)
    return /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 12)}…` : text
  }
  /** `[before, after]` is how a change is noted; two platforms in a list are not one. */
  const words = (key: string, value: unknown): string =>
    Array.isArray(value) && value.length === 2 && key !== 'platforms' && key !== 'reasons'
      ? t('change', { before: one(key, value[0]), after: one(key, value[1]) })
      : one(key, value)
  const nameOf = (key: string) => detailLabels[key]?.[language] ?? key

  /** Changes noted in a record of their own stand beside the rest. */
  const flat = ({ detail }: AuditEntry): [string, unknown][] =>
    Object.entries(detail).flatMap(([key, value]) =>
      key === 'changes' && isRecord(value) ? Object.entries(value) : [[key, value]],
    )

  return {
    who: ({ actorId, actorName }: AuditEntry) => (actorId === 'system' ? t('system') : actorName),
    act: ({ action }: AuditEntry) => (auditActionLabels as Labels)[action]?.[language] ?? action,
    kind: ({ subjectType }: AuditEntry) =>
      (auditSubjectLabels as Labels)[subjectType]?.[language] ?? subjectType,
    /** Everything noted, name by name. */
    facts: (entry: AuditEntry): (readonly [string, string])[] =>
      flat(entry)
        .filter(([, value]) => value !== null)
        .map(([key, value]) => [nameOf(key), words(key, value)] as const),
    /** The gist in one line: where from and where to, and why; else what a person would ask. */
    gist(entry: AuditEntry): string {
      const { from, to, reason, reasons, note } = entry.detail
      const parts = [
        ...(from !== undefined && to !== undefined
          ? [t('change', { before: one('from', from), after: one('to', to) })]
          : []),
        ...[reason, reasons, note].filter(Boolean).map((why) => one('reason', why)),
      ]
      if (parts.length > 0) return parts.join(t('separator'))
      return flat(entry)
        .filter(([key, value]) => !isAside(key) && value !== null && value !== '')
        .slice(0, 3)
        .map(([key, value]) => t('pair', { name: nameOf(key), value: words(key, value) }))
        .join(t('separator'))
    },
  }
}
