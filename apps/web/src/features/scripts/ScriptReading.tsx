import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { fieldsOf } from '@xingbo/shared/scripts/script-text'
import { useLanguage, useTexts } from '../../lib/i18n.ts'
import styles from './Script.module.css'
import { scriptTexts } from './script.texts.ts'

/** The script for those who read it and do not write it. */
export function ScriptReading({ body }: { body: ScriptBody }) {
  const t = useTexts(scriptTexts)
  const language = useLanguage()
  const fields = fieldsOf(body).filter(({ text }) => text !== '')
  return (
    <div className={styles.part}>
      {fields.map(({ field, label, text }) => (
        <div key={field} className={styles.field} data-field={field} tabIndex={-1}>
          <div className={styles.label}>{label[language]}</div>
          <div className={styles.reading}>{text}</div>
        </div>
      ))}
      {body.sources.length > 0 && (
        <div className={styles.field}>
          <div className={styles.label}>{t('sources')}</div>
          <div className={styles.reading}>{body.sources.join('\n')}</div>
        </div>
      )}
      {body.aiGenerated && <p className={styles.soft}>{t('ai')}</p>}
    </div>
  )
}
