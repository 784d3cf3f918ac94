import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'

/**
 * WeChat's message encryption, the same for official accounts and WeCom
 * (developer.work.weixin.qq.com/document/path/91144): AES-256-CBC under base64(EncodingAESKey + "="), the first
 * 16 bytes of the key as IV, PKCS#7 to 32 bytes; inside: 16 random bytes, the length in 4 bytes, the message,
 * and whom it is for.
 */
const blockSize = 32
const randomBytes = 16
const headBytes = randomBytes + 4

export class NotOurs extends Error {}

/** The 32 bytes behind the 43 characters; throws NotOurs for anything else. */
function keyOf(encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  if (!/^[0-9A-Za-z+/]{43}$/.test(encodingAesKey) || key.length !== 32)
    throw new NotOurs('EncodingAESKey')
  return key
}

/** `sha1` of the parts, sorted and joined; with the ciphertext among them it is `msg_signature`. */
export const signatureOf = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

export function sameSignature(given: string | undefined, ...parts: readonly string[]): boolean {
  const wanted = Buffer.from(signatureOf(...parts))
  const got = Buffer.from(given ?? '')
  return got.length === wanted.length && timingSafeEqual(got, wanted)
}

/** The message and whom it is for; throws NotOurs when it was not made with this key. */
export function decryptMessage(
  encodingAesKey: string,
  encrypted: string,
): { readonly message: string; readonly receiver: string } {
  const key = keyOf(encodingAesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  let padded: Buffer
  try {
    padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  } catch {
    throw new NotOurs('ciphertext')
  }
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > blockSize) throw new NotOurs('padding')
  const text = padded.subarray(0, padded.length - padding)
  const length = text.length < headBytes ? -1 : text.readUInt32BE(randomBytes)
  if (length < 0 || headBytes + length > text.length) throw new NotOurs('length')
  return {
    message: text.subarray(headBytes, headBytes + length).toString('utf8'),
    receiver: text.subarray(headBytes + length).toString('utf8'),
  }
}
