import { emptyScript, type ScriptBody, scriptBody, settleScript } from './script-body.ts'

export type ScriptMarkdown = {
  readonly body: ScriptBody
  /** The front matter as written, e.g. `doctor`, `platforms`; lists stay lists. */
  readonly front: Readonly<Record<string, string | readonly string[]>>
}

const unquote = (text: string) => text.trim().replace(/^(["'])(.*)\1$/, '$2')

/** The small part of YAML that script files use: `key: text`, `key: [a, b]` and `key:` with `- item` lines. */
function readFront(lines: readonly string[]): Record<string, string | string[]> {
  const front: Record<string, string | string[]> = {}
  let list: string[] | null = null
  for (const line of lines) {
    const item = /^\s+-\s+(.*)$/.exec(line) ?? /^-\s+(.*)$/.exec(line)
    if (item && list) {
      list.push(unquote(item[1] ?? ''))
      continue
    }
    const pair = /^([\w-]+)\s*[:：]\s*(.*)$/.exec(line)
    if (!pair) continue
    const key = pair[1] ?? ''
    const value = (pair[2] ?? '').trim()
    const inline = /^\[(.*)\]$/.exec(value)
    list = null
    if (inline)
      front[key] = (inline[1] ?? '')
        .split(/[,，]/)
        .map(unquote)
        .filter((one) => one !== '')
    else if (value === '') {
      list = []
      front[key] = list
    } else front[key] = unquote(value)
  }
  return front
}

type Block = { heading: string; text: string }

/** `【开场｜正面中景】` opens a block; words may follow on the same line. Text before any block is one of its own. */
function readBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (const line of lines) {
    const opened = /^\s*【([^】]+)】\s*(.*)$/.exec(line)
    const last = blocks.at(-1)
    if (opened) blocks.push({ heading: opened[1]?.trim() ?? '', text: opened[2] ?? '' })
    else if (last) last.text += `\n${line}`
    else blocks.push({ heading: '', text: line })
  }
  return blocks
    .map(({ heading, text }) => ({ heading, text: text.trim() }))
    .filter(({ heading, text }) => heading || text)
}

const sentenceEnd = /[。！？!?…]+[”’」』）)]*/g

/** Cuts after the first sentence: `[first, rest]`; a text of one sentence leaves nothing. */
function firstSentence(text: string): [string, string] {
  const end = text.matchAll(sentenceEnd).next().value
  const cut = end ? end.index + end[0].length : text.length
  return [text.slice(0, cut).trim(), text.slice(cut).trim()]
}

/** Cuts before the last sentence: `[rest, last]`. */
function lastSentence(text: string): [string, string] {
  const ends = [...text.matchAll(sentenceEnd)]
    .map((end) => end.index + end[0].length)
    .filter((end) => end < text.length)
  const cut = ends.at(-1) ?? 0
  return [text.slice(0, cut).trim(), text.slice(cut).trim()]
}

/**
 * Reads a script file: front matter (`title`, `sources`, `format`…) and blocks such as `【开场｜正面中景】`.
 * Every word is kept once: the opening's first sentence becomes the hook, the closing's last sentence the
 * call to action, everything else stays in its shot.
 * @returns null when there is nothing to read: no block, no title, or more than a script can hold.
 */
export function parseScriptMarkdown(source: string): ScriptMarkdown | null {
  const lines = source
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
  const start = lines.findIndex((line) => line.trim() !== '')
  let front: ScriptMarkdown['front'] = {}
  let rest = lines.slice(Math.max(start, 0))
  if (rest[0]?.trim() === '---') {
    const end = rest.findIndex((line, i) => i > 0 && line.trim() === '---')
    if (end > 0) {
      front = readFront(rest.slice(1, end))
      rest = rest.slice(end + 1)
    }
  }
  const heading = rest.findIndex((line) => line.trim() !== '')
  const markdownTitle = /^#\s+(.+)$/.exec(rest[heading] ?? '')?.[1]
  if (markdownTitle) rest = rest.slice(heading + 1)
  const one = (key: string) => {
    const value = front[key]
    return typeof value === 'string' ? value : ''
  }

  let hook = ''
  let callToAction = ''
  const shots = readBlocks(rest).map(({ heading, text }) => {
    if (hook === '' && /^(开场|钩子|问)/.test(heading)) {
      const [first, others] = firstSentence(text)
      hook = first
      return { heading, text: others, note: '' }
    }
    if (callToAction === '' && /^结尾/.test(heading)) {
      const [others, last] = lastSentence(text)
      callToAction = last
      return { heading, text: others, note: '' }
    }
    return { heading, text, note: '' }
  })
  const sources = front.sources
  const body = settleScript({
    ...emptyScript,
    title: one('title') || (markdownTitle ?? ''),
    hook,
    shots,
    callToAction,
    sources: typeof sources === 'string' ? [sources] : [...(sources ?? [])],
    aiGenerated: /数字人|AI/i.test(one('format')),
  })
  const readable = body.title !== '' || body.shots.length > 0
  return readable && scriptBody.safeParse(body).success ? { body, front } : null
}
