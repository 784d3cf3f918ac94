import type { HandOffCard } from '@xingbo/shared/publishing/hand-off.schema'
import { useTexts } from '../../lib/i18n.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './HandOff.module.css'
import { handOffTexts } from './hand-off.texts.ts'
import { Step } from './Step.tsx'

/** Title, caption and hashtags, each as it must stand and each copied in one tap. */
export function CopyWords({ card }: { card: HandOffCard }) {
  const t = useTexts(handOffTexts)
  const { title, caption, hashtags, tagsApart } = card
  return (
    <Step n={2} title={t('copyWords')} hint={t('copyHint')}>
      {title && <Words label={t('title')} text={title} copy={t('copyTitle')} />}
      {caption && <Words label={t('caption')} text={caption} copy={t('copyCaption')} />}
      {hashtags && (
        <Words
          label={tagsApart ? t('tags') : `${t('tags')} · ${t('tagsInCaption')}`}
          text={hashtags}
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
