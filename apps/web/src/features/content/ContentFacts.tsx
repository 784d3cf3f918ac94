import type { ContentItem } from '@xingbo/shared/content/content.schema'
import { natureLabels } from '@xingbo/shared/content/stage'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { narrow, useMedia } from '../../lib/media.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import { RelTime } from '../../ui/Time.tsx'
import styles from './ContentFacts.module.css'
import { contentTexts } from './content.texts.ts'

/** Who, where, by when: one quiet row under the title. */
export function ContentFacts({ item }: { item: ContentItem }) {
  const t = useTexts(contentTexts)
  const nature = useLabel(natureLabels)
  const formats = useFormats()
  const onPhone = useMedia(narrow)
  const facts: [string, ReactNode][] = [
    [t('doctor'), item.doctor?.name],
    [t('line'), item.specialtyLine?.name],
    [t('department'), item.department?.name],
    [t('owner'), item.owner?.name],
    [t('producer'), item.producer?.name],
    [
      t('platforms'),
      item.platforms.length > 0 && (
        <span className={styles.platforms}>
          {item.platforms.map((platform) => (
            <PlatformBadge key={platform} platform={platform} size="small" />
          ))}
        </span>
      ),
    ],
    [
      t('due'),
      item.dueOn && (
        <span className={item.overdue ? styles.late : undefined}>{formats.day(item.dueOn)}</span>
      ),
    ],
    [t('nature'), nature(item.nature)],
    [t('format'), item.format],
    [t('topic'), item.topic?.title],
  ]
  const list = (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value || <span className="soft">{t('none')}</span>}</dd>
        </div>
      ))}
      <div className={styles.fact}>
        <dt>{t('since')}</dt>
        <dd>
          <RelTime at={item.stageEnteredAt} />
        </dd>
      </div>
    </dl>
  )
  if (!onPhone) return list
  const short = [item.doctor?.name, item.owner?.name, item.dueOn && formats.day(item.dueOn)]
  return (
    <details className={styles.folded}>
      <summary>{short.filter(Boolean).join(' · ') || t('facts')}</summary>
      {list}
    </details>
  )
}
