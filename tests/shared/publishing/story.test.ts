import type { Attempt, PublicationEvent } from '@xingbo/shared/publishing/publication.schema'
import type { PublicationState } from '@xingbo/shared/publishing/publication-state'
import { storyOf } from '@xingbo/shared/publishing/story.rules'
import { expect, test } from 'vitest'

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 11, 30, second)).toISOString()
const event = (second: number, to: PublicationState, from: PublicationState): PublicationEvent => ({
  at: at(second),
  action: `publication.${to}`,
  actorName: null,
  from,
  to,
  reason: null,
  note: '',
  dueAt: null,
  dueBefore: null,
})
const attempt = (number: number, second: number, rest: Partial<Attempt> = {}): Attempt => ({
  number,
  step: 'settled',
  outcome: null,
  errorCode: null,
  errorMessage: null,
  startedAt: at(second),
  uploadedAt: null,
  sentAt: null,
  answeredAt: null,
  settledAt: null,
  ...rest,
})
const kinds = (lines: ReturnType<typeof storyOf>) =>
  lines.map((line) => (line.kind === 'event' ? line.event.to : line.kind))

test('sending reads in its order, and the answer is not told twice', () => {
  const lines = storyOf({
    route: 'api',
    events: [
      event(0, 'scheduled', 'draft'),
      event(10, 'submitting', 'scheduled'),
      event(14, 'accepted', 'submitting'),
      event(20, 'published', 'accepted'),
    ],
    looks: [],
    attempts: [
      attempt(1, 10, {
        outcome: 'accepted',
        uploadedAt: at(12),
        sentAt: at(13),
        answeredAt: at(14),
      }),
    ],
  })
  expect(kinds(lines)).toEqual([
    'scheduled',
    'submitting',
    'uploaded',
    'sent',
    'accepted',
    'published',
  ])
  expect(lines[1]).toMatchObject({ attempt: 1 })
})

test('an unknown answer keeps its own line, before what it led to', () => {
  const lines = storyOf({
    route: 'api',
    events: [event(10, 'submitting', 'scheduled'), event(14, 'unconfirmed', 'submitting')],
    looks: [],
    attempts: [
      attempt(1, 10, {
        outcome: 'unknown',
        errorCode: 'timeout',
        sentAt: at(12),
        answeredAt: at(14),
      }),
    ],
  })
  expect(kinds(lines)).toEqual(['submitting', 'sent', 'answer', 'unconfirmed'])
})

test('a refusal that will be tried again is told, one that failed for good is told by the failure', () => {
  const lines = storyOf({
    route: 'api',
    events: [
      event(10, 'submitting', 'scheduled'),
      event(11, 'queued', 'submitting'),
      event(40, 'submitting', 'queued'),
      event(41, 'failed', 'submitting'),
    ],
    looks: [],
    attempts: [
      attempt(1, 10, { outcome: 'refused', errorCode: '120000', answeredAt: at(11) }),
      attempt(2, 40, { outcome: 'refused', errorCode: '100001', answeredAt: at(41) }),
    ],
  })
  expect(kinds(lines)).toEqual(['submitting', 'answer', 'queued', 'submitting', 'failed'])
})

test('opening the hand-off card again and again is one line until something else happens', () => {
  const lines = storyOf({
    route: 'handoff',
    events: [event(0, 'awaiting_person', 'scheduled'), event(30, 'published', 'awaiting_person')],
    looks: [],
    attempts: [attempt(1, 5), attempt(2, 8), attempt(3, 20)],
  })
  expect(kinds(lines)).toEqual(['awaiting_person', 'opened', 'published'])
  expect(lines[1]).toEqual({ kind: 'opened', at: at(20), times: 3 })
})
