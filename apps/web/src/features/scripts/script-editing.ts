import { type Platform, platforms } from '@xingbo/shared/accounts/platform'
import type { ScriptBody, ScriptCaption, ScriptShot } from '@xingbo/shared/scripts/script-body'

/** A script on the writer's screen. `keys` name the shots while they are moved about; they are not stored. */
export type Editing = { readonly body: ScriptBody; readonly keys: readonly string[] }

export type Edit =
  | { kind: 'replace'; body: ScriptBody }
  | { kind: 'set'; part: Partial<Omit<ScriptBody, 'shots' | 'captions'>> }
  | { kind: 'shot'; index: number; part: Partial<ScriptShot> }
  | { kind: 'add_shot'; index: number; shot?: ScriptShot | undefined }
  | { kind: 'remove_shot'; index: number }
  | { kind: 'move_shot'; from: number; to: number }
  | { kind: 'caption'; platform: Platform; part: Partial<ScriptCaption> }
  | { kind: 'drop_caption'; platform: Platform }

let made = 0
const newKey = () => {
  made += 1
  return `shot-${made}`
}

export const emptyCaption: ScriptCaption = { title: '', body: '', tags: [] }
const emptyShot: ScriptShot = { heading: '', text: '', note: '' }

export const startEditing = (body: ScriptBody): Editing => ({
  body,
  keys: body.shots.map(newKey),
})

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

export function edit(state: Editing, change: Edit): Editing {
  const { body, keys } = state
  const withShots = (shots: ScriptShot[], nextKeys: readonly string[] = keys): Editing => ({
    body: { ...body, shots },
    keys: nextKeys,
  })
  switch (change.kind) {
    case 'replace':
      return startEditing(change.body)
    case 'set':
      return { ...state, body: { ...body, ...change.part } }
    case 'shot':
      return withShots(
        body.shots.map((shot, i) => (i === change.index ? { ...shot, ...change.part } : shot)),
      )
    case 'add_shot':
      return withShots(
        body.shots.toSpliced(
          Math.min(change.index, body.shots.length),
          0,
          change.shot ?? emptyShot,
        ),
        keys.toSpliced(change.index, 0, newKey()),
      )
    case 'remove_shot':
      return withShots(body.shots.toSpliced(change.index, 1), keys.toSpliced(change.index, 1))
    case 'move_shot':
      if (change.to < 0 || change.to >= body.shots.length) return state
      return withShots(
        moved(body.shots, change.from, change.to),
        moved(keys, change.from, change.to),
      )
    case 'caption': {
      const caption = { ...(body.captions[change.platform] ?? emptyCaption), ...change.part }
      return {
        ...state,
        body: { ...body, captions: { ...body.captions, [change.platform]: caption } },
      }
    }
    case 'drop_caption': {
      const { [change.platform]: _, ...captions } = body.captions
      return { ...state, body: { ...body, captions } }
    }
  }
}

/** The platforms whose words are written here: those of the item, and those already written. */
export const captionPlatforms = (body: ScriptBody, planned: readonly Platform[]): Platform[] =>
  platforms.filter((one) => planned.includes(one) || body.captions[one] !== undefined)
