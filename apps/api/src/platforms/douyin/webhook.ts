import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../http.ts'
import type { WebhookReading } from '../platform.port.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>

const id = z.union([z.string().min(1), z.int()]).transform(String)
const event = z.object({
  event: z.string(),
  from_user_id: z.string().default(''),
  client_key: z.string().nullish(),
  content: z.unknown(),
})
const challenge = z.object({ challenge: z.unknown() })
const createVideo = z.object({ share_id: id.nullish(), item_id: id, video_id: id.nullish() })

const one = (headers: Headers, name: string): string | null => {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Lower-case hex of `sha1(client_secret + raw body)`: docs dop/develop/webhooks/summarize. */
export const webhookSignature = (clientSecret: string, rawBody: Buffer): string =>
  createHash('sha1').update(clientSecret).update(rawBody).digest('hex')

function signedByDouyin(clientSecret: string, rawBody: Buffer, signature: string | null): boolean {
  // Without a secret anybody could sign.
  if (clientSecret === '' || signature === null) return false
  const wanted = Buffer.from(webhookSignature(clientSecret, rawBody))
  const given = Buffer.from(signature)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/**
 * Reads one delivery. `rawBody` must be the bytes as they came (they may end with a line break, which is
 * signed too). `content` comes as an object or as a JSON text of one.
 */
export function readDouyinWebhook(
  clientSecret: string,
  rawBody: Buffer,
  headers: Headers,
): WebhookReading {
  if (!signedByDouyin(clientSecret, rawBody, one(headers, 'x-douyin-signature')))
    return { kind: 'forged' }
  const read = event.safeParse(jsonOrNull(rawBody.toString('utf8')))
  if (!read.success) return { kind: 'unreadable' }
  const { event: name, from_user_id: openId } = read.data
  const content =
    typeof read.data.content === 'string' ? jsonOrNull(read.data.content) : read.data.content
  const messageId = one(headers, 'msg-id')

  if (name === 'verify_webhook') {
    const asked = challenge.safeParse(content)
    return asked.success && asked.data.challenge !== undefined
      ? { kind: 'challenge', reply: { challenge: asked.data.challenge } }
      : { kind: 'unreadable' }
  }
  if (name === 'unauthorize') return { kind: 'unauthorized', messageId, openId }
  if (name !== 'create_video') return { kind: 'other', event: name, messageId }
  const posted = createVideo.safeParse(content)
  if (!posted.success) return { kind: 'unreadable' }
  const { share_id, item_id, video_id } = posted.data
  return {
    kind: 'posted',
    messageId,
    shareId: share_id ?? null,
    remoteId: item_id,
    remoteUrl: video_id ? `https://www.douyin.com/video/${video_id}` : null,
    openId,
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}
