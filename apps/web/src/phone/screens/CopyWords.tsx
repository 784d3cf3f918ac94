import { renderTags } from '@xingbo/shared/publishing/caption.rules'
import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { useTexts } from '../../lib/i18n.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { Step } from './Step.tsx'

/** Title, caption and hashtags, each as it must stand and each copied in one tap. */
export function CopyWords({ card }: { card: HandOffCard }) {
  const t = useTexts(handOffTexts)
  const { style } = platformCapabilities[card.platform].tags
  const tags = style === 'field' ? card.tags.join(' ') : renderTags(style, card.tags).trim()
  return (
    <Step n={2} title={t('copyWords')} hint={t('copyHint')}>
      {card.title && <Words label={t('title')} text={card.title} copy={t('copyTitle')} />}
      {card.caption && <Words label={t('caption')} text={card.caption} copy={t('copyCaption')} />}
      {tags && (
        <Words
          label={style === 'field' ? t('tags') : `${t('tags')} · ${t('tagsInCaption')}`}
          text={tags}
          copy={t('copyTags')}
        />
      )}
    </Step>
  )
}

function Words({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <div className={styles.words}>
      <span className={styles.line}>{label}</span>
      <p className={styles.text}>{text}</p>
      <CopyButton text={text} label={copy} />
    </div>
  )
}
