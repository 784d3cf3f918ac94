import { z } from 'zod'
import { platforms } from '../accounts/platform.ts'
import { canonicalJson } from '../canonical-json.ts'
import { type PostForm, postForms } from './post-form.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What goes out, exactly: `title` for the title field ('' where there is none), `caption` with its hashtags. */
export const renderedCaption = z.object({
  title: z.string(),
  caption: z.string(),
  /** Tag names without `#`, in order: inside `caption`, or for the platform's own tag field. */
  tags: z.array(z.string()),
})
export type RenderedCaption = z.infer<typeof renderedCaption>

/** Everything a publication froze when it was scheduled; an edit makes another snapshot. */
export const publishSnapshot = z.object({
  platform: z.enum(platforms),
  accountId: z.string().min(1),
  contentId: z.string().min(1),
  /** SHA-256 of the script revision the doctor signed. */
  scriptSha256: sha256,
  /** What the post is; posts frozen before there was a choice are videos, see `formOf`. */
  form: z.enum(postForms).optional(),
  title: z.string(),
  body: z.string(),
  tags: z.array(z.string()),
  /** The link the text ends with, where the platform wants one. */
  link: z.string().optional(),
  rendered: renderedCaption,
  /** Ids of the platform's declarations that apply, see platform-capabilities.ts. */
  declarations: z.array(z.string()),
  media: z.object({
    assetId: z.string().min(1),
    sha256,
    sizeBytes: z.int().positive(),
    mimeType: z.string(),
    durationMs: z.int().nonnegative(),
    width: z.int().positive(),
    height: z.int().positive(),
  }),
  /** Null: the poster frame of the cut stands in. It is the picture of a picture post. */
  cover: z
    .object({
      assetId: z.string().min(1),
      sha256,
      sizeBytes: z.int().positive(),
      mimeType: z.string(),
      width: z.int().positive(),
      height: z.int().positive(),
    })
    .nullable(),
})
export type PublishSnapshot = z.infer<typeof publishSnapshot>

/** The text whose SHA-256 (UTF-8, taken by the API) names a snapshot. */
export const snapshotText = (snapshot: PublishSnapshot): string => canonicalJson(snapshot)
export const formOf = ({ form }: Pick<PublishSnapshot, 'form'>): PostForm => form ?? 'video'
