import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** OWASP ASVS 5.0 appendix C: argon2id with t=2, m=19,456 KiB, p=1. */
const passes = 2
const memory = 19_456
/** More at once would let a burst of logins take the machine's memory and both of its cores. */
const AT_ONCE = 2

let running = 0
const queue: (() => void)[] = []

async function hash(parameters: Argon2Parameters): Promise<Buffer> {
  while (running >= AT_ONCE) await new Promise<void>((go) => queue.push(go))
  running++
  try {
    return await new Promise((resolve, reject) => {
      argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)))
    })
  } finally {
    running--
    queue.shift()?.()
  }
}

/** `argon2id$passes$memory$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const key = await hash({
    message: password,
    nonce,
    parallelism: 1,
    tagLength: 32,
    memory,
    passes,
  })
  return ['argon2id', passes, memory, nonce.toString('base64url'), key.toString('base64url')].join(
    '$',
  )
}

const shape = /^argon2id\$\d{1,2}\$\d{1,7}\$[\w-]{22}\$[\w-]{43}$/
const nobody = ['argon2id', passes, memory, Buffer.alloc(16).toString('base64url'), ''].join('$')

/**
 * Whether `password` matches `stored`. With `stored` null (no such user) it hashes all the same, so that
 * the time taken does not tell who exists.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  // A stored text that is no hash of ours opens nothing, and takes as long to say so.
  const known = stored !== null && shape.test(stored) ? stored : nobody
  const [, p = '', m = '', salt = '', expected = ''] = known.split('$')
  const key = await hash({
    message: password,
    nonce: Buffer.from(salt, 'base64url'),
    parallelism: 1,
    tagLength: 32,
    memory: Number(m),
    passes: Number(p),
  })
  const want = Buffer.from(expected, 'base64url')
  return want.length === key.length && timingSafeEqual(want, key)
}
