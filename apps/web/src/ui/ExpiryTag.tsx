import { expiryOf } from '@xingbo/shared/expiry'
import { useFormats } from '../lib/formats.ts'
import { useTexts } from '../lib/i18n.ts'
import { useToday } from '../lib/today.ts'
import { StatusTag } from './StatusTag.tsx'
import { uiTexts } from './ui.texts.ts'

type ExpiryTagProps = {
  /** The last day it holds (`YYYY-MM-DD`); `null` where it never ends. */
  expiresOn: string | null
  /** Says nothing while it holds for long: where the day stands beside it. */
  onlyIfSoon?: boolean
}

/** 已过期, 20天后到期, or until when; the day itself on hover. */
export function ExpiryTag({ expiresOn, onlyIfSoon = false }: ExpiryTagProps) {
  const t = useTexts(uiTexts)
  const formats = useFormats()
  const expiry = expiryOf(expiresOn, useToday())
  const hint = t('validUntil', { day: formats.day(expiresOn) })
  switch (expiry.state) {
    case 'none':
      return onlyIfSoon ? null : <span className="soft">{t('endless')}</span>
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
      return onlyIfSoon ? null : <span>{hint}</span>
  }
}
