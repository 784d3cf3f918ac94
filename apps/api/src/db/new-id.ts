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

/** How many ids this process has made, in 20 bits: of two made in one millisecond the later one sorts later. */
let made = 0

/**
 * A row id: `<prefix>_` + 10 characters of time + 4 of order + 12 of chance (60 bits). Rows made later sort later,
 * so inserts land at the end of the index and "the newest" is one row; nobody can guess a neighbour's.
 */
export function newId(prefix: string, now = Date.now()): string {
  made = (made + 1) % 2 ** 20
  const chance = randomBytes(8).readBigUInt64BE()
  return `${prefix}_${base32(BigInt(now), 10)}${base32(BigInt(made), 4)}${base32(chance, 12)}`
}
