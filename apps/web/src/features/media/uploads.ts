import { errorBody } from '@xingbo/shared/errors'
import { headVerdict, sizeVerdict } from '@xingbo/shared/media/asset.rules'
import { uploadPath, uploadPieceBytes } from '@xingbo/shared/media/asset.schema'
import { fileTypeOf, headBytes } from '@xingbo/shared/media/file-type.rules'
import type { Message } from '@xingbo/shared/messages'
import { DetailedError, Upload } from 'tus-js-client'
import { apiHeaders, tabInstitution } from '../../lib/http.ts'
import { queryClient } from '../../lib/query-client.ts'
import { createValue, type Value } from '../../lib/value.ts'
import { mediaQueries } from './media.queries.ts'

/** A file on its way; it lives outside any page, so that people may go on working while it goes. */
export type UploadItem = {
  readonly key: string
  readonly contentId: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly sentBytes: number
  readonly bytesPerSecond: number | null
  readonly state: 'waiting' | 'sending' | 'reconnecting' | 'paused' | 'failed' | 'refused'
  /** The server's sentence for a failure; null when nothing came back. */
  readonly problem: string | null
  /** Why the file was not even sent. */
  readonly refusal: Message | null
  /** Known once the server has taken it on. */
  readonly assetId: string | null
}

const list = createValue<readonly UploadItem[]>([])
/** What is on its way, for `useValue`. */
export const uploads: Value<readonly UploadItem[]> = list

const senders = new Map<string, Upload>()
/** Two at a time fill a hospital's uplink; the others wait their turn. */
const atOnce = 2
/** After a break: at once, then ever slower, for about four minutes; then it waits for 继续. */
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000, 60_000, 60_000]
/** Progress is drawn a few times a second, not with every packet. */
const drawEveryMs = 250

let count = 0

const change = (key: string, part: Partial<UploadItem>) =>
  list.set(list.get().map((item) => (item.key === key ? { ...item, ...part } : item)))

export function dismissUpload(key: string): void {
  senders.delete(key)
  list.set(list.get().filter((item) => item.key !== key))
}

const reload = (contentId: string) =>
  queryClient.invalidateQueries({ queryKey: mediaQueries.content(contentId).queryKey })

/**
 * Another person or another institution sits here now. Their login must not carry on what somebody else
 * began; the server keeps what came, and the file chosen again goes on from there.
 */
tabInstitution.subscribe(() => {
  for (const sender of senders.values()) void sender.abort()
  senders.clear()
  list.set([])
})

/** Judges files as the server will, by their first bytes, and sends those that pass. */
export async function addUploads(
  contentId: string,
  files: readonly File[],
  maxCutBytes: number,
): Promise<void> {
  for (const file of files) {
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
    const type = fileTypeOf(head)
    const kind = type === 'jpeg' || type === 'png' ? 'cover' : 'cut'
    const size = sizeVerdict(kind, file.size, maxCutBytes)
    const verdict = size.ok ? headVerdict(kind, head) : size
    const refusal: Message | null = verdict.ok
      ? null
      : size.ok
        ? { key: 'media.neither' }
        : verdict.reason
    enlist(contentId, file, kind, refusal)
  }
  sendNext()
}

/** Goes on with an upload begun before this page was loaded; `file` is the same file chosen again. */
export function continueUpload(
  contentId: string,
  file: File,
  begun: { readonly id: string; readonly kind: string },
): void {
  enlist(contentId, file, begun.kind, null, begun.id)
  sendNext()
}

function enlist(
  contentId: string,
  file: File,
  kind: string,
  refusal: Message | null,
  assetId: string | null = null,
): void {
  const key = `upload-${++count}`
  list.set([
    ...list.get(),
    {
      key,
      contentId,
      fileName: file.name,
      sizeBytes: file.size,
      sentBytes: 0,
      bytesPerSecond: null,
      state: refusal ? 'refused' : 'waiting',
      problem: null,
      refusal,
      assetId,
    },
  ])
  if (!refusal) senders.set(key, senderOf(key, contentId, file, kind, assetId))
}

function senderOf(
  key: string,
  contentId: string,
  file: File,
  kind: string,
  assetId: string | null,
): Upload {
  const draw = progressOf(key)
  return new Upload(file, {
    endpoint: uploadPath,
    ...(assetId && { uploadUrl: `${uploadPath}/${assetId}` }),
    chunkSize: uploadPieceBytes,
    retryDelays,
    // Of now: the file goes to the institution it was dropped in, whatever the tab shows later.
    headers: apiHeaders(),
    metadata: { filename: file.name, kind, contentId },
    fingerprint: async () =>
      ['xingbo', tabInstitution.get(), contentId, file.name, file.size, file.lastModified].join(
        '/',
      ),
    removeFingerprintOnSuccess: true,
    onUploadUrlAvailable: () => {
      change(key, { assetId: senders.get(key)?.url?.split('/').at(-1) ?? null })
      void reload(contentId)
    },
    onProgress: draw,
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0
      // 409: the server stands elsewhere, which tus finds out by asking; other refusals will not change.
      const again = status === 0 || status >= 500 || status === 409 || status === 423
      if (again) change(key, { state: 'reconnecting', bytesPerSecond: null })
      return again
    },
    onSuccess: () => {
      // The row first, so that the file does not vanish for a moment.
      void reload(contentId).finally(() => dismissUpload(key))
      sendNext(key)
    },
    onError: (error) => {
      change(key, { state: 'failed', problem: sentenceOf(error), bytesPerSecond: null })
      sendNext()
    },
  })
}

/** The server's own words, if it answered with any. */
function sentenceOf(error: Error): string | null {
  const text = error instanceof DetailedError ? error.originalResponse?.getBody() : null
  try {
    const body = errorBody.safeParse(JSON.parse(text ?? ''))
    return body.success ? body.data.message : null
  } catch {
    return null
  }
}

function progressOf(key: string): (sent: number) => void {
  let drawnAt = 0
  let drawn = 0
  let speed: number | null = null
  return (sent) => {
    const now = performance.now()
    const passed = now - drawnAt
    if (passed < drawEveryMs && sent > drawn) return
    // The first figure holds what an earlier session sent; it says nothing about speed.
    if (drawnAt > 0 && sent > drawn) {
      const present = ((sent - drawn) / passed) * 1000
      speed = speed === null ? present : speed * 0.8 + present * 0.2
    }
    drawnAt = now
    drawn = sent
    change(key, { state: 'sending', sentBytes: sent, bytesPerSecond: speed })
  }
}

/** Starts what waits, as long as there is room; `done` no longer counts. */
function sendNext(done?: string): void {
  const busy = list
    .get()
    .filter(({ key, state }) => key !== done && (state === 'sending' || state === 'reconnecting'))
  const next = list
    .get()
    .filter(({ state }) => state === 'waiting')
    .slice(0, Math.max(0, atOnce - busy.length))
  for (const { key } of next) {
    change(key, { state: 'sending', problem: null })
    void begin(key)
  }
}

async function begin(key: string): Promise<void> {
  const sender = senders.get(key)
  if (!sender) return
  // Begun in this browser before, perhaps before a reload: the server says how far it got.
  if (!sender.url && !sender.options.uploadUrl) {
    const before = (await sender.findPreviousUploads().catch(() => [])).at(-1)
    if (before) sender.resumeFromPreviousUpload(before)
  }
  if (list.get().find((item) => item.key === key)?.state === 'sending') sender.start()
}

export function pauseUpload(key: string): void {
  change(key, { state: 'paused', bytesPerSecond: null })
  void senders.get(key)?.abort()
  sendNext()
}

export function resumeUpload(key: string): void {
  change(key, { state: 'waiting' })
  sendNext()
}

/** Gives up an upload of this page and what the server holds of it. */
export async function cancelUpload(key: string): Promise<void> {
  const contentId = list.get().find((item) => item.key === key)?.contentId
  const sender = senders.get(key)
  dismissUpload(key)
  // Gone on the server already is as good as canceled; what is not is cleared there after a day.
  await sender?.abort(sender.url !== null).catch(() => undefined)
  if (contentId) await reload(contentId)
  sendNext()
}

/** Gives up an upload begun before this page was loaded. */
export async function cancelBegun(contentId: string, assetId: string): Promise<void> {
  await Upload.terminate(`${uploadPath}/${assetId}`, { headers: apiHeaders() }).catch(
    () => undefined,
  )
  await reload(contentId)
}
