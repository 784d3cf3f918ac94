import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant, tenant } from './columns.ts'

/** A file people brought: cut, cover or proof. The bytes lie under `media/<id>` in the data folder. */
export const assets = sqliteTable(
  'assets',
  {
    id: text('id').primaryKey(),
    institutionId: tenant(),
    contentId: text('content_id'),
    publicationId: text('publication_id'),
    kind: text('kind', { enum: ['cut', 'cover', 'proof'] }).notNull(),
    fileName: text('file_name').notNull(),
    mimeType: text('mime_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256'),
    state: text('state', { enum: ['uploading', 'checking', 'ready', 'refused'] }).notNull(),
    /** A message key of media.messages when refused. */
    refusedFor: text('refused_for'),
    width: integer('width'),
    height: integer('height'),
    durationMs: integer('duration_ms'),
    frameRate: real('frame_rate'),
    videoCodec: text('video_codec'),
    audioCodec: text('audio_codec'),
    uploadedBy: text('uploaded_by').notNull(),
    createdAt: instant('created_at').notNull(),
    readyAt: instant('ready_at'),
    discardedAt: instant('discarded_at'),
  },
  (t) => [index('assets_content').on(t.contentId)],
)
