import { expiryOf } from '@xingbo/shared/expiry'
import { useFormats } from '../lib/formats.ts'
import { useTexts } from '../lib/i18n.ts'
import { useToday } from '../lib/today.ts'
import { StatusTag } from './StatusTag.tsx'
import { uiTexts } from './ui.texts.ts'

type ExpiryTagProps = {
  /** The last day it holds (`YYYY-MM-DD`); `null` where it never ends. */
  expiresOn: string | null
  /** What is said of one that never ends; 长期有效 unless given, `null` for nothing. */
  endless?: string | null
}

/** 已过期, 20天后到期, or until when; the day itself on hover. */
export function ExpiryTag({ expiresOn, endless }: ExpiryTagProps) {
  const t = useTexts(uiTexts)
  const formats = useFormats()
  const expiry = expiryOf(expiresOn, useToday())
  const hint = t('validUntil', { day: formats.day(expiresOn) })
  switch (expiry.state) {
    case 'none':
      return endless === null ? null : <span className="soft">{endless ?? t('endless')}</span>
    case 'expired':
      return (
        <StatusTag tone="failed" hint={t('expiredOn', { day: formats.day(expiresOn) })}>
          {t('expired')}
        </StatusTag>
      )
    case 'soon':
      return (
        <StatusTag tone="warning" hint={hint}>
          {expiry.days === 0 ? t('expiresToday') : t('expiresIn', { n: expiry.days })}
        </StatusTag>
      )
    case 'valid':
      return <span>{hint}</span>
  }
}
