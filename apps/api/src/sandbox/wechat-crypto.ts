import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** `sha1` of the parts in order, as WeChat signs. Written apart from the product's own, which it puts to the test. */
export const sign = (...parts: readonly string[]): string =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex')

/** AES-256-CBC as WeChat's 消息加解密说明 has it, PKCS#7 to 32 bytes. */
export function encryptFor(receiver: string, aesKey: string, message: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const size = Buffer.byteLength(message)
  const head = Buffer.concat([
    randomBytes(16),
    Buffer.from([size >>> 24, size >>> 16, size >>> 8, size]),
  ])
  const plain = Buffer.concat([head, Buffer.from(message + receiver)])
  const padding = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return (
    cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)]), undefined, 'base64') +
    cipher.final('base64')
  )
}
