import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { setLanguage, useLanguage, useTexts } from '../../lib/i18n.ts'
import logo from '../../xingbo.svg'
import styles from './EntryCard.module.css'
import { identityTexts } from './identity.texts.ts'

type EntryCardProps = { title: string; purpose?: string; children: ReactNode }

/** The frame of the pages in front of the desk: login and first set-up. */
export function EntryCard({ title, purpose, children }: EntryCardProps) {
  const t = useTexts(identityTexts)
  const language = useLanguage()
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`
  }, [title, t])
  return (
    <main className={styles.page}>
      <div className={styles.language}>
        <Button
          type="text"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {t('otherLanguage')}
        </Button>
      </div>
      <div className={styles.column}>
        <div className={styles.brand}>
          <img src={logo} alt="" width={40} height={40} />
          <span>{t('brand')}</span>
        </div>
        <section className={styles.card}>
          <h1 className={styles.title}>{title}</h1>
          {purpose && <p className={styles.purpose}>{purpose}</p>}
          {children}
        </section>
        <p className={styles.slogan}>{t('slogan')}</p>
      </div>
    </main>
  )
}
