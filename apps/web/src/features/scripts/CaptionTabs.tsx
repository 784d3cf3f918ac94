import { type Platform, platformLabels, platforms } from '@xingbo/shared/accounts/platform'
import { countCaption, type FieldCount } from '@xingbo/shared/publishing/caption.rules'
import { type Limit, platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { type ScriptBody, scriptLimits } from '@xingbo/shared/scripts/script-body'
import { Button, Dropdown, Input, Select, Tabs, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import { PlatformBadge } from '../../ui/PlatformBadge.tsx'
import styles from './Script.module.css'
import { scriptTexts } from './script.texts.ts'
import { captionPlatforms, type Edit, emptyCaption } from './script-editing.ts'

type CaptionTabsProps = {
  body: ScriptBody
  /** Platforms the content item is meant for. */
  planned: readonly Platform[]
  active: Platform | null
  onActive: (platform: Platform) => void
  change: (edit: Edit) => void
}

/** What each platform's viewers read, counted live against that platform's limits. */
export function CaptionTabs({ body, planned, active, onActive, change }: CaptionTabsProps) {
  const t = useTexts(scriptTexts)
  const name = useLabel(platformLabels)
  const shown = captionPlatforms(body, planned)
  const others = platforms.filter((one) => !shown.includes(one))
  const here = active && shown.includes(active) ? active : shown[0]
  return (
    <>
      {shown.length === 0 && <p className={styles.soft}>{t('noCaptions')}</p>}
      <Tabs
        size="small"
        {...(here && { activeKey: here })}
        onChange={(key) => onActive(key as Platform)}
        tabBarExtraContent={
          others.length > 0 && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: others.map((one) => ({ key: one, label: name(one) })),
                onClick: ({ key }) => {
                  const platform = key as Platform
                  change({ kind: 'caption', platform, part: {} })
                  onActive(platform)
                },
              }}
            >
              <Button size="small">{t('addPlatform')}</Button>
            </Dropdown>
          )
        }
        items={shown.map((platform) => ({
          key: platform,
          label: <CaptionTab platform={platform} body={body} />,
          children: (
            <CaptionFields
              platform={platform}
              body={body}
              planned={planned.includes(platform)}
              change={change}
            />
          ),
        }))}
      />
    </>
  )
}

function CaptionTab({ platform, body }: { platform: Platform; body: ScriptBody }) {
  const t = useTexts(scriptTexts)
  const caption = body.captions[platform]
  const wrong = caption && !countCaption(platform, caption).verdict.ok
  return (
    <span>
      <PlatformBadge platform={platform} size="small" />
      {!caption && <span className={styles.soft}> · {t('captionMissing')}</span>}
      {wrong && (
        <span className={styles.count} data-over="yes">
          {' '}
          !
        </span>
      )}
    </span>
  )
}

/** `12 / 30`, red with the reason when it does not fit; the source of the limit on hover. */
function Count({ count, limit }: { count: FieldCount; limit: Limit }) {
  const t = useTexts(scriptTexts)
  if (count.max === null) return <span className={styles.count}>{count.count}</span>
  const source = t(count.official ? 'limitSource' : 'limitGuess', {
    source: limit.source,
    date: limit.factDate,
  })
  return (
    <Tooltip title={source}>
      <span className={styles.count} data-over={count.verdict.ok ? 'no' : 'yes'}>
        {count.count} / {count.max}
      </span>
    </Tooltip>
  )
}

function Row(props: {
  label: string
  count: FieldCount | null
  limit: Limit
  children: ReactNode
}) {
  const say = useSay()
  const { label, count, limit, children } = props
  return (
    <div className={styles.field}>
      <div className={styles.label}>
        <span>{label}</span>
        {count && <Count count={count} limit={limit} />}
      </div>
      {children}
      {count && !count.verdict.ok && (
        <p className={styles.wrong} role="alert">
          {say(count.verdict.reason)}
        </p>
      )}
    </div>
  )
}

type CaptionFieldsProps = {
  platform: Platform
  body: ScriptBody
  planned: boolean
  change: (edit: Edit) => void
}

function CaptionFields({ platform, body, planned, change }: CaptionFieldsProps) {
  const t = useTexts(scriptTexts)
  const name = useLabel(platformLabels)
  const written = body.captions[platform]
  const caption = written ?? emptyCaption
  const capability = platformCapabilities[platform]
  // Nothing is wrong with words nobody has begun to write.
  const counts = written ? countCaption(platform, caption) : null
  const set = (part: Partial<typeof caption>) => change({ kind: 'caption', platform, part })
  const at = `captions.${platform}`
  const label = (text: string) => `${name(platform)} ${text}`
  return (
    <>
      <Row
        label={t(capability.title ? 'captionTitle' : 'captionTitleFirst')}
        count={counts?.title ?? null}
        limit={capability.title ?? capability.body}
      >
        <Input
          value={caption.title}
          maxLength={scriptLimits.captionTitle}
          aria-label={label(t('captionTitle'))}
          data-field={`${at}.title`}
          onChange={(event) => set({ title: event.target.value })}
          suffix={
            caption.title === '' &&
            body.title !== '' && (
              <Button type="link" size="small" onClick={() => set({ title: body.title })}>
                {t('fillTitle')}
              </Button>
            )
          }
        />
      </Row>
      <Row
        label={t(
          ['hashed', 'wrapped'].includes(capability.tags.style)
            ? 'captionBodyWithTags'
            : 'captionBody',
        )}
        count={counts?.body ?? null}
        limit={capability.body}
      >
        <Input.TextArea
          value={caption.body}
          maxLength={scriptLimits.captionBody}
          autoSize={{ minRows: 3, maxRows: 16 }}
          aria-label={label(t('captionBody'))}
          data-field={`${at}.body`}
          onChange={(event) => set({ body: event.target.value })}
        />
      </Row>
      {capability.tags.style === 'none' ? (
        <p className={styles.soft} style={{ marginTop: 12 }}>
          {t('noTags')}
        </p>
      ) : (
        <Row label={t('captionTags')} count={counts?.tags ?? null} limit={capability.tags}>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            style={{ width: '100%' }}
            value={[...caption.tags]}
            tokenSeparators={[' ', '#', '＃', ',', '，', '、', '\n']}
            maxCount={scriptLimits.tags}
            aria-label={label(t('captionTags'))}
            placeholder={t('captionTagsHint')}
            data-field={`${at}.tags`}
            onChange={(tags: string[]) =>
              set({
                tags: tags
                  .map((tag) => tag.trim().slice(0, scriptLimits.tag))
                  .filter((tag) => tag !== ''),
              })
            }
          />
        </Row>
      )}
      {!planned && (
        <Button
          danger
          type="text"
          size="small"
          style={{ marginTop: 12 }}
          onClick={() => change({ kind: 'drop_caption', platform })}
        >
          {t('dropCaption')}
        </Button>
      )}
    </>
  )
}
