import PlayCircleOutlined from '@ant-design/icons/PlayCircleOutlined'
import type { Platform } from '@xingbo/shared/accounts/platform'
import type { getAssetFile, getAssetPoster } from '@xingbo/shared/media/asset.schema'
import type { CaptionCount, FieldCount } from '@xingbo/shared/publishing/caption.rules'
import { type Declaration, formCapability } from '@xingbo/shared/publishing/platform-capabilities'
import { type PostForm, postFormLabels } from '@xingbo/shared/publishing/post-form'
import type { PublishSnapshot, RenderedCaption } from '@xingbo/shared/publishing/snapshot.schema'
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { addressOf } from '../../lib/http.ts'
import { useLabel, useLanguage, useTexts } from '../../lib/i18n.ts'
import { useSay } from '../../lib/say.ts'
import styles from './PostPreview.module.css'
import { publishingTexts } from './publishing.texts.ts'

type Media = Pick<
  PublishSnapshot['media'],
  'assetId' | 'durationMs' | 'width' | 'height' | 'sizeBytes'
>
type PostPreviewProps = {
  platform: Platform
  form: PostForm
  rendered: RenderedCaption
  count: CaptionCount
  media: Media | null
  coverAssetId: string | null
  declarations: readonly Pick<Declaration, 'id' | 'label' | 'where'>[]
}

const posterOf = (assetId: string) =>
  addressOf<typeof getAssetPoster>('GET /api/assets/:assetId/poster', { params: { assetId } })
const fileOf = (assetId: string) =>
  addressOf<typeof getAssetFile>('GET /api/assets/:assetId/file', {
    params: { assetId },
    query: {},
  })

/** A post letter for letter as the platform gets it, each field counted against that platform's limit. */
export function PostPreview(props: PostPreviewProps) {
  const { platform, form, rendered, count, media, coverAssetId, declarations } = props
  const t = useTexts(publishingTexts)
  const language = useLanguage()
  const formats = useFormats()
  const { tags: tagLimit } = formCapability(platform, form)
  const formName = useLabel(postFormLabels)
  const pictureId = coverAssetId ?? media?.assetId
  return (
    <div className={styles.post}>
      <figure className={styles.media}>
        {pictureId && <img className={styles.cover} src={posterOf(pictureId)} alt={t('cover')} />}
        <figcaption className={styles.mediaWords}>
          {form !== 'video' && (
            <span>
              {formName(form)}
              {!coverAssetId && ` · ${t('coverOfVideo')}`}
            </span>
          )}
          {media && form === 'video' && (
            <>
              {!coverAssetId && <span>{t('coverOfVideo')}</span>}
              <a href={fileOf(media.assetId)} target="_blank" rel="noreferrer">
                <PlayCircleOutlined aria-hidden /> {t('playVideo')}
              </a>
              <span>
                {t('videoFacts', {
                  duration: formats.duration(media.durationMs / 1000),
                  width: media.width,
                  height: media.height,
                  size: formats.bytes(media.sizeBytes),
                })}
              </span>
            </>
          )}
        </figcaption>
      </figure>
      <dl className={styles.fields}>
        <Field label={t('fieldTitle')} count={count.title}>
          {count.title ? rendered.title : <span className="soft">{t('titleInCaption')}</span>}
        </Field>
        <Field label={t('fieldCaption')} count={count.body}>
          {rendered.caption}
        </Field>
        <Field label={t('fieldTags')} count={tagLimit.style === 'none' ? null : count.tags} pieces>
          {tagLimit.style === 'none' ? (
            <span className="soft">{t('noTags')}</span>
          ) : (
            rendered.tags.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tagLimit.style === 'field' ? tag : `#${tag}`}
              </span>
            ))
          )}
        </Field>
        {declarations.length > 0 && (
          <div className={styles.field}>
            <dt className={styles.label}>{t('declarations')}</dt>
            <dd className={styles.words}>
              <ul className={styles.declarations}>
                {declarations.map(({ id, label, where }) => (
                  <li key={id}>
                    {label[language]}
                    <span className="soft">
                      {' · '}
                      {t(where === 'in_app' ? 'declareInApp' : 'declareInContent')}
                    </span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}

type FieldProps = {
  label: string
  count: FieldCount | null
  pieces?: boolean
  children: ReactNode
}

function Field({ label, count, pieces = false, children }: FieldProps) {
  const t = useTexts(publishingTexts)
  const say = useSay()
  const empty = children === '' || (Array.isArray(children) && children.length === 0)
  return (
    <div className={styles.field}>
      <dt className={styles.label}>
        {label}
        {count && <Counted count={count} pieces={pieces} />}
      </dt>
      <dd className={styles.words}>
        {empty ? <span className="soft">{t('emptyField')}</span> : children}
      </dd>
      {count?.verdict.ok === false && (
        <dd className={styles.wrong} role="alert">
          {say(count.verdict.reason)}
        </dd>
      )}
    </div>
  )
}

function Counted({ count, pieces }: { count: FieldCount; pieces: boolean }) {
  const t = useTexts(publishingTexts)
  const { count: n, max, official, verdict } = count
  const text =
    max === null
      ? t(pieces ? 'tagsOpen' : 'countOpen', { count: n })
      : t('countOf', { count: n, max })
  const figure = (
    <span className={styles.count} data-wrong={verdict.ok ? undefined : ''}>
      {text}
      {max !== null && !official && <span aria-hidden> *</span>}
    </span>
  )
  return max === null || official ? figure : <Tooltip title={t('unofficial')}>{figure}</Tooltip>
}
