export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/**
 * The one JSON text of a value: object keys sorted by UTF-16 unit, no spaces, `undefined` members left
 * out, numbers as JSON.stringify writes them (RFC 8785 without its number corner cases: -0 is `0`).
 * Two equal values always give the same bytes, so the SHA-256 of its UTF-8 names the value.
 * @throws TypeError on what JSON cannot carry (NaN, Infinity, functions, `undefined` in an array).
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string')
    return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is not a JSON number`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object')
    throw new TypeError(`canonicalJson: a ${typeof value} has no JSON form`)
  const members: string[] = []
  const object = value as { readonly [key: string]: JsonValue | undefined }
  for (const key of Object.keys(object).sort()) {
    const member = object[key]
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}
