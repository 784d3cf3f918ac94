import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that nobody can guess; given out once, kept only as its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const sha256Hex = (value: string | Buffer): string =>
  createHash('sha256').update(value).digest('hex')

/** Letters that cannot be taken for one another when read from a poster and typed. */
const readable = '23456789abcdefghjkmnpqrstuvwxyz'
/** A short code people may type; 31^8 ≈ 8.5 × 10¹¹, enough against guessing behind a rate limit. */
export function newShortCode(length = 8): string {
  let code = ''
  while (code.length < length) {
    const byte = randomBytes(1)[0] ?? 0
    if (byte < 248) code += readable[byte % 31]
  }
  return code
}
