import { readFileSync } from 'node:fs'
import type { EngineFinding } from '@xingbo/shared/compliance/finding.schema'
import type { Nature } from '@xingbo/shared/content/stage'
import { createEngine } from '../../apps/api/src/modules/compliance/engine/engine.ts'
import { loadComplianceData } from '../../apps/api/src/modules/compliance/engine/load-data.ts'

export const data = loadComplianceData()
export const engine = createEngine(data)

export interface Field {
  field: string
  text: string
}

export const check = (text: string, nature: Nature = 'science'): EngineFinding[] =>
  engine.check({ nature, platforms: ['douyin'], fields: [{ field: 'title', text }] }).findings

/** What would stop the sentence. */
export const stops = (text: string, nature: Nature = 'science'): EngineFinding[] =>
  check(text, nature).filter(({ severity }) => severity !== 'hint')

/** A sample script as fields: its title, then its parts in reading order. */
export const fixture = (name: string): Field[] => {
  const file = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
  const [, head = '', ...rest] = file.split(/^---$/m)
  const title = /^title: (.*)$/m.exec(head)?.[1] ?? ''
  const parts = rest.join('---').trim().split(/\n\n+/)
  return [
    { field: 'title', text: title },
    ...parts.map((text, index) => ({ field: `shots.${index}`, text })),
  ]
}
