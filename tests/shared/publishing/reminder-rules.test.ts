import { quietAround } from '@xingbo/shared/inbox/quiet.rules'
import { reminderSteps, stepsReached } from '@xingbo/shared/publishing/reminder.rules'
import { describe, expect, test } from 'vitest'

const settings = { beforeMinutes: [30, 5], escalateAfterMinutes: 60 }
const night = { from: '22:30', until: '07:30', timeZone: 'Asia/Shanghai' }
const at = (clock: string, day = '2026-11-21') => new Date(`${day}T${clock}:00+08:00`)

describe('quiet hours', () => {
  test('over midnight they belong to two days', () => {
    expect(quietAround(at('22:29'), night)).toBeNull()
    expect(quietAround(at('22:30'), night)?.end).toEqual(at('07:30', '2026-11-22'))
    expect(quietAround(at('03:00'), night)?.start).toEqual(at('22:30', '2026-11-20'))
    expect(quietAround(at('07:30'), night)).toBeNull()
  })
  test('within one day, and none at all', () => {
    const noon = { from: '12:00', until: '13:30', timeZone: 'Asia/Shanghai' }
    expect(quietAround(at('13:00'), noon)?.end).toEqual(at('13:30'))
    expect(quietAround(at('14:00'), noon)).toBeNull()
    expect(quietAround(at('13:00'), null)).toBeNull()
  })
})

describe('reminders of one post', () => {
  test('before, at, after, to the managers, and the last call', () => {
    const steps = reminderSteps(at('12:00'), settings, night)
    expect(steps.map(({ step, at }) => [step, at])).toEqual([
      ['before-30', at('11:30')],
      ['before-5', at('11:55')],
      ['due', at('12:00')],
      ['late', at('12:30')],
      ['escalated', at('13:00')],
      ['last-call', at('11:00', '2026-11-22')],
    ])
    expect(steps.filter(({ escalates }) => escalates).map(({ step }) => step)).toEqual([
      'escalated',
      'last-call',
    ])
  })
  test('nobody is reminded in the middle of the night of what comes before breakfast', () => {
    const [first] = reminderSteps(at('06:00'), settings, night)
    expect(first?.at).toEqual(at('22:30', '2026-11-20'))
  })
  test('ahead of its time only what says so; once it waits, whatever was reached', () => {
    const dueAt = at('12:00')
    const steps = reminderSteps(dueAt, settings, null)
    const names = (state: 'scheduled' | 'awaiting_person' | 'published', now: Date) =>
      stepsReached(steps, { state, dueAt }, now).map(({ step }) => step)
    expect(names('scheduled', at('11:29'))).toEqual([])
    expect(names('scheduled', at('11:56'))).toEqual(['before-30', 'before-5'])
    // Due and not yet handed out: the ledger's turn, not the reminder's.
    expect(names('scheduled', at('12:00'))).toEqual([])
    expect(names('awaiting_person', at('12:00'))).toEqual(['before-30', 'before-5', 'due'])
    expect(names('published', at('14:00'))).toEqual([])
  })
})
