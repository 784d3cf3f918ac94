import '../support/browser-globals.ts'
import { type Role, roles } from '@xingbo/shared/identity/actor'
import { mayCall } from '@xingbo/shared/identity/permissions'
import { expect, test } from 'vitest'
import { navigationFor, sectionAt } from '../../apps/web/src/ui/navigation.tsx'

const keys = (role: Role) => navigationFor(role).map(({ key }) => key)

test('everybody sees exactly what their role may open, in the order of the line', () => {
  for (const role of roles)
    for (const item of navigationFor(role))
      for (const page of [item, ...(item.pages ?? [])])
        expect(`${role} ${page.path} ${mayCall(page.route, role)}`).toBe(
          `${role} ${page.path} true`,
        )
  expect(keys('doctor')).toContain('sign_off')
  expect(keys('doctor')).not.toContain('review')
  expect(keys('doctor')).not.toContain('leads')
  expect(keys('manager')).not.toContain('leads')
  expect(keys('reviewer')).toContain('review')
  expect(keys('operator').slice(0, 3)).toEqual(['work', 'board', 'calendar'])
})

test('a section whose own page is closed leads to the page that is open', () => {
  const funnel = navigationFor('advisor').find(({ key }) => key === 'funnel')
  expect(funnel?.path).toBe('/imports')
})

test('every page lies in a section, those without an entry too', () => {
  const nav = navigationFor('admin')
  expect(sectionAt(nav, '/board')).toBe('board')
  expect(sectionAt(nav, '/topics')).toBe('board')
  expect(sectionAt(nav, '/contents/cnt_1')).toBe('board')
  expect(sectionAt(nav, '/doctors/doc_1')).toBe('institution')
  expect(sectionAt(nav, '/settings/people')).toBe('settings')
  expect(sectionAt(nav, '/boardroom')).toBeUndefined()
})
