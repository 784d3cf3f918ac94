import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { noticeKinds, noticeSubjects } from '@xingbo/shared/inbox/notice'
import { noticePath } from '@xingbo/shared/inbox/notice-path'
import { expect, test } from 'vitest'

const routes = readdirSync(join(import.meta.dirname, '../../apps/web/src/routes'))
  .map((file) => /^_desk\.(.+?)(?:\.index)?\.tsx$/.exec(file)?.[1])
  .filter((name) => name !== undefined)

test('every notice opens a page that exists', () => {
  for (const kind of noticeKinds)
    for (const type of noticeSubjects) {
      const path = noticePath(kind, { type, id: 'ID' })
      if (path.startsWith('/m/hand-off/')) continue
      const file = path.slice(1).replaceAll('/', '.').replace('ID', `$${type}Id`)
      expect(routes, path).toContain(file)
    }
})
