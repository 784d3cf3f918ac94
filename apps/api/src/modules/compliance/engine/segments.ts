/**
 * Word boundaries of a text, by the dictionary built into the runtime. A short term that only
 * arises where two words meet (增加|微量 for 加微, 诊断|根据 for 断根) is no use of that term.
 */
export interface Segments {
  /** A dictionary word lies partly inside and partly outside the span. */
  straddles(from: number, to: number): boolean
  /** The span is exactly one dictionary word. */
  isWord(from: number, to: number): boolean
}

/** The dictionary knows 好的 and 来了; the particle still belongs to no word. */
const particle = /[的了着过吗呢吧啊们]/u
const han = /\p{Script=Han}/u
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Segments lazily: most texts never ask. */
export const segmentsOf = (text: string): Segments => {
  let owners: Int32Array | null = null
  const owner = (): Int32Array => {
    if (owners) return owners
    const built = new Int32Array(text.length + 1)
    for (const { index, segment } of segmenter.segment(text))
      built.fill(index, index, index + segment.length)
    built[text.length] = text.length
    owners = built
    return built
  }
  const starts = (at: number): boolean =>
    at >= text.length ||
    owner()[at] === at ||
    particle.test(text.charAt(at)) ||
    !han.test(text.charAt(at)) ||
    !han.test(text.charAt(at - 1))
  return {
    straddles(from, to) {
      if (starts(from) && starts(to)) return false
      // Inside one longer word (领先 in 遥遥领先) is not across two.
      return owner()[from] !== owner()[to - 1]
    },
    isWord(from, to) {
      return starts(from) && starts(to) && owner()[from] === owner()[to - 1]
    },
  }
}
