import { Link } from '@tanstack/react-router'
import { useTexts } from '../lib/i18n.ts'
import { EmptyState } from './EmptyState.tsx'
import { uiTexts } from './ui.texts.ts'

export function NotFound() {
  const t = useTexts(uiTexts)
  return (
    <EmptyState
      title={t('notFound')}
      hint={t('notFoundHint')}
      action={<Link to="/">{t('home')}</Link>}
    />
  )
}
