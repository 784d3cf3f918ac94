type Part = { readonly name: string } & (
  | { readonly value: string }
  | {
      readonly fileName: string
      readonly contentType: string
      readonly bytes: Uint8Array<ArrayBuffer>
    }
)

/**
 * A multipart/form-data body (RFC 7578). Not FormData: that rewrites every line end of a text field to
 * CRLF, and the caption that arrives must be the caption that was signed, byte for byte.
 * `nonce` makes the boundary; it must not occur in the parts, which an unguessable one does not.
 */
export function multipart(
  nonce: string,
  parts: readonly Part[],
): { contentType: string; body: Uint8Array<ArrayBuffer> } {
  const boundary = `xingbo-${nonce}`
  const chunks: Uint8Array[] = []
  for (const part of parts) {
    const file = 'bytes' in part ? `; filename="${part.fileName}"` : ''
    const type = 'bytes' in part ? `\r\nContent-Type: ${part.contentType}` : ''
    chunks.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${file}${type}\r\n\r\n`,
      ),
      'bytes' in part ? part.bytes : Buffer.from(part.value),
      Buffer.from('\r\n'),
    )
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`))
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) }
}
