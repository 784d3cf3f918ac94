import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Seals and opens the secrets of one institution; made from its own data key. */
export type InstitutionVault = {
  /** AES-256-GCM with a random 96-bit nonce. `place` (table.column.row) is bound in: a value moved elsewhere no longer opens. */
  seal(place: string, text: string): string
  open(place: string, sealed: string): string
  /** A keyed hash to look a value up by without storing it: HMAC-SHA-256 under this institution's own key. */
  index(purpose: string, text: string): string
}

export type Vault = {
  /** A fresh data key, wrapped under the master key; store it with the institution. */
  newDataKey(): string
  of(dataKey: string): InstitutionVault
  /** Signs a short-lived address; the text must name everything the address allows. */
  sign(text: string): string
  verify(text: string, signature: string): boolean
}

function encrypt(key: Buffer, place: string, text: Buffer): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(text), cipher.final()])
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
}

function decrypt(key: Buffer, place: string, sealed: string): Buffer {
  const raw = Buffer.from(sealed.slice(3), 'base64url')
  if (!sealed.startsWith('v1.') || raw.length < 28) throw new Error('not a sealed value')
  const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12))
    .setAAD(Buffer.from(place))
    .setAuthTag(raw.subarray(12, 28))
  return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()])
}

const derive = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `xingbo:${purpose}`, 32))

/** `masterKey` is 32 bytes; from it come the wrapping key and the key for signed addresses. */
export function createVault(masterKey: Buffer): Vault {
  if (masterKey.length !== 32) throw new Error('the master key must be 32 bytes')
  const wrapKey = derive(masterKey, 'wrap')
  const signKey = derive(masterKey, 'sign')
  const opened = new Map<string, InstitutionVault>()

  function vaultOf(dataKey: string): InstitutionVault {
    const key = decrypt(wrapKey, 'institution.data_key', dataKey)
    const sealKey = derive(key, 'seal')
    const indexKey = derive(key, 'index')
    return {
      seal: (place, text) => encrypt(sealKey, place, Buffer.from(text)),
      open: (place, sealed) => decrypt(sealKey, place, sealed).toString(),
      index: (purpose, text) =>
        createHmac('sha256', indexKey).update(`${purpose}\n${text}`).digest('base64url'),
    }
  }

  const sign = (text: string) => createHmac('sha256', signKey).update(text).digest('base64url')
  return {
    newDataKey: () => encrypt(wrapKey, 'institution.data_key', randomBytes(32)),
    of(dataKey) {
      let vault = opened.get(dataKey)
      if (!vault) {
        vault = vaultOf(dataKey)
        opened.set(dataKey, vault)
      }
      return vault
    },
    sign,
    verify(text, signature) {
      const want = Buffer.from(sign(text))
      const given = Buffer.from(signature)
      return want.length === given.length && timingSafeEqual(want, given)
    },
  }
}

/** The master key in `file` (base64, mode 0600), made on first use. */
export function masterKeyFrom(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
}
