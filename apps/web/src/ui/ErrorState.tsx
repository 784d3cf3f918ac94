import CloseCircleOutlined from '@ant-design/icons/CloseCircleOutlined'
import { Button } from 'antd'
import { ApiError } from '../lib/http.ts'
import { useTexts } from '../lib/i18n.ts'
import { NotAllowedError } from '../lib/me.ts'
import styles from './EmptyState.module.css'
import { EmptyState } from './EmptyState.tsx'
import { uiTexts } from './ui.texts.ts'

type ErrorStateProps = {
  error: unknown
  onRetry?: (() => void) | undefined
}

/** What failed, what is safe, what to do, and the request id to tell support. A 403 reads as 「没有权限」. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const t = useTexts(uiTexts)
  if (error instanceof NotAllowedError) return <EmptyState kind="forbidden" />
  if (error instanceof ApiError && error.status === 403)
    return <EmptyState kind="forbidden" hint={error.message} />
  const sentence = error instanceof Error && error.message ? error.message : t('failedHint')
  return (
    <div className={styles.state} role="alert">
      <CloseCircleOutlined className={styles.icon} data-failed="" aria-hidden />
      <p className={styles.title}>{t('failed')}</p>
      <p className={styles.hint}>{sentence}</p>
      {error instanceof ApiError && error.body.requestId && (
        <p className={styles.id}>{t('requestId', { id: error.body.requestId })}</p>
      )}
      {onRetry && (
        <div className={styles.action}>
          <Button onClick={onRetry}>{t('retry')}</Button>
        </div>
      )}
    </div>
  )
}
