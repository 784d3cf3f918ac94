import type { Board, ContentCard } from '@xingbo/shared/content/content.schema'
import type { Stage } from '@xingbo/shared/content/stage'
import { expect, test } from 'vitest'
import { dropAfter, moveOnBoard, staysPut } from '../../apps/web/src/features/content/board-data.ts'

const card = (id: string, stage: Stage, overdue = false): ContentCard => ({
  id,
  title: id,
  stage,
  resumeStage: null,
  stageEnteredAt: '2026-11-21T02:00:00.000Z',
  stageReason: '',
  doctor: null,
  specialtyLine: null,
  owner: null,
  platforms: [],
  dueOn: null,
  overdue,
  signState: 'none',
  complianceState: 'none',
  held: false,
  revision: 1,
})
const column = (stage: Stage, items: ContentCard[], total = items.length) => ({
  stage,
  items,
  total,
  overdue: items.filter((one) => one.overdue).length,
})
const board = (): Board => ({
  columns: [
    column('topic', [card('a', 'topic', true), card('b', 'topic')]),
    column('scripting', [card('x', 'scripting'), card('y', 'scripting')]),
    column('ready', [card('r', 'ready')], 40),
    column('live', []),
  ],
})
const shown = (data: Board) =>
  data.columns.map(({ stage, items, total, overdue }) => [
    stage,
    items.map(({ id }) => id).join(),
    total,
    overdue,
  ])

test('a card leaves its column, lies where it was dropped, and the counts follow', () => {
  expect(shown(moveOnBoard(board(), 'a', 'scripting', 'x')).slice(0, 2)).toEqual([
    ['topic', 'b', 1, 0],
    ['scripting', 'x,a,y', 3, 1],
  ])
  expect(shown(moveOnBoard(board(), 'a', 'scripting', null))[1]).toEqual([
    'scripting',
    'a,x,y',
    3,
    1,
  ])
  expect(shown(moveOnBoard(board(), 'a', 'scripting', undefined))[1]).toEqual([
    'scripting',
    'x,y,a',
    3,
    1,
  ])
  expect(moveOnBoard(board(), 'a', 'scripting', 'x').columns[1]?.items[1]?.stage).toBe('scripting')
})

test('at the bottom of a column that is not shown whole a card is counted and not shown', () => {
  expect(shown(moveOnBoard(board(), 'b', 'ready', undefined))[2]).toEqual(['ready', 'r', 41, 0])
  expect(shown(moveOnBoard(board(), 'b', 'ready', 'r'))[2]).toEqual(['ready', 'r,b', 41, 0])
})

test('within its column a card only changes its place', () => {
  expect(shown(moveOnBoard(board(), 'a', 'topic', 'b'))[0]).toEqual(['topic', 'b,a', 2, 1])
  expect(shown(moveOnBoard(board(), 'b', 'topic', null))[0]).toEqual(['topic', 'b,a', 2, 1])
})

test('a card that is not on this board, and a column that is not, change nothing', () => {
  const before = board()
  expect(moveOnBoard(before, 'nobody', 'live', null)).toBe(before)
  expect(shown(moveOnBoard(before, 'a', 'recalled', null))[0]).toEqual(['topic', 'b', 1, 0])
})

test('the height of the pointer decides between which cards it lands', () => {
  const cards = [
    { id: 'a', middle: 100 },
    { id: 'b', middle: 200 },
    { id: 'c', middle: 300 },
  ]
  expect(dropAfter(cards, 'z', 50)).toBeNull()
  expect(dropAfter(cards, 'z', 150)).toBe('a')
  expect(dropAfter(cards, 'z', 999)).toBe('c')
  // The card itself is still among them while it is dragged.
  expect(dropAfter(cards, 'b', 250)).toBe('a')
})

test('dropping a card where it lies changes nothing', () => {
  const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  expect(staysPut(items, 'a', null)).toBe(true)
  expect(staysPut(items, 'b', 'a')).toBe(true)
  expect(staysPut(items, 'b', null)).toBe(false)
  expect(staysPut(items, 'b', 'c')).toBe(false)
  expect(staysPut(items, 'elsewhere', null)).toBe(false)
})
