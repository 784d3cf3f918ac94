import { type Platform, platformLabels } from '@xingbo/shared/accounts/platform'
import { useLabel } from '../lib/i18n.ts'
import styles from './PlatformBadge.module.css'

/** The platform's colour for charts and calendars; a name or glyph always stands beside it. */
export const platformColor = (platform: Platform): string => `var(--platform-${platform})`

type PlatformBadgeProps = {
  platform: Platform
  /** Text beside the glyph: the platform's name unless given; `null` for the glyph alone. */
  name?: string | null
  size?: 'small' | 'medium'
}

/** A platform as our own glyph and its name. No antd inside: the phone pages use it too. */
export function PlatformBadge({ platform, name, size = 'medium' }: PlatformBadgeProps) {
  const label = useLabel(platformLabels)
  const text = name === undefined ? label(platform) : name
  return (
    <span className={styles.badge} data-size={size}>
      <span
        className={styles.glyph}
        data-platform={platform}
        style={{ backgroundColor: platformColor(platform) }}
        // An account's name says nothing of its platform: then the glyph does, to the ear and to the mouse too.
        {...(name === undefined
          ? { 'aria-hidden': true }
          : { role: 'img', 'aria-label': label(platform), title: label(platform) })}
      >
        {platformLabels[platform].glyph}
      </span>
      {text !== null && <span className={styles.name}>{text}</span>}
    </span>
  )
}
