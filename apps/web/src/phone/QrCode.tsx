type QrCodeProps = { text: string; label: string }

/** A QR code, drawn by the server: an encoder would take a thirtieth of the page's budget. */
export function QrCode({ text, label }: QrCodeProps) {
  return <img className="qr" src={`/api/qr?text=${encodeURIComponent(text)}`} alt={label} />
}
