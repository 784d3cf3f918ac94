/** Spreadsheets run a cell that begins so as a formula; numbers are left as they are. */
const formula = /^[=+@\t\r]|^-(?!\d+(?:\.\d+)?$)/

const cellText = (cell: string | number | null): string => {
  const text = cell === null ? '' : String(cell)
  const safe = typeof cell === 'string' && formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as CSV that Excel opens as UTF-8; null is an empty cell. */
export const toCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`

/** Hands a text to the browser as a file. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
