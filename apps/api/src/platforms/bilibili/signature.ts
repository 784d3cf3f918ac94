import { createHash, createHmac } from 'node:crypto'

/** What goes into one request's signature. */
export type Signed = {
  readonly clientId: string
  readonly clientSecret: string
  /** The JSON text as sent; '' for GET, for an empty body and for multipart forms. */
  readonly body: string
  readonly nonce: string
  /** Seconds since 1970; may be 600 s off the platform's clock. */
  readonly timestamp: number
}

/**
 * The headers of Bilibili's signature 2.0: HMAC-SHA256 under the application's secret over the six `x-bili-*`
 * headers, sorted, one `name:value` a line, no line end after the last (open.bilibili.com/doc/4/8673959e-…).
 */
export function signedHeaders(request: Signed): Record<string, string> {
  const signed = {
    'x-bili-accesskeyid': request.clientId,
    'x-bili-content-md5': createHash('md5').update(request.body).digest('hex'),
    'x-bili-signature-method': 'HMAC-SHA256',
    'x-bili-signature-nonce': request.nonce,
    'x-bili-signature-version': '2.0',
    'x-bili-timestamp': String(request.timestamp),
  }
  return { ...signed, authorization: signatureOf(signed, request.clientSecret) }
}

/** The signature over headers as they arrived; the sandbox checks with its own code, not with this. */
const signatureOf = (headers: Readonly<Record<string, string>>, secret: string): string =>
  createHmac('sha256', secret)
    .update(
      Object.entries(headers)
        .map(([name, value]) => `${name}:${value}`)
        .sort()
        .join('\n'),
    )
    .digest('hex')
