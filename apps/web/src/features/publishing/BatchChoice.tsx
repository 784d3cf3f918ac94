import type { Account } from '@xingbo/shared/accounts/account.schema'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import type { ContentCard } from '@xingbo/shared/content/content.schema'
import type { PostingSlot } from '@xingbo/shared/publishing/slot.schema'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './BatchDialog.module.css'
import { batchTexts } from './batch.texts.ts'

type Chosen = ReadonlySet<string>
const toggled = (chosen: Chosen, ids: readonly string[], on: boolean): Chosen => {
  const next = new Set(chosen)
  for (const id of ids) on ? next.add(id) : next.delete(id)
  return next
}

type ItemChoiceProps = {
  items: readonly ContentCard[]
  chosen: Chosen
  onChange: (chosen: Chosen) => void
}

/** The ready items, hundreds of them, with a search; 全选 takes what the search shows. */
export function ItemChoice({ items, chosen, onChange }: ItemChoiceProps) {
  const t = useTexts(batchTexts)
  const [q, setQ] = useState('')
  const shown = items.filter(({ title }) => title.toLowerCase().includes(q.trim().toLowerCase()))
  const ids = shown.map(({ id }) => id)
  const on = ids.filter((id) => chosen.has(id)).length
  return (
    <section className={styles.choice} aria-label={t('items')}>
      <h3 className={styles.heading}>
        {t('items')}
        <span className="soft">{t('chosen', { n: chosen.size, total: items.length })}</span>
      </h3>
      {items.length === 0 ? (
        <EmptyState title={t('noItems')} hint={t('noItemsHint')} />
      ) : (
        <>
          <div className={styles.tools}>
            <Checkbox
              checked={on > 0 && on === ids.length}
              indeterminate={on > 0 && on < ids.length}
              onChange={({ target }) => onChange(toggled(chosen, ids, target.checked))}
            >
              {t('all')}
            </Checkbox>
            <Input
              allowClear
              size="small"
              value={q}
              placeholder={t('search')}
              aria-label={t('search')}
              onChange={({ target }) => setQ(target.value)}
            />
          </div>
          {shown.length === 0 && <p className="soft">{t('noMatch', { q: q.trim() })}</p>}
          <ul className={styles.options}>
            {shown.map(({ id, title, platforms }) => (
              <li key={id} className={styles.option}>
                <Checkbox
                  checked={chosen.has(id)}
                  aria-label={t('chooseItem', { title })}
                  onChange={({ target }) => onChange(toggled(chosen, [id], target.checked))}
                >
                  <span className={styles.optionName}>{title}</span>
                </Checkbox>
                <span className={styles.badges}>
                  {platforms.map((one) => (
                    <PlatformBadge key={one} platform={one} name={null} size="small" />
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

type AccountChoiceProps = {
  accounts: readonly Account[]
  slots: readonly PostingSlot[]
  chosen: Chosen
  onChange: (chosen: Chosen) => void
}

export function AccountChoice({ accounts, slots, chosen, onChange }: AccountChoiceProps) {
  const t = useTexts(batchTexts)
  const label = useLabel(platformLabels)
  const ids = accounts.map(({ id }) => id)
  const on = ids.filter((id) => chosen.has(id)).length
  return (
    <section className={styles.choice} aria-label={t('accounts')}>
      <h3 className={styles.heading}>
        {t('accounts')}
        <span className="soft">{t('chosen', { n: on, total: ids.length })}</span>
      </h3>
      <div className={styles.tools}>
        <Checkbox
          checked={on > 0 && on === ids.length}
          indeterminate={on > 0 && on < ids.length}
          onChange={({ target }) => onChange(toggled(chosen, ids, target.checked))}
        >
          {t('all')}
        </Checkbox>
      </div>
      <ul className={styles.options}>
        {accounts.map(({ id, platform, displayName }) => {
          const n = slots.filter(({ accountId }) => accountId === id).length
          return (
            <li key={id} className={styles.option}>
              <Checkbox
                checked={chosen.has(id)}
                aria-label={t('chooseAccount', { account: `${label(platform)} ${displayName}` })}
                onChange={({ target }) => onChange(toggled(chosen, [id], target.checked))}
              >
                <PlatformBadge platform={platform} name={displayName} size="small" />
              </Checkbox>
              <span className={styles.fact}>{n > 0 ? t('slotCount', { n }) : t('noSlots')}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
