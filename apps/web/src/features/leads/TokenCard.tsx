import DownloadOutlined from '@ant-design/icons/DownloadOutlined'
import type { TouchToken } from '@xingbo/shared/leads/touch.schema'
import { Button, QRCode, Typography } from 'antd'
import { useRef } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import styles from './Touch.module.css'
import { touchTexts } from './touch.texts.ts'

/** A token as people use it: the code to print, the link to paste. */
export function TokenCard({ token, size = 176 }: { token: TouchToken; size?: number }) {
  const t = useTexts(touchTexts)
  const box = useRef<HTMLDivElement>(null)
  const download = () => {
    const canvas = box.current?.querySelector('canvas')
    if (!canvas) return
    const link = document.createElement('a')
    link.href = canvas.toDataURL('image/png')
    link.download = `${token.token}.png`
    link.click()
  }
  return (
    <div className={styles.card} ref={box}>
      <QRCode
        value={token.url}
        size={size}
        bgColor="#fff"
        color="#000"
        role="img"
        aria-label={t('qr', { label: token.label })}
      />
      <Typography.Text
        className={styles.link ?? ''}
        copyable={{ text: token.url, tooltips: [t('copy'), t('copied')] }}
      >
        {token.url}
      </Typography.Text>
      <Button size="small" icon={<DownloadOutlined aria-hidden />} onClick={download}>
        {t('download')}
      </Button>
    </div>
  )
}

/** How many came through it, and how many left their details. */
export function TokenCounts({ token }: { token: TouchToken }) {
  const t = useTexts(touchTexts)
  const formats = useFormats()
  const counts = [
    [t('contacts'), token.contacts],
    [t('leads'), token.leads],
    [t('machines'), token.machines],
  ] as const
  return (
    <dl className={styles.counts} title={t('contactsHint')}>
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{formats.exact(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
