import { platformLabels, platforms } from '../accounts/platform.ts'
import type { Bilingual } from '../text.ts'
import type { ScriptBody } from './script-body.ts'

export type ScriptField = {
  /** Path in the script: `title`, `shots.2`, `captions.douyin.body`. */
  readonly field: string
  readonly label: Bilingual
  /** The text itself; tags are joined by one blank. Spans of findings count in it. */
  readonly text: string
}

const field = (path: string, zh: string, en: string, text: string): ScriptField => ({
  field: path,
  label: { zh, en },
  text,
})

/**
 * Every text that a viewer hears, sees or reads, in reading order, empty ones included: the one list that
 * compliance checks. `shots.N` is what is said, `shots.N.heading` what the scene shows.
 */
export function fieldsOf(body: ScriptBody): ScriptField[] {
  const fields = [
    field('title', '标题', 'Title', body.title),
    field('hook', '开场钩子', 'Hook', body.hook),
  ]
  for (const [i, shot] of body.shots.entries())
    fields.push(
      field(`shots.${i}.heading`, `镜头 ${i + 1} 画面`, `Shot ${i + 1} scene`, shot.heading),
      field(`shots.${i}`, `镜头 ${i + 1}`, `Shot ${i + 1}`, shot.text),
    )
  fields.push(field('callToAction', '结尾引导', 'Call to action', body.callToAction))
  for (const platform of platforms) {
    const caption = body.captions[platform]
    if (!caption) continue
    const { zh, en } = platformLabels[platform]
    const at = `captions.${platform}`
    fields.push(
      field(`${at}.title`, `${zh}标题`, `${en} title`, caption.title),
      field(`${at}.body`, `${zh}文案`, `${en} caption`, caption.body),
      field(`${at}.tags`, `${zh}话题`, `${en} hashtags`, caption.tags.join(' ')),
    )
  }
  return fields
}

/** What the team keeps beside the words; part of what is signed, heard by no viewer. */
const notesOf = (body: ScriptBody): ScriptField[] => [
  ...body.shots.map((shot, i) =>
    field(`shots.${i}.note`, `镜头 ${i + 1} 备注`, `Shot ${i + 1} note`, shot.note),
  ),
  field('sources', '出处', 'Sources', body.sources.join('\n')),
  field('aiGenerated', 'AI 生成', 'Made with AI', body.aiGenerated ? '✓' : '—'),
]

export type FieldChange = {
  readonly field: string
  readonly label: Bilingual
  readonly before: string
  readonly after: string
}

const sameShot = (a: ScriptBody['shots'][number], b: ScriptBody['shots'][number]) =>
  a.text === b.text && a.heading === b.heading

/**
 * Which shot of `after` continues which of `before`: unchanged shots are matched first (longest common
 * subsequence), the changed ones between two matches pair up in order. A shot put in front moves the others
 * along instead of rewriting them all.
 */
function pairShots(before: ScriptBody['shots'], after: ScriptBody['shots']): [number, number][] {
  const rows = before.length
  const columns = after.length
  const longest = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0))
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--) {
      const [a, b, row] = [before[i], after[j], longest[i]]
      if (a && b && row)
        row[j] = sameShot(a, b) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }

  const pairs: [number, number][] = []
  const pairUp = (fromI: number, toI: number, fromJ: number, toJ: number) => {
    for (let k = 0; k < Math.max(toI - fromI, toJ - fromJ); k++)
      pairs.push([fromI + k < toI ? fromI + k : -1, fromJ + k < toJ ? fromJ + k : -1])
  }
  let [i, j, lastI, lastJ] = [0, 0, 0, 0]
  while (i < rows && j < columns) {
    const [a, b] = [before[i], after[j]]
    if (a && b && sameShot(a, b)) {
      pairUp(lastI, i, lastJ, j)
      pairs.push([i, j])
      i += 1
      j += 1
      lastI = i
      lastJ = j
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  pairUp(lastI, rows, lastJ, columns)
  return pairs
}

/**
 * The fields that differ between two scripts, in reading order; `before` or `after` is empty where a field
 * was added or taken out. A shot is named by its place in `after`, a removed one by its place in `before`.
 */
export function changedFields(before: ScriptBody, after: ScriptBody): FieldChange[] {
  const texts = (body: ScriptBody) =>
    new Map([...fieldsOf(body), ...notesOf(body)].map((one) => [one.field, one]))
  const [old, now] = [texts(before), texts(after)]
  const changes: FieldChange[] = []
  const compare = (oldPath: string | null, nowPath: string | null) => {
    const a = oldPath === null ? undefined : old.get(oldPath)
    const b = nowPath === null ? undefined : now.get(nowPath)
    const shown = b ?? a
    if (!shown || (a?.text ?? '') === (b?.text ?? '')) return
    changes.push({
      field: shown.field,
      label: shown.label,
      before: a?.text ?? '',
      after: b?.text ?? '',
    })
  }
  const same = (path: string) => compare(path, path)

  same('title')
  same('hook')
  for (const [i, j] of pairShots(before.shots, after.shots))
    for (const part of ['.heading', '', '.note'])
      compare(i < 0 ? null : `shots.${i}${part}`, j < 0 ? null : `shots.${j}${part}`)
  same('callToAction')
  for (const platform of platforms)
    for (const part of ['title', 'body', 'tags']) same(`captions.${platform}.${part}`)
  same('sources')
  same('aiGenerated')
  return changes
}

/** Characters a viewer hears: what the doctor will have to say. */
export const spokenCharacters = (body: ScriptBody): number =>
  [body.hook, ...body.shots.map((shot) => shot.text), body.callToAction].reduce(
    (sum, text) => sum + [...text.replace(/\s/g, '')].length,
    0,
  )
