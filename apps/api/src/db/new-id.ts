import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

function base32(value: bigint, length: number): string {
  let rest = value
  let text = ''
  for (let i = 0; i < length; i++) {
    text = alphabet[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}

/**
 * A row id: `<prefix>_` + 10 characters of time + 16 of chance (80 bits). Rows made later sort later, so
 * inserts land at the end of the index; nobody can guess a neighbour's.
 */
export function newId(prefix: string, now = Date.now()): string {
  const chance = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return `${prefix}_${base32(BigInt(now), 10)}${base32(chance, 16)}`
}
