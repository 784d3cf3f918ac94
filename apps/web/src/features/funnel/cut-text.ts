/** How wide a character is drawn, in parts of the type size: a Han character is square, a Latin one less than two thirds. */
const widthOf = (character: string): number => (/[\u2e80-\uffff]/.test(character) ? 1 : 0.64)

/** Cuts a text for an SVG, which neither wraps nor cuts, to a width in pixels; the whole stands in the tooltip. */
export function cutText(text: string, width: number, size: number): string {
  const most = width / size
  let used = 0
  const kept: string[] = []
  for (const character of text) {
    used += widthOf(character)
    if (used > most) return `${kept.slice(0, -1).join('')}…`
    kept.push(character)
  }
  return text
}
